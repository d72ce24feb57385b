"""The drawn example of every signal, as its own test states it: a family in which it finds somebody.

A test of a signal has EXAMPLE: record name to drawn rows, and `people` or `found` where the family
below or the proofs of other signals do not do.
"""

import importlib

from ibis.expr.types import Table

from data_contracts.records import RECORDS
from tests.signals.asking import days_ago, facts, found, people, refusals
from transforms.signal import Signal

FAMILIES = f"""
    person_id | household_id | relation | age | life_status | died_on         | birth_date
    ana       | h1           | head     | 45  | alive       |                 | 1981-01-01
    ben       | h1           | son      | 10  | alive       |                 | 2016-01-01
    cho       | h2           | head     | 71  | alive       |                 | 1955-01-01
    dia       | h3           | head     | 59  | dead        | {days_ago(170)} | 1967-01-01
    eli       | h3           | spouse   | 58  | dead        | {days_ago(170)} | 1968-01-01
    fay       | h3           | daughter | 17  | alive       |                 | 2009-01-01
    gus       | h4           | head     | 60  | alive       |                 | 1966-01-01
    """


def example_of(signal: Signal) -> dict[str, Table]:
    """The tables of a signal's own example, the records it does not draw empty."""
    drawn = importlib.import_module(f"tests.signals.test_{signal.name}").EXAMPLE
    return world(drawn)


def world(rows: dict[str, str]) -> dict[str, Table]:
    """Every table a signal may read, of which `rows` draws some."""
    tables = {name: facts(name, rows.get(name, "")) for name in RECORDS}
    return {
        **tables,
        "people": people(rows.get("people", FAMILIES)),
        "found": found(rows.get("found", "")),
        "refusal": refusals(rows.get("refusal", "")),
    }
