"""How one field of a record compares with what is known of a person: an agreement level.

The values of a record meet every distinct value that any record of the person has; unequal ones are
judged in Python once per distinct pair, and the best level counts.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from matchers.address_levels import AddressLevel, address_levels
from matchers.birth_levels import BirthLevel, birth_levels
from matchers.name_comparison import compare_names
from matchers.name_levels import NameLevel
from matchers.name_shapes import Shapes
from matchers.number_levels import NumberLevel, number_levels
from matchers.phones import PhoneLevel, phone_levels
from matchers.rows import text_columns
from matchers.text_levels import TextLevel, text_levels
from matchers.text_rarities import text_rarities
from matchers.workbench import Workbench

Levels = Callable[[pa.ChunkedArray, pa.ChunkedArray], pa.Array]


@dataclass(frozen=True)
class Field:
    """One compared field: whose columns meet, the level of equal values, who judges the others.

    `rarities` (value, rarity) says by how many levels equal values stand above `equal`.
    """

    name: str
    seeker: tuple[str, ...]
    known: tuple[str, ...]
    equal: int
    levels: Levels | None = None
    symmetric: bool = True
    rarities: ir.Table | None = dataclasses.field(default=None, compare=False)


BIRTH = Field("birth", ("birth_digits",), ("birth_digits",), BirthLevel.EQUAL, birth_levels)
NUMBER = Field("number", ("id_text",), ("id_whole",), NumberLevel.EQUAL, number_levels, False)
SEX = Field("sex", ("sex",), ("sex",), 1)
PHONE = Field("phone", ("phone",), ("phone",), PhoneLevel.EQUAL, phone_levels)
ADDRESS = Field("address", ("address",), ("address",), AddressLevel.SAME_TEXT, address_levels)


def fields_of(rows: ir.Table, shapes: Shapes) -> tuple[Field, ...]:
    """What is compared in these rows; `shapes` says which characters look alike."""
    names = ("name_key", "former_name_key")
    name = Field("name", names, names, NameLevel.EQUAL, partial(compare_names, shapes=shapes))
    texts = (text_field(column, text_rarities(rows, column)) for column in text_columns(rows))
    return name, BIRTH, NUMBER, SEX, PHONE, ADDRESS, *texts


def text_field(column: str, rarities: ir.Table | None = None) -> Field:
    """A field of plain text: given_name, surname, postcode, extra_1 ..."""
    return Field(column, (column,), (column,), TextLevel.EQUAL, text_levels, rarities=rarities)


def compared(
    bench: Workbench,
    name: str,
    pairs: ir.Table,
    seekers: ir.Table,
    known: ir.Table,
    fields: Sequence[Field],
) -> ir.Table:
    """The pairs (rid, entity) with a column `<field>_level` for each field; null: nothing to say."""
    result = pairs
    for field in fields:
        levels = bench.keep(
            f"{name}_{field.name}", _levels(bench, name, field, pairs, seekers, known)
        )
        result = result.left_join(levels, ["rid", "entity"]).drop("rid_right", "entity_right")
    kept = bench.keep(f"{name}_compared", result)
    bench.drop(*(f"{name}_{field.name}" for field in fields))
    return kept


def _levels(
    bench: Workbench,
    name: str,
    field: Field,
    pairs: ir.Table,
    seekers: ir.Table,
    known: ir.Table,
) -> ir.Table:
    """Best level of the field for each pair where both sides say something."""
    left = _values(seekers, "rid", field.seeker, "left")
    right = _values(known, "entity", field.known, "right")
    met = pairs.join(left, "rid").join(right, "entity")
    met = bench.keep(f"{name}_met", met.select("rid", "entity", "left", "right"))
    level = ibis.ifelse(met.left == met.right, field.equal, 0)
    if field.levels:
        answers = _answers(bench, name, field, met)
        met = met.left_join(answers, _same_pair(met, answers, field.symmetric))
        met, equal = _level_of_equals(met, field)
        level = ibis.ifelse(met.left == met.right, equal, met.level)
    return (
        met.select("rid", "entity", level=level.cast("int8"))
        .filter(_.level.notnull())
        .group_by("rid", "entity")
        .agg(**{f"{field.name}_level": _.level.max()})
    )


def _level_of_equals(met: ir.Table, field: Field) -> tuple[ir.Table, ir.Value]:
    if field.rarities is None:
        return met, ibis.literal(field.equal)
    met = met.left_join(field.rarities, met.left == field.rarities.value)
    return met, field.equal + met.rarity.fill_null(0)


def _values(rows: ir.Table, owner: str, columns: Sequence[str], name: str) -> ir.Table:
    """Every distinct value that any of the columns has, by owner."""
    present = [column for column in columns if column in rows.columns]
    every = [rows.select(owner, **{name: rows[column]}) for column in present]
    values = ibis.union(*every, distinct=True) if len(every) > 1 else every[0].distinct()
    return values.filter(values[name].notnull())


def _answers(bench: Workbench, name: str, field: Field, met: ir.Table) -> ir.Table:
    left, right = _ordered(met, field.symmetric)
    asked = met.filter(met.left != met.right).select(asked_left=left, asked_right=right).distinct()
    judge = field.levels

    def answer(pairs: pa.Table) -> pa.Table:
        assert judge is not None  # noqa: S101
        return pairs.append_column("level", judge(pairs["asked_left"], pairs["asked_right"]))

    return bench.answer(f"{name}_answer", asked, answer)


def _same_pair(met: ir.Table, answers: ir.Table, symmetric: bool) -> list[ir.BooleanValue]:
    left, right = _ordered(met, symmetric)
    return [left == answers.asked_left, right == answers.asked_right]


def _ordered(met: ir.Table, symmetric: bool) -> tuple[ir.Value, ir.Value]:
    if not symmetric:
        return met.left, met.right
    return ibis.least(met.left, met.right), ibis.greatest(met.left, met.right)
