"""Everything that transforms/ and matchers/ ask of an engine, over tables without rows."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import ibis
from ibis.expr.types import Table

from data_contracts.records import RECORDS
from data_contracts.sources import SOURCES
from data_contracts.terms import Source, parsed_table
from flows.policy import load
from matchers import households
from tests.signals.asking import ON, complete
from transforms import columns, findings, profile, row_rules, standardise, triage
from transforms.bills import MONEY_BASES, burden
from transforms.county_only import county_only, with_sensitivity
from transforms.coverage import Coverage
from transforms.covered import ORDER_FINDINGS, ORDER_MEMBERS, ORDERS
from transforms.helped import BEFORE_HELP, FORMER_HOMES, hanging_on
from transforms.known import FINDINGS, PEOPLE, PLACES, REFUSALS, facts_schema
from transforms.signal import FOUND as FOUND_PROOFS
from transforms.signal import PROOF_SCHEMA, Signal
from transforms.signals import SIGNALS
from transforms.situation import situations

POLICY = load(Path(__file__).parents[2] / "flows" / "synth" / "policy")

COVERAGES = {"told": complete(*RECORDS), "silent": complete()}
"""What silence is worth decides which question a signal asks."""

ANSWERED_BY = {"signal": "string", "category": "string"}
BORN = {"person_id": "string", "sex": "string", "birth_date": "date"}
FOUND = {**FINDINGS, "first_found": "date", "is_sensitive": "boolean"}
TRAITS = {"signal": "string", "by_event": "boolean"}
NEEDS = {"household_id": "string", "need": "int64"}
CAPACITY = {"township_code": "string", "visits": "int64"}
VISITS = triage.Limits(
    capacity=1, waiting_share=Decimal("0.2"), county_after=3, renewal_growth=Decimal("1.5")
)
PERSONS = {"person_id": "string", "household_id": "string"}

Making = Callable[[], Table]


def every_expression() -> Iterator[tuple[str, Making]]:
    """The name of everything that is asked, and how its expression is made."""
    for name, source in SOURCES.items():
        yield f"read-{name}", partial(read, source)
        yield f"facts-{name}", partial(standardise.facts, parsed(source), source)
        yield f"who-{name}", partial(standardise.who, parsed(source), source)
    for name, one in SIGNALS.items():
        for said, coverage in COVERAGES.items():
            yield f"signal-{name}-{said}", partial(proofs, one, coverage)
    for base in MONEY_BASES:
        yield f"burden-{base}", partial(burden, facts("settlement"), base, ON, 365)
    yield from _MATCHING.items()
    yield from _JUDGING.items()


def facts(record: str) -> Table:
    """A fact table without rows."""
    return ibis.table(facts_schema(record), name=f"fact_{record}")


def parsed(source: Source) -> Table:
    """What receiving hands over."""
    schema = parsed_table(source).schema()
    return ibis.table({"record_key": "string", **dict(schema.items())}, name="good")


def read(source: Source) -> Table:
    """Every cell of every column read and checked, as receiving asks for it."""
    raw = ibis.table({"row": "int64", **dict.fromkeys(source.columns, "string")}, name="raw")
    clean = raw.mutate(
        **{name: columns.cleaned(raw[name], one) for name, one in source.columns.items()}
    )
    spoken = clean.select(
        "row",
        **{
            row_rules.SAID + name: columns.said(clean[name], one)
            for name, one in source.columns.items()
        },
    )
    values = spoken.mutate(
        **{
            name: columns.read(spoken[row_rules.SAID + name], one)
            for name, one in source.columns.items()
        }
    )
    titles = {name: one.means for name, one in source.columns.items()}
    checks = row_rules.row_checks(source, values, titles, ibis.literal(ON))
    return values.select("row", *source.columns, reason=row_rules.reasons(checks))


def proofs(one: Signal, coverage: Coverage, on: date = ON) -> Table:
    """The rows that prove a signal."""
    tables = {name: facts(name) for name in RECORDS}
    others = {"people": PEOPLE, "found": FOUND_PROOFS, "refusal": REFUSALS}
    tables |= {name: ibis.table(schema, name=name) for name, schema in others.items()}
    return one.proofs(tables, POLICY.limits(one, on), coverage, on)


def known_people() -> Table:
    """What is known of each person."""
    return profile.people(
        ibis.table(PERSONS, name="persons"),
        facts("resident"),
        facts("death"),
        ibis.table(BORN, name="born"),
        ibis.table(PLACES, name="places"),
        ON,
    )


def triage_tables() -> triage.Asked:
    """What triage reads."""
    return triage.Asked(
        findings=ibis.table(FOUND, name="findings"),
        signals=ibis.table(TRAITS, name="signals"),
        answered_by=ibis.table(ANSWERED_BY, name="answered_by"),
        people=ibis.table(PEOPLE, name="people"),
        helps=hanging_on(
            facts("assistance"),
            ibis.table(FORMER_HOMES, name="former_homes"),
            ibis.table(PEOPLE, name="people"),
        ),
        before_help=ibis.table(BEFORE_HELP, name="before_help"),
        needs=ibis.table(NEEDS, name="needs"),
        capacity=ibis.table(CAPACITY, name="capacity"),
        orders=ibis.table(ORDERS, name="orders"),
        order_members=ibis.table(ORDER_MEMBERS, name="order_members"),
        order_findings=ibis.table(ORDER_FINDINGS, name="order_findings"),
    )


def sensitive_findings() -> Table:
    """The findings with which of them stay at the county."""
    diagnoses = POLICY.shared(ON).county_only_diagnoses
    rows = county_only(facts("admission"), facts("settlement"), facts("disability"), diagnoses)
    return with_sensitivity(
        ibis.table(FINDINGS, name="findings"),
        ibis.table(PROOF_SCHEMA, name="proofs"),
        rows,
        [one.name for one in SIGNALS.values() if one.is_sensitive],
    )


def known_situations() -> Table:
    """What is known of each household."""
    known = {name: facts(name) for name in RECORDS}
    return situations(ibis.table(PEOPLE, name="people"), known, POLICY.shared(ON), ON)


_MATCHING: dict[str, Making] = {
    "households": lambda: households.households(
        ibis.table(households.INPUTS, name="register_rows")
    ),
}

_JUDGING: dict[str, Making] = {
    "people": known_people,
    "findings": lambda: findings.findings(
        ibis.table(PROOF_SCHEMA, name="proofs"), ibis.table(PEOPLE, name="people")
    ),
    "sensitive-findings": sensitive_findings,
    "considered": lambda: triage.considered(triage_tables(), VISITS, ON),
    "worklist": lambda: triage.worklist(triage_tables(), VISITS, ON),
    "situations": known_situations,
}
