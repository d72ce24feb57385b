"""How rare the values of a plain text field are, in the steps that TextLevel has for it."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.text_levels import RARE_FROM


def text_rarities(rows: ir.Table, column: str) -> ir.Table:
    """(value, rarity): how many steps rarer than common; common values are left out."""
    said = rows.select(value=rows[column]).filter(_.value.notnull())
    bearers = said.group_by("value").agg(bearers=_.count())
    share = bearers.bearers / said.count().as_scalar()
    steps = [ibis.ifelse(share <= most, 1, 0) for most in RARE_FROM.values()]
    rarity = sum(steps[1:], steps[0]).cast("int8")
    return bearers.select("value", rarity=rarity).filter(_.rarity > 0)
