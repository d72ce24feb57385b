"""Drawn records, read, linked and told the way a night does it, in a county of half a million."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from stdnum.iso7064 import mod_11_2

from flows import files
from flows.engine import Engine
from flows.reference import private_use_characters, similar_characters
from matchers.birth_dates import read_birth_dates
from matchers.identity_number import read_numbers
from matchers.linkage import link
from matchers.model import Model
from matchers.names import read_names
from matchers.outcomes import outcomes
from matchers.phones import read_phones
from matchers.rows import INPUTS
from matchers.sexes import read_sexes
from tests.drawn import drawn

MODELS = {"shipped": Model()}
REGISTER = "resident"
OTHER = "hospital"

Record = dict[str, Any]
"""What a cell says by field: key, source, number, name, former, sex, birth, phone, address,
household, contact, contact_phone, guardian, guardian_number, guardian_phone, extra_..."""

Outcomes = dict[int, dict[str, Any]]


def number(born: str, order: int = 11, place: str = "370881") -> str:
    """A made-up number with the right check character; an odd order is a man."""
    body = f"{place}{born.replace('-', '')}{order:03d}"
    return body + mod_11_2.calc_check_digit(body)


def broken(whole: str) -> str:
    """The number with one digit wrong, so that it is no number any more."""
    return whole[:15] + str((int(whole[15]) + 3) % 10) + whole[16:]


def masked(whole: str) -> str:
    """The number as a hospital prints it."""
    return f"{whole[:6]}********{whole[14:]}"


def records(text: str) -> list[Record]:
    """The drawn rows; a row without a source is a hospital's."""
    return drawn(text).to_pyarrow().to_pylist()


def read(said: list[Record]) -> pa.Table:
    """The matcher's input: the `rid` counts the records unless they bring one."""

    def cells(name: str) -> pa.Array:
        return pa.array([one.get(name) for one in said], pa.string())

    read_as = {name: _names(cells(name)) for name in ("name", "former", "contact", "guardian")}
    parents = _names(read_as["name"]["parent_name_key"])
    numbers, births = read_numbers(cells("number")), read_birth_dates(cells("birth"))
    columns: dict[str, Any] = {
        "rid": pa.array([one.get("rid", at) for at, one in enumerate(said, 1)], pa.int64()),
        "source": pa.array([one.get("source") or OTHER for one in said]),
        "is_register": pa.array([one.get("source") == REGISTER for one in said]),
        **{f"id_{part}": numbers[part] for part in ("status", "text", "birth_date", "sex")},
        "id_clean": numbers["number"],
        **{name: read_as["name"][name] for name in _OF_A_NAME},
        "parent_name_bag": parents["name_bag"],
        "sex": read_sexes(cells("sex"))["sex"],
        **{name: births[name] for name in ("birth_date", "birth_digits", "birth_year")},
        "guardian_number": read_numbers(cells("guardian_number"))["number"],
    }
    for who in ("former", "contact", "guardian"):
        columns |= {f"{who}_name_{part}": read_as[who][f"name_{part}"] for part in ("key", "bag")}
    for name in ("phone", "contact_phone", "guardian_phone"):
        columns[name] = read_phones(cells(name))["phone"]
    extra = sorted({name for one in said for name in one if name.startswith("extra_")})
    for name in ("address", "household", "relation", *extra):
        columns[name] = cells(name)
    typed = ibis.schema(INPUTS | dict.fromkeys(extra, "string")).to_pyarrow()
    return pa.table({name: columns[name] for name in typed.names}).cast(typed)


_OF_A_NAME = "name_key", "name_bag", "surname_sound", "given_sound", "parent_name_key"


def _names(values: Any) -> pa.Table:
    return read_names(values, private_use_characters())


EVERYDAY = frozenset(["张伟", "王强", "李娜", "王芳", "刘洋", "张敏"])
BEARERS = {"name_key": 12, "name_bag": 40, "surname_sound": 20_000}
EVERYDAY_BEARERS = {"name_key": 800, "name_bag": 1500, "surname_sound": 20_000}


def frequencies_of(rows: pa.Table) -> pa.Table:
    """How many of the half million bear each name of the rows: a dozen, an everyday one 800."""
    everyday = _names(pa.array(sorted(EVERYDAY)))
    said: dict[tuple[str, str], int] = {}
    for names, bearers in ((rows, BEARERS), (everyday, EVERYDAY_BEARERS)):
        for column, people in bearers.items():
            for value in names[column].drop_null().unique().to_pylist():
                said[column, str(value)] = people
    column, value = zip(*said, strict=True)
    return pa.table({"column": column, "value": value, "people": list(said.values())})


class Tape:
    """A workbench that remembers what linking asks of it, to ask it again of other rows.

    Ibis needs three seconds to write those questions and the engine half a second to answer them.
    They are recorded from rows that say everything, because linking asks nothing of columns that
    nobody fills; test_linkage_properties.py compares a tape with linking itself.
    """

    def __init__(self, threads: int) -> None:
        connection = files.duckdb_database(":memory:", threads=threads)
        self.engine = Engine(connection, ibis.duckdb.from_connection(connection))
        self.asked: list[tuple[str, str, Callable[[pa.Table], pa.Table] | None]] = []

    def keep(self, name: str, rows: ir.Table) -> ir.Table:
        self.asked.append((name, self.engine.sql(rows), None))
        return self.engine.keep(name, rows)

    def answer(self, name, questions, function):
        self.asked.append((name, self.engine.sql(questions), function))
        return self.engine.answer(name, questions, function)

    def drop(self, *names: str) -> None:
        """Nothing is dropped: what is asked again replaces it."""

    def again(self) -> None:
        """Ask everything once more."""
        for name, sql, function in self.asked:
            if function:
                self.engine.register(name, function(self.engine.arrow(sql)))
            else:
                self.engine.duckdb.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {sql}')


def _complete() -> list[Record]:
    """Namesakes in the register whom nothing tells apart, and others' rows that may be either."""
    said = {
        "name": "王强", "former": "王大强", "birth": "1985-04-04", "sex": "男", "household": "h",
        "phone": "13611110000", "address": "曲阜市姚村镇陈家寨村3组12号", "relation": "son",
        "contact": "李娜", "contact_phone": "13611110001", "guardian": "张敏",
        "guardian_number": number("1950-01-01"), "guardian_phone": "13611110002",
    }  # fmt: skip
    registered = [
        {**said, "source": REGISTER, "number": number(said["birth"], order)} for order in (11, 13)
    ]
    unclear = {**said, "number": broken(number("1950-01-01", place="110105"))}
    return [*registered, unclear, unclear, {**unclear, "name": "王强之子"}]


COMPLETE = _complete()


@cache
def tape(model: str, threads: int, columns: tuple[str, ...]) -> Tape:
    """What linking asks with a model of `MODELS` of rows with such columns."""
    asked = Tape(threads)
    if threads == 1:
        extra = [name for name in columns if name not in INPUTS]
        complete = read([{**dict.fromkeys(extra, "1"), **one} for one in COMPLETE])
        ask(asked, complete.select(columns), MODELS[model])
    else:
        asked.asked = tape(model, 1, columns).asked
    return asked


def ask(asked: Tape, rows: pa.Table, model: Model) -> None:
    """Link the rows and keep what became of them as `told`."""
    kept = asked.engine.register("told_rows", rows)
    frozen = asked.engine.register("told_frequencies", frequencies_of(rows))
    found = link(asked, kept, model, similar_characters(), frequencies=frozen)
    asked.keep("told", outcomes(kept, found, model))


def outcome_of(rows: pa.Table, model: str = "shipped", threads: int = 1) -> Outcomes:
    """The row of `outcomes` by rid."""
    asked = tape(model, threads, tuple(rows.column_names))
    asked.engine.register("told_rows", rows)
    asked.engine.register("told_frequencies", frequencies_of(rows))
    asked.again()
    answers = asked.engine.rows("SELECT * FROM told")
    assert sorted(one["rid"] for one in answers) == sorted(rows["rid"].to_pylist())
    return {one["rid"]: one for one in answers}


@cache
def linked(text: str, model: str = "shipped") -> dict[str, dict[str, Any]]:
    """By key of the drawn records: their outcome, with founder and candidate as keys."""
    said = records(text)
    keys = {at: one["key"] for at, one in enumerate(said, 1)}
    found = outcome_of(read(said), model)
    return {
        key: found[rid] | {name: keys.get(found[rid][name]) for name in ("founder", "candidate")}
        for rid, key in keys.items()
    }


def told(text: str, model: str = "shipped") -> dict[str, tuple[str, str]]:
    """By key: the founder of its person and how it got there."""
    return {key: (one["founder"], one["how"]) for key, one in linked(text, model).items()}


def partition(found: Outcomes) -> set[frozenset[int]]:
    """Who is together with whom, whatever they are called."""
    groups: dict[int, set[int]] = {}
    for rid, one in found.items():
        groups.setdefault(one["founder"], set()).add(rid)
    return {frozenset(group) for group in groups.values()}
