"""Rows that share a verified number are one person, unless what they say of themselves denies it.

A checksum catches every single wrong digit. So a valid number beside another name or birth date is
not a slip but somebody else's: a guardian's, a relative's, the row above's. Such a row keeps its
number as a claim and has to look for its person like a row without one.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from matchers.birth_levels import BirthLevel, birth_levels
from matchers.name_comparison import compare_names
from matchers.name_levels import NameLevel
from matchers.name_shapes import Shapes
from matchers.rows import with_whole_dates
from matchers.workbench import Workbench

MOST_NAMES = 12
"""A number beside more names than this is a filler and nobody's number."""

GENERATION = 15
"""Years. Somebody so much younger than the holder of the number is the holder's child."""


@dataclass(frozen=True)
class Verified:
    """Rows that fit the holder of their number, and rows that do not: rid, number, name_level."""

    fits: ir.Table
    misfits: ir.Table


def is_rounded(numbers: ir.Table) -> ir.BooleanValue:
    """A spreadsheet keeps 15 digits; one rounded number in eleven has a fitting check character."""
    return numbers.id_clean.endswith("000")


def number_of(id_clean: ir.StringValue) -> ir.IntegerValue:
    """A verified number as an integer: its 17 digits; the check character follows from them."""
    return id_clean.substr(0, 17).cast("int64")


def verified(
    bench: Workbench, rows: ir.Table, shapes: Shapes, among: ir.Table | None = None
) -> Verified:
    """Which rows with a verified number fit its holder, and which do not.

    `rows` may be those of some numbers only; `among` are then all rows, where twins are found.
    """
    numbered, every = (
        with_whole_dates(table.filter(table.id_clean.notnull())).mutate(
            number=number_of(table.id_clean)
        )
        for table in (rows, rows if among is None else among)
    )
    mixed = bench.keep("link_mixed", _mixed(numbered))
    doubted = bench.keep(
        "link_doubted",
        numbered.join(mixed, "number").select(
            "rid", "number", "is_register", "former_name_key", "birth_date", "id_birth_date",
            "unheard_of", name_key=ibis.coalesce(_.name_key, _.parent_name_key),
            is_child_of=_.name_key.isnull() & _.parent_name_key.notnull(),
            is_guardians=(_.guardian_number == _.id_clean).fill_null(False),
        ),
    )  # fmt: skip
    judged = bench.keep("link_judged", _judged(bench, doubted, shapes))
    judged = judged.mutate(fits=judged.fits & ~_is_namesake(judged, every))
    plain = numbered.anti_join(mixed, "number").select(
        "rid", "number", name_level=ibis.literal(int(NameLevel.EQUAL), "int8")
    )
    fitting = judged.filter(_.fits).select("rid", "number", "name_level")
    return Verified(
        fits=bench.keep("link_fits", plain.union(fitting)),
        misfits=judged.filter(~_.fits).select("rid", "number", "name_level"),
    )


def _mixed(numbered: ir.Table) -> ir.Table:
    """Numbers whose rows do not all say the same name and the number's own birth date."""
    said = numbered.group_by("number").agg(
        first_name=_.name_key.min(),
        last_name=_.name_key.max(),
        first_birth=_.birth_date.min(),
        last_birth=_.birth_date.max(),
        guarded=(_.guardian_number == _.id_clean).max(),
        child_of=(_.name_key.isnull() & _.parent_name_key.notnull()).max(),
        unheard_of=is_rounded(numbered).max() & ~_.is_register.max(),
        born=_.id_birth_date.min(),
    )
    differ = (
        (said.first_name != said.last_name).fill_null(False)
        | (said.first_birth != said.born).fill_null(False)
        | (said.last_birth != said.born).fill_null(False)
        | said.guarded.fill_null(False)
        | said.child_of
        | said.unheard_of
    )
    return said.filter(differ).select("number", "unheard_of")


def _judged(bench: Workbench, doubted: ir.Table, shapes: Shapes) -> ir.Table:
    """Every row of a mixed number with `name_level` against the holder's names, and `fits`."""
    levels = bench.keep("link_name_fit", _name_fit(bench, doubted, shapes))
    births = _birth_fit(bench, doubted)
    fillers = doubted.group_by("number").agg(names=_.name_key.nunique())
    fillers = fillers.filter(fillers.names > MOST_NAMES).select("number", is_filler=True)
    seen = (
        doubted.left_join(levels, ["number", "name_key"])
        .drop("number_right", "name_key_right")
        .left_join(births, ["birth_date", "id_birth_date"])
        .drop("birth_date_right", "id_birth_date_right")
        .left_join(fillers, "number")
        .drop("number_right")
    )
    return seen.select(
        "rid", "number", "name_key", "name_level", "birth_date", "id_birth_date",
        fits=_fits(seen) & seen.is_filler.isnull() & ~seen.unheard_of,
    )  # fmt: skip


def _is_namesake(judged: ir.Table, numbered: ir.Table) -> ir.BooleanValue:
    """A name that only resembles the holder's is exactly somebody else's of that birth date: twins."""
    alike = judged.filter(_.fits & (_.name_level < int(NameLevel.VARIANT)))
    alike = alike.select(
        "rid", "number", "name_key", born=ibis.coalesce(_.birth_date, _.id_birth_date)
    )
    others = numbered.filter(_.is_register).select(
        name_key="name_key", born="id_birth_date", other="number"
    )
    met = alike.join(others, ["name_key", "born"])
    twins = met.filter(met.number != met.other)
    return judged.rid.isin(twins.rid)


def _fits(row: ir.Table) -> ir.BooleanValue:
    """Name and birth date may each be somewhat wrong, and not both."""
    birth = ibis.ifelse(row.birth_date == row.id_birth_date, int(BirthLevel.EQUAL), row.birth_level)
    said = ibis.ifelse(row.is_child_of, None, row.name_level)
    level = said.fill_null(int(NameLevel.PARTIAL))
    near = birth.isnull() | (birth >= int(BirthLevel.PLACEHOLDER))
    child = row.birth_date.year() - row.id_birth_date.year() >= GENERATION
    equal = (level >= int(NameLevel.VARIANT)) & ~child.fill_null(False)
    wards = row.is_guardians & ~(row.birth_date == row.id_birth_date).fill_null(False)
    parents = row.is_child_of & (row.name_level >= int(NameLevel.PARTIAL)).fill_null(False)
    return (((level >= int(NameLevel.PARTIAL)) & near) | equal) & ~wards & ~parents


def _name_fit(bench: Workbench, doubted: ir.Table, shapes: Shapes) -> ir.Table:
    """Of each number and name: the best level against the names of the number's holder."""
    names = doubted.filter(_.name_key.notnull()).select("number", "name_key").distinct()
    pairs = names.join(_known_names(doubted), "number")
    left, right = (
        ibis.least(pairs.name_key, pairs.known),
        ibis.greatest(pairs.name_key, pairs.known),
    )
    pairs = pairs.mutate(left=left, right=right)
    unequal = pairs.filter(_.left != _.right).select("left", "right").distinct()
    answers = bench.answer(
        "link_name_fit_pair",
        unequal,
        lambda asked: asked.append_column(
            "level", compare_names(asked["left"], asked["right"], shapes)
        ),
    )
    seen = pairs.left_join(answers, ["left", "right"])
    level = ibis.ifelse(seen.left == seen.right, int(NameLevel.EQUAL), seen.level)
    return seen.group_by("number", "name_key").agg(name_level=level.max().cast("int8"))


def _known_names(doubted: ir.Table) -> ir.Table:
    """The holder's name (the register's, else what most rows say) and former names.

    A row of somebody a generation younger does not say what the holder is called.
    """
    younger = doubted.birth_date.year() - doubted.id_birth_date.year() >= GENERATION
    votes = (
        doubted.filter(
            doubted.name_key.notnull() & ~doubted.is_child_of & ~younger.fill_null(False)
        )
        .group_by("number", "name_key")
        .agg(
            registered=_.is_register.max(),
            confirmed=(_.birth_date == _.id_birth_date).max().fill_null(False),
            rows=_.count(),
        )
    )
    order = [votes.registered.desc(), votes.confirmed.desc(), votes.rows.desc(), votes.name_key]
    place = ibis.row_number().over(group_by=votes.number, order_by=order)
    holder = votes.mutate(place=place).filter(_.place == 0).select("number", known=_.name_key)
    former = doubted.filter(_.is_register & _.former_name_key.notnull())
    return holder.union(former.select("number", known=_.former_name_key)).distinct()


def _birth_fit(bench: Workbench, doubted: ir.Table) -> ir.Table:
    unequal = doubted.filter(_.birth_date != _.id_birth_date)
    asked = unequal.select("birth_date", "id_birth_date").distinct()
    return bench.answer("link_birth_fit_pair", asked, _answer_births)


def _answer_births(pairs: pa.Table) -> pa.Table:
    level = birth_levels(pairs["birth_date"], pairs["id_birth_date"])
    return pairs.append_column("birth_level", level)
