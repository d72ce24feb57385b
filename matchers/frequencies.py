"""How many people bear a name, its sound, its surname: what makes an agreement on it rare.

A model freezes these figures, so that a night's weights do not change with the rows of the day.
Values borne by fewer than `FEWEST` people are left out: they would name somebody, and all of them
are rare. Who has neither a verified number nor a register entry is not counted as one more person,
unless nobody has.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.model import BIT, Model
from matchers.seekers import row_entity

FEWEST = 3
"""Bearers below which a value is not stored."""

COUNTED = ("name_key", "name_bag", "surname_sound")

RARITY_NAMES = {"name_key": "name", "name_bag": "bag", "surname_sound": "surname"}
"""What the rarity of each column is called in linking: `<name>_rarity`."""


def persons(rows: ir.Table, fits: ir.Table) -> ir.Table:
    """The counted columns of every row whose person is known, with the `person` (int64)."""
    numbered = rows.inner_join(fits.select("rid", "number"), "rid")
    plain = rows.filter(_.is_register).anti_join(fits, "rid")
    return ibis.union(
        numbered.select(*COUNTED, person=_.number),
        plain.select(*COUNTED, person=row_entity(plain)),
    )


def records(rows: ir.Table) -> ir.Table:
    """The same where nothing proves who is whom: every record counts as somebody."""
    return rows.select(*COUNTED, person=row_entity(rows))


def frequencies(known: ir.Table) -> ir.Table:
    """`column`, `value` (text), `people`, from `persons` or `records`; rare values are left out."""
    counted = [
        known.filter(known[column].notnull())
        .group_by(value=known[column].cast("string"))
        .agg(people=_.person.nunique())
        .filter(_.people >= FEWEST)
        .select("value", "people", column=ibis.literal(column))
        for column in COUNTED
    ]
    return ibis.union(*counted).select("column", "value", "people")


def rarities(values: ir.Table, column: str, frozen: ir.Table, model: Model) -> ir.Table:
    """The distinct values of a column with `<name>_rarity`: log2(people / bearers) as frozen.

    What is not stored counts as borne by two people.
    """
    stored = frozen.filter(_.column == column).select("people", stored=_.value)
    asked = values.filter(values[column].notnull()).select(column).distinct()
    seen = asked.left_join(stored, asked[column].cast("string") == stored.stored)
    share = (ibis.literal(float(model.people)) / seen.people).log2() * 1000
    rarity = ibis.least(share.round().cast("int64"), model.most_rarity)
    rarity = rarity.fill_null(min(model.most_rarity, model.population - BIT))
    return seen.select(column, **{f"{RARITY_NAMES[column]}_rarity": rarity})
