"""Both sides of the comparison brought up to date: who seeks, who is known, who lives together."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir
from ibis import _

from matchers import kin
from matchers.answered import told_apart
from matchers.changed_marks import changed_marks, of_kin
from matchers.changed_rows import Changed
from matchers.linkage import with_rarities
from matchers.memory import Memory
from matchers.model import Model
from matchers.name_shapes import Shapes
from matchers.seekers import known, seekers
from matchers.verified import Verified, verified
from matchers.workbench import Workbench


@dataclass(frozen=True)
class Sides:
    """All that holds tonight, and what of it is other than before.

    `sought` and `unsought` are the seekers that came and went; `marks` (entity, mark) are what is
    known of people otherwise than before, and `names` (entity, name_bag) how they are called or
    were; `touched` are these people and everybody whose household something changed in.
    """

    proven: Verified
    seeking: ir.Table
    known: ir.Table
    homes: ir.Table
    sought: ir.Table
    unsought: ir.Table
    marks: ir.Table
    names: ir.Table
    touched: ir.Table


def changed_sides(
    bench: Workbench,
    rows: ir.Table,
    changed: Changed,
    model: Model,
    shapes: Shapes,
    frequencies: ir.Table,
    answers: ir.Table | None,
    memory: Memory,
) -> Sides:
    """Judge the numbers that changed, and bring everything that follows up to date."""
    judged = verified(bench, changed.numbered, shapes, among=rows)
    if answers is not None:
        judged = told_apart(rows, judged, answers)
    fits = bench.keep("link_fits_now", judged.fits)
    misfits = bench.keep("link_misfits_now", judged.misfits)
    fits_gone, fits_came = _differing(bench, "fits", fits, changed, memory)
    misfits_gone, misfits_came = _differing(bench, "misfits", misfits, changed, memory)
    proven = Verified(
        fits=memory.change("fits", "number", changed.numbers, fits),
        misfits=memory.change("misfits", "number", changed.numbers, misfits),
    )
    bearing = changed.numbered.semi_join(misfits_came, "rid")
    plain = seekers(changed.rows.filter(_.id_clean.isnull()).union(bearing), misfits_came)
    plain = bench.keep("link_seeker_plain", plain)
    sought = bench.keep("link_sought", with_rarities(bench, plain, rows, model, frequencies))
    gone = changed.gone.select("rid")
    unsought = bench.keep("link_unsought", gone.union(misfits_gone.select("rid")).distinct())
    seeking = memory.change("seeker", "rid", unsought, sought)

    entries = sought.filter(_.is_register).select("rid")
    told = changed.rows.union(changed.numbered.anti_join(changed.rows, "rid"))
    came = bench.keep("link_known_came", known(told, fits_came, entries))
    forgotten = unsought.union(fits_gone.select("rid")).distinct()
    left = bench.keep("link_known_gone", memory.rows("known", came).semi_join(forgotten, "rid"))
    people, marks, names = _known(bench, left, came, memory)
    entered = left.union(came.select(*left.columns)).filter(_.is_register & _.household.notnull())
    houses = bench.keep("link_house", entered.select("household").distinct())
    homes, touched = _homes(bench, people, houses, marks, memory)
    return Sides(proven, seeking, people, homes, sought, unsought, marks, names, touched)


def _known(
    bench: Workbench, left: ir.Table, came: ir.Table, memory: Memory
) -> tuple[ir.Table, ir.Table, ir.Table]:
    """Who is known, and the marks and names of whom something is known otherwise than before."""
    concerned = left.select("entity").union(came.select("entity")).distinct()
    # Nobody is known otherwise where nobody was known.
    concerned = bench.keep("link_concerned", concerned.limit(0) if memory.is_empty else concerned)
    before = bench.keep("link_known_before", _said_of(concerned, memory.rows("known", came)))
    people = memory.change("known", "rid", left, came)
    after = bench.keep("link_known_after", _said_of(concerned, people))
    marks = bench.keep("link_mark_changed", changed_marks(before, after))
    named = before.union(after).semi_join(marks, "entity").select("entity", "name_bag")
    return people, marks, bench.keep("link_name_changed", named.distinct())


def _said_of(concerned: ir.Table, known: ir.Table) -> ir.Table:
    """What the rows of some people say, be it said once or often."""
    return known.semi_join(concerned, "entity").drop("rid").distinct()


def _differing(
    bench: Workbench, name: str, now: ir.Table, changed: Changed, memory: Memory
) -> tuple[ir.Table, ir.Table]:
    """What was found of the changed numbers before and no longer, and now and not before.

    A changed row counts as both.
    """
    before = memory.rows(name, now).semi_join(changed.numbers, "number")
    before = bench.keep(f"link_{name}_before", before)
    verdict = ["rid", "number"] if name == "fits" else ["rid", "number", "name_level"]
    gone = before.anti_join(now, verdict).union(before.semi_join(changed.gone, "rid"))
    came = now.anti_join(before, verdict).union(now.semi_join(changed.came, "rid"))
    return (
        bench.keep(f"link_{name}_gone", gone.distinct()),
        bench.keep(f"link_{name}_came", came.distinct()),
    )


def _homes(
    bench: Workbench, people: ir.Table, houses: ir.Table, marks: ir.Table, memory: Memory
) -> tuple[ir.Table, ir.Table]:
    """Who lives together, and the entities that changed or live, or lived, with one that did.

    `houses`: the households of register rows that came or went.
    """
    now = kin.homes(people.filter(_.is_register).semi_join(houses, "household"))
    now = bench.keep("link_home_now", now)
    before = bench.keep("link_home_before", memory.rows("home", now).semi_join(houses, "household"))
    homes = memory.change("home", "household", houses, now)
    moved = bench.keep("link_home_moved", now.difference(before).union(before.difference(now)))
    own = marks.select("entity").union(moved.select("entity")).distinct()
    told = homes.semi_join(of_kin(marks), "entity").select("household")
    around = told.union(moved.select("household")).distinct()
    theirs = homes.semi_join(around, "household").select("entity")
    return homes, bench.keep("link_touched", own.union(theirs).distinct())
