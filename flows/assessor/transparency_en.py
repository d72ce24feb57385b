"""The transparency record in English."""

ENGLISH = """# Algorithmic transparency record

Made from `flows/assessor/`; do not edit, run `make docs`. What is left blank is the site's to fill in before
it publishes the record.

## 1 Summary

| field | content |
| --- | --- |
| name | Doorstep (政策找人) |
| owner and responsible officer | ____________ |
| contact (questions, correction, complaints, refusing a visit) | ____________ |
| phase, in use since | ____________ |
| in one sentence | Every night it compares departments' extracts and suggests whom to visit who may need help and has not asked |
| why | Many households do not know what they may apply for, and nobody can call at every door |
| kind | Published rules and an order of visits; a probabilistic model for record linkage. No generation, no personal recommendation |

## 2 What it decides

**Nothing.** It suggests a visit; people decide whether to go and whether to help. No column holds an approval,
a refusal or a stop; nobody is scored; no result is to anybody's disadvantage. Hints about households that are
being helped are for people to look at and stop nothing.

## 3 What people do

- The county issues every threshold with its document and first day. There are no defaults: with one missing,
  no night runs.
- Officers release odd files, reviewers answer doubtful pairs of records, visitors look and write down what
  they found.
- Of every household one can ask why: facts, file and line, values used, place in the line (`doorstep why`).
- What people answer wins over the algorithm for good, and can be taken back.
- A new threshold is tried first: whom it adds and removes (`doorstep plan`).

## 4 Data

{sources} sources ({optional} of them optional) with {columns} columns, all in the
[data dictionary](data_dictionary.md); purposes, sensitive data and retention in the
[impact assessment](pia.md). Ethnicity, religion and origin are not taken. Silence is not 'no': 'has none' is
concluded only from a source declared complete and not late.

## 5 How it works

- **Rules**: {signals} ({visits} suggest a visit, {reviews} a review, {notes} a note), published in full in the
  [rulebook](rulebook.md). {sensitive} of a sensitive kind never reach a township; {dormant} sleep for want of
  data. Rules are written conditions, not learnt ones.
- **Linkage**: model 0, which is shipped (fingerprint `{model_hash}`), weighs {levels} levels of agreement of
  {fields} kinds of fields. Records are joined from a likelihood of {decided} on; between {doubtful} and that a
  person is asked and nobody gets the record. A county may count weights from its own verified records; people
  adopt them, and they are numbered and kept. The model does not judge who is in need.
- **Order**: severity, then want, then waiting; seats for those who waited longest, and a small random sample of
  households without any warning.

## 6 Fairness and quality

- Rates of warning, order and confirmation, and days to the visit, are compared by {group_count} groupings
  (sex, age, urban or rural, township, identity number); a ratio whose whole interval lies beyond {low} to
  {high} is pointed out (`doorstep yield`).
- Visits to a random sample without warning estimate what is missed, with an interval.
- A nightly report of linkage quality, groups included.
- Statistics for the outside: counts up to {most_hidden} are withheld, the others rounded to {step}.

## 7 Known limits

- Need that is in no department's data is not seen; late sources mean late findings.
- Linkage misses some and errs in a few; people with minority names or without a number are missed more easily.
- Tests on synthetic data prove that the rules run as written, not how well they find need in a county: visits do.
- Thresholds are the county's; badly chosen ones give bad results.

## 8 Rights

Anybody may ask why somebody called, have data corrected, and refuse a visit; a refusal has no effect on any
help. How: ____________

## 9 Assessments and changes

- Impact assessment: [pia.md](pia.md); classified protection: [dengbao3.md](dengbao3.md) (both Chinese). The
  source is delivered with the system, Apache-2.0.
- Whom each change affects: [changelog](../../CHANGELOG.md). Last review, by whom: ____________
"""
