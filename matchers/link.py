"""Which person every record belongs to: simple, safe, and the same whatever the order of rows.

Two steps, because names are compared in Python once per distinct pair: `name_pairs_to_compare`
says which pairs, and `links` decides with the answers. A number that is verified and fits its
holder decides; then name, birth date and sex where they name one register person only. Nothing
attaches to the first of several, and two different verified numbers are never one person, save
where one of them was shown to be somebody else's.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers import namesakes, number_claims, number_holders
from matchers.rules import decision_of, founder_of, probability_of

INPUTS = {
    "record_key": "string",
    "record": "string",
    "arrival": "int64",
    "row": "int64",
    "id_number": "string",
    "name": "string",
    "sex": "string",
    "birth_date": "date",
    "id_status": "string",
    "id_clean": "string",
    "id_birth_date": "date",
    "id_sex": "string",
    "name_key": "string",
    "former_name_key": "string",
}
"""The columns of `identities` that linking reads; only known versions of records are passed."""

AGREEMENTS = {"left": "string", "right": "string", "agree": "boolean"}
"""What `names_agree` answered for every pair of `name_pairs_to_compare`."""


def name_pairs_to_compare(identities: ir.Table) -> ir.Table:
    """Distinct unequal names (left before right) that stand beside one verified number."""
    names = number_claims.numbers_with_names(identities)
    return number_claims.pairs_within_number(names).select("left", "right").distinct()


def links(identities: ir.Table, agreements: ir.Table) -> ir.Table:
    """One row per record: founder of its person, decision, how, probability, evidence."""
    rows = identities.select(*INPUTS)
    register = number_holders.register_rows(rows)
    holders = number_holders.holders(register, agreements)
    entries = number_holders.entries(register, holders)
    others = rows.filter(_.record != number_holders.REGISTER)
    judged = number_claims.judged(others, register, holders, agreements)
    seekers = _without_number(others, judged)
    unproven = register.filter(_.id_clean.isnull())
    wanted = namesakes.wanted(seekers).union(namesakes.wanted(unproven)).distinct()
    bearers = namesakes.bearers(entries, wanted)
    return ibis.union(
        _decided(namesakes.doubled(entries, bearers)),
        _decided(judged.filter(_.how != number_claims.NOT_OURS)),
        _decided(namesakes.sought(seekers, bearers, register)),
    )


def _without_number(others: ir.Table, judged: ir.Table) -> ir.Table:
    """Rows with no number, or with one that is somebody else's: only what they say themselves."""
    robbed = judged.filter(_.how == number_claims.NOT_OURS).select(*INPUTS)
    seekers = others.filter(_.id_clean.isnull()).union(robbed)
    return seekers.mutate(birth=_.birth_date)


def _decided(rows: ir.Table) -> ir.Table:
    return rows.select(
        "record_key",
        founder=founder_of(rows),
        decision=decision_of(rows.how),
        how=rows.how,
        probability=probability_of(rows.how),
        evidence=rows.evidence,
    )
