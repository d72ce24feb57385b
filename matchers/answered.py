"""What people said about pairs of records, which counts for more than any evidence.

`answers` has `left` and `right` (rid) and `same`. Records said to be the same are brought together
whatever the model thinks; records said to differ are never compared again.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from matchers.clusters import components
from matchers.verified import Verified
from matchers.workbench import Workbench

SCHEMA = {"left": "int64", "right": "int64", "same": "boolean"}


def closed(answers: pa.Table) -> pa.Table:
    """With what follows from the answers: A is B and A is not C, so B is not C."""
    said = answers.filter(answers["same"])
    roots = _roots(said)
    groups: dict[int, list[int]] = {}
    for node, root in roots.items():
        groups.setdefault(root, []).append(node)
    apart = set()
    for left, right in _pairs(answers.filter(pa.compute.invert(answers["same"]))):
        for pair in product(_group(left, roots, groups), _group(right, roots, groups)):
            apart.add((min(pair), max(pair)))
    rows = [(left, right, True) for left, right in _pairs(said)]
    rows += [(left, right, False) for left, right in sorted(apart)]
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    types = (pa.int64(), pa.int64(), pa.bool_())
    return pa.table(
        {name: pa.array(c, t) for name, c, t in zip(SCHEMA, columns, types, strict=True)}
    )


def _roots(said: pa.Table) -> dict[int, int]:
    if said.num_rows == 0:
        return {}
    grouped = components(said.select(["left", "right"]))
    return dict(zip(grouped["node"].to_pylist(), grouped["root"].to_pylist(), strict=True))


def _group(node: int, roots: dict[int, int], groups: dict[int, list[int]]) -> list[int]:
    return groups[roots[node]] if node in roots else [node]


def _pairs(answers: pa.Table) -> Iterable[tuple[int, int]]:
    return zip(answers["left"].to_pylist(), answers["right"].to_pylist(), strict=True)


def told_apart(rows: ir.Table, proven: Verified, answers: ir.Table) -> Verified:
    """Of two records said to differ that share a number, the later, or unregistered, one leaves."""
    differ = answers.filter(~_.same)
    left = proven.fits.select(left="rid", number="number", left_level="name_level")
    right = proven.fits.select(right="rid", right_number="number", right_level="name_level")
    met = differ.join(left, "left").join(right, "right")
    met = met.filter(met.number == met.right_number)
    entry = rows.filter(_.is_register).select(left="rid", is_entry=True)
    met = met.left_join(entry, "left").drop("left_right")
    # `left` is the earlier record, so the right one leaves unless it alone is registered.
    right_entry = rows.filter(_.is_register).select(right="rid", right_is_entry=True)
    met = met.left_join(right_entry, "right").drop("right_right")
    left_leaves = met.is_entry.isnull() & met.right_is_entry.notnull()
    leaving = met.select(
        rid=ibis.ifelse(left_leaves, met.left, met.right),
        number="number",
        name_level=ibis.ifelse(left_leaves, met.left_level, met.right_level).cast("int8"),
    ).distinct()
    fits = proven.fits.anti_join(leaving, "rid")
    return Verified(
        fits=fits, misfits=proven.misfits.union(leaving.select(*proven.misfits.columns))
    )


def forbidden(proven: Verified, answers: ir.Table) -> ir.Table:
    """Pairs (rid, entity) that people said are not the same, both ways round."""
    differ = answers.filter(~_.same)
    both = differ.select(rid="left", other="right").union(differ.select(rid="right", other="left"))
    numbers = proven.fits.select(other="rid", number="number")
    seen = both.left_join(numbers, "other").drop("other_right")
    own = seen.select("rid", entity=-1 - seen.other)
    return own.union(seen.filter(seen.number.notnull()).select("rid", entity="number"))


def brought_together(
    bench: Workbench, entity_of: ir.Table, proven: Verified, answers: ir.Table
) -> tuple[ir.Table, ir.Table]:
    """`entity_of` as the answers want it, and the rids that an answer moved.

    Who is proven by a number, or stands in the register, draws the others; two of them become one.
    """
    same = answers.filter(_.same)
    edges = bench.answer("link_same", same.select("left", "right"), components)
    placed = edges.select("root", rid="node").join(entity_of, "rid")
    firm = placed.left_join(proven.fits.select("rid", proven=True), "rid").drop("rid_right")
    order = [firm.proven.isnull(), firm.entity.desc()]
    place = ibis.row_number().over(group_by=firm.root, order_by=order)
    anchors = firm.mutate(place=place).filter(_.place == 0).select("root", anchor="entity")
    seen = firm.join(anchors, "root")
    moved = seen.filter(seen.entity != seen.anchor)
    firm_ones = moved.filter(moved.proven.notnull() | (moved.entity == -1 - moved.rid))
    merged = bench.answer(
        "link_merged", firm_ones.select(left=-firm_ones.entity, right=-firm_ones.anchor), components
    )
    into = merged.select(entity=-merged.node, into=-merged.root)
    alone = bench.keep("link_answered", moved.select("rid", sole="anchor").distinct())
    joined = entity_of.left_join(alone, "rid").drop("rid_right")
    joined = joined.select("rid", entity=ibis.coalesce(joined.sole, joined.entity))
    joined = joined.left_join(into, "entity").drop("entity_right")
    placed = joined.select("rid", entity=ibis.coalesce(joined.into, joined.entity))
    return placed, alone.select("rid")
