"""Link a night's rows by what changed since the night before, with the result of a full run.

What a record finds does not depend on what other records seek (see `linkage.settle`), so only
records around something that changed have to seek again. Holds for one frozen model only; the
caller forgets the memory when the model, its frequencies or the program change.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.affected import affected
from matchers.answered import forbidden
from matchers.changed_rows import changed_rows
from matchers.changed_sides import Sides, changed_sides
from matchers.deciding import best_candidates
from matchers.fields import fields_of
from matchers.linkage import (
    Linked,
    Side,
    compare,
    decided,
    entries,
    grouped,
    moved_entries,
    new_pairs,
    relabelled,
    settle,
    strangers,
    told,
)
from matchers.memory import Memory
from matchers.model import Model
from matchers.name_shapes import Shapes
from matchers.rows import with_whole_dates
from matchers.workbench import Workbench


def link_incrementally(
    bench: Workbench,
    rows: ir.Table,
    model: Model,
    shapes: Shapes,
    frequencies: ir.Table,
    answers: ir.Table | None,
    state: Memory,
) -> Linked:
    """What `linkage.link` returns for the same arguments; tables of plain text are not for it."""
    rows = with_whole_dates(rows)
    changed = changed_rows(bench, rows, answers, state)
    sides = changed_sides(bench, rows, changed, model, shapes, frequencies, answers, state)
    apart = None
    if answers is not None:
        apart = bench.keep("link_forbidden", forbidden(sides.proven, answers))
    side = Side(bench, model, fields_of(rows, shapes), sides.known, sides.homes, apart)
    again, scored = _settled(side, sides, answers, state)
    registered = sides.seeking.filter(_.is_register)
    moved = moved_entries(bench, scored, registered, sides.known, model)
    found = _found(bench, sides, again, scored, moved, state)
    others = sides.seeking.filter(~_.is_register)
    attached = decided(found.semi_join(others, "rid"), model).select("rid", "entity")
    left = bench.keep("link_left", others.anti_join(attached, "rid"))
    newcomers = _newcomers(strangers(side, left), left, sides, state)
    people = ibis.union(entries(sides.proven, registered, moved), attached, newcomers)
    return told(bench, sides.proven, people, found, answers)


def _settled(
    side: Side, sides: Sides, answers: ir.Table | None, state: Memory
) -> tuple[ir.Table, ir.Table]:
    """Rid of the seekers that were settled again, and the weighed pairs of all."""
    bench = side.bench
    if state.is_empty:
        return sides.seeking.select("rid"), state.replace("scored", settle(side, sides.seeking))
    again = affected(bench, sides, state.rows("scored", sides.seeking), answers)
    fresh = settle(side, bench.keep("link_seeker", sides.seeking.semi_join(again, "rid")))
    gone = bench.keep("link_settled", again.union(sides.unsought).distinct())
    return again, state.change("scored", "rid", gone, fresh)


def _found(
    bench: Workbench,
    sides: Sides,
    again: ir.Table,
    scored: ir.Table,
    moved: ir.Table,
    state: Memory,
) -> ir.Table:
    """The best candidate of every seeker, decided again where pairs changed or a candidate moved."""
    before = state.rows("moved", moved)
    both = ["rid", "entity"]
    other = moved.anti_join(before, both).union(before.anti_join(moved, both))
    renamed = scored.semi_join(other.select(entity=-1 - _.rid), "entity").select("rid")
    open_ = bench.keep("link_decided_again", again.union(renamed).distinct())
    state.replace("moved", moved)
    pairs = relabelled(scored.semi_join(open_, "rid"), moved)
    fresh = bench.keep("link_found", best_candidates(pairs))
    gone = bench.keep("link_found_gone", open_.union(sides.unsought).distinct())
    return state.change("found", "rid", gone, fresh)


def _newcomers(side: Side, left: ir.Table, sides: Sides, state: Memory) -> ir.Table:
    """(rid, entity) of the leftovers; only pairs that were never compared are compared."""
    bench, both = side.bench, ["rid", "entity"]
    pairs = new_pairs(side, left)
    if side.forbidden is not None:
        pairs = pairs.anti_join(side.forbidden, both)
    pairs = bench.keep("link_new_pair", pairs)
    like = pairs.select(*both, proven=_.rid > 0, weight="rid")
    other = sides.unsought.select(entity=-1 - _.rid)
    before = state.rows("newcomer", like).semi_join(pairs, both)
    before = before.anti_join(sides.unsought, "rid").anti_join(other, "entity")
    before = bench.keep("link_new_before", before)
    fresh = bench.keep("link_wave_pair", pairs.anti_join(before, both))
    scored = compare(side, fresh, left).select(*like.columns)
    every = bench.keep("link_new_scored", before.union(scored))
    state.replace("newcomer", every)
    return bench.keep("link_newcomer", grouped(side, left, every))
