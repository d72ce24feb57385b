"""A small drawn linkage: what matchers/outcomes.py says of a few records, and everything around."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date

import duckdb
import ibis

from flows.engine import Engine
from flows.linkage_report.quality import linkage_quality
from flows.linkage_report.terms import Linkage
from matchers.model import Model
from tests.drawn import drawn

NIGHT = date(2026, 11, 21)

ROWS = """
  record_key | source   | is_register | id_status    | id_clean           | id_birth_date | id_sex | name_key        | birth_date | sex    | phone | address
  a0         | register | True        | valid        | 11010119600101001X | 1960-01-01    | male   | 张伟            | 1960-01-01 | male   | 1     | here
  b0         | register | True        | missing      |                    |               |        | 买买提·吐尔逊   | 1990-11-22 | male   |       | here
  c0         | register | True        | valid        | 110101202501010020 | 2025-01-01    | female | 李堃            | 2025-01-01 | female |       | here
  c00        | register | True        | valid        | 110101202501010020 | 2025-01-01    | female | 李堃            | 2025-01-01 | female |       | here
  a1         | hospital | False       | valid        | 11010119600101001X | 1960-01-01    | male   | 张伟            |            |        | 1     |
  a2         | hospital | False       | bad_checksum |                    |               |        | 张伟            | 1960-01-01 |        | 1     |
  b1         | hospital | False       | missing      |                    |               |        | 买买提          | 1990-11-22 | male   |       |
  x1         | hospital | False       | placeholder  |                    |               |        |                 |            |        |       |
  c1         | rental   | False       | masked       |                    |               |        | 李?             |            | female |       | there
"""

DECISIONS = """
  record_key | founder | candidate | decision | how              | weight | second_weight
  a0         | a0      |           | decided  | register_entry   |        |
  b0         | b0      |           | decided  | register_entry   |        |
  c0         | c0      |           | decided  | register_entry   |        |
  c00        | c0      |           | decided  | register_number  |        |
  a1         | a0      |           | decided  | number_and_name  |        |
  a2         | a0      | a0        | decided  | evidence         | 10000  | 0
  b1         | b1      | b0        | doubtful | doubt            | 0      |
  x1         | x1      |           | new      | alone            |        |
  c1         | c1      | c0        | new      | alone            | -2000  |
"""

PLACES = """
  record_key | township_code
  a1         | 370881101
  c1         | 370881101
"""

TRUTH = """
  record_key | truth_person
  a0         | 1
  a1         | 1
  a2         | 2
  b0         | 3
  b1         | 3
  c0         | 4
  c00        | 4
  c1         | 4
  x1         | 5
"""

BEFORE = """
  record_key | decision | person_id
  a0         | decided  | Pa
  a1         | decided  | Pb
  a2         | doubtful | Pz
  b0         | decided  | Pold
  b1         | new      | Pq
  c1         | decided  | Pc
  gone       | decided  | Pa
"""

TYPES = {"birth_date": "date", "id_birth_date": "date", "is_register": "boolean"}
NUMBERS = {"weight": "int64", "second_weight": "int64", "truth_person": "int64"}


def table(engine, name, text):
    """The drawn rows as a table of the engine."""
    header = text.strip().splitlines()[0].replace("|", " ").split()
    types = {column: type_ for column, type_ in (TYPES | NUMBERS).items() if column in header}
    return engine.register(name, drawn(text, **types).to_pyarrow())


@contextmanager
def an_engine():
    """An empty engine in memory."""
    with duckdb.connect() as connection:
        yield Engine(connection, ibis.duckdb.from_connection(connection))


def linkage(engine, rows=ROWS, decisions=DECISIONS, **more):
    """The drawn night; a person is named after its founder."""
    known, decision = (
        engine.keep(name, told.mutate(rid=told.record_key.hash()))
        for name, told in (
            ("link_rows", table(engine, "rows_drawn", rows)),
            ("decision", table(engine, "decision_drawn", decisions)),
        )
    )
    person = ("P" + decision.founder.substr(0, 1)).name("person_id")
    link = decision.join(known.select("record_key", "source"), "record_key").select(
        "record_key", "source", "decision", person, household_id=decision.founder
    )
    tables = {
        name: table(engine, name, text)
        for name, text in more.items()
        if name in {"before", "merged", "truth"}
    }
    others = {name: value for name, value in more.items() if name not in tables}
    return Linkage(
        night=NIGHT,
        model=Model(number=7),
        rows=known,
        decision=decision,
        link=engine.keep("link", link),
        places=table(engine, "place_told", PLACES),
        titles={"hospital": "住院病案首页", "rental": "公租房", "register": "人口登记"},
        townships={"370881101": "姚村镇"},
        **tables,
        **others,
    )


def quality(rows=ROWS, decisions=DECISIONS, **more):
    """The figures of the drawn night."""
    with an_engine() as engine:
        return linkage_quality(engine, linkage(engine, rows, decisions, **more))


def group(found, grouping, key):
    """One group's figures."""
    (entry,) = [one for one in found["groups"][grouping] if one["group"] == key]
    return entry
