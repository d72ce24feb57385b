"""Drawn records among a crowd of strangers, read, linked and told the way a night does it.

The crowd makes names as rare as they are in a town: two rows that are all there is would share
every name with half of mankind.
"""

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

CROWD = 10**6
"""The strangers' rids are above it, the drawn records' below."""


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


def read(said: list[Record], first: int = 1) -> pa.Table:
    """The matcher's input: the `rid` counts the records unless they bring one."""

    def cells(name: str) -> pa.Array:
        return pa.array([one.get(name) for one in said], pa.string())

    read_as = {name: _names(cells(name)) for name in ("name", "former", "contact", "guardian")}
    parents = _names(read_as["name"]["parent_name_key"])
    numbers, births = read_numbers(cells("number")), read_birth_dates(cells("birth"))
    columns: dict[str, Any] = {
        "rid": pa.array([one.get("rid", first + at) for at, one in enumerate(said)], pa.int64()),
        "source": pa.array([one.get("source") or OTHER for one in said]),
        "is_register": pa.array([one.get("source") == REGISTER for one in said]),
        **{f"id_{part}": numbers[part] for part in ("status", "text", "birth_date", "sex")},
        "id_clean": numbers["number"],
        **{name: read_as["name"][name] for name in _OF_A_NAME},
        "parent_name_bag": parents["name_bag"],
        "sex": read_sexes(cells("sex"))["sex"],
        **{name: births[name] for name in ("birth_date", "birth_year")},
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


def nobody(columns: tuple[str, ...]) -> pa.Table:
    """No rows at all, with these columns."""
    kinds = INPUTS | {name: "string" for name in columns if name not in INPUTS}
    return ibis.schema({name: kinds[name] for name in columns}).to_pyarrow().empty_table()


def _names(values: Any) -> pa.Table:
    return read_names(values, private_use_characters())


@cache
def crowd() -> pa.Table:
    """Six hundred strangers in the register: twenty surnames, and nobody's full name twice."""
    surnames = "王李张刘陈杨赵黄周吴徐孙朱马胡林郭何高罗"
    given = "锦瑶 霁川 芷若 砚秋 沐阳 乐康 桂珍 庆余 凤仙 松柏 翠莲 铁柱 银锁 招娣 彦博"
    given += " 雪晴 立本 怀瑾 月娥 长庚 玉珏 卫东 爱党 秋菊 腊梅 来福 富贵 满仓 喜乐 冬至"
    people = [surname + one for surname in surnames for one in given.split()]
    said = []
    for at, name in enumerate(people):
        born = f"{1940 + at * 7 % 70}-{at % 12 + 1:02d}-{9 + at % 19:02d}"
        said.append(
            {
                "source": REGISTER,
                "name": name,
                "number": number(born, at + 300),
                "birth": born,
                "phone": f"150{at * 9973 % 10**8:08d}",
                "household": f"crowd {at // 3}",
            }
        )
    return read(said, CROWD + 1)


class Tape:
    """A workbench that remembers what linking asks of it, to ask it again of other rows.

    Ibis needs three seconds to write those questions and the engine half a second to answer them.
    What is asked never depends on the rows; test_linkage_properties.py holds linking to that.
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


@cache
def tape(model: str, threads: int, columns: tuple[str, ...]) -> Tape:
    """What linking asks with a model (by its repr) of rows with such columns."""
    asked = Tape(threads)
    ask(asked, nobody(columns), MODELS[model])
    return asked


def ask(asked: Tape, rows: pa.Table, model: Model) -> None:
    """Link the rows and keep what became of them as `told`."""
    kept = asked.engine.register("told_rows", rows)
    found = link(asked, kept, model, similar_characters())
    asked.keep("told", outcomes(kept, found, model))


def outcome_of(rows: pa.Table, model: str = "shipped", threads: int = 1) -> Outcomes:
    """The row of `outcomes` by rid."""
    asked = tape(model, threads, tuple(rows.column_names))
    asked.engine.register("told_rows", rows)
    asked.again()
    answers = asked.engine.rows("SELECT * FROM told")
    assert sorted(one["rid"] for one in answers) == sorted(rows["rid"].to_pylist())
    return {one["rid"]: one for one in answers}


def linked(text: str, model: str = "shipped", strangers: bool = True) -> dict[str, dict[str, Any]]:
    """By key of the drawn records: their outcome, founder and candidate as keys."""
    said = records(text)
    drawn_rows = read(said)
    rows = pa.concat_tables([drawn_rows, crowd()]) if strangers else drawn_rows
    keys = {at + 1: one["key"] for at, one in enumerate(said)}
    found = outcome_of(rows, model)
    return {
        key: {
            **found[rid],
            "founder": keys.get(found[rid]["founder"], "crowd"),
            "candidate": keys.get(found[rid]["candidate"], "crowd")
            if found[rid]["candidate"]
            else None,
        }
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
