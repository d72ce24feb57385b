"""Whose search for a person could end otherwise than it did the night before.

What a record finds rests on itself, on the people who share a key with it or live with the holder
of its number or with the parent it names, and on their households; where what is known of these
people changed, a block's bound may have been crossed, too. A record that a strong wave settled never
looked further.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.candidates import LAST, PARENTS, Key
from matchers.changed_marks import sharing
from matchers.changed_sides import Sides
from matchers.linkage import waves
from matchers.workbench import Workbench


def affected(
    bench: Workbench, sides: Sides, scored: ir.Table, answers: ir.Table | None
) -> ir.Table:
    """Rid of the seekers to be settled again; `scored` are the pairs of the night before."""
    seeking, touched = sides.seeking, sides.touched
    around = [
        sides.sought.select("rid"),
        scored.semi_join(touched, "entity").select("rid"),
        *(
            seeking.semi_join(touched, seeking[named] == touched.entity).select("rid")
            for named in ("claim", "guardian")
        ),
    ]
    near = bench.keep("link_touched_known", sides.known.semi_join(touched, "entity"))
    around += [_sharing(seeking, near, key) for key in PARENTS]
    if answers is not None:
        said = answers.filter(~_.same)
        asked = said.select(rid="left").union(said.select(rid="right"))
        around.append(seeking.semi_join(asked, "rid").select("rid"))
    for wave, keys in enumerate(waves(seeking)):
        settled = scored.filter(_.wave < wave).select("rid").distinct()
        searching = bench.keep(f"link_searching_{wave}", seeking.anti_join(settled, "rid"))
        around.append(sharing(searching, sides.marks, keys))
        if keys is LAST:
            # A place is only known while it is compared, so the name must do.
            around.append(searching.semi_join(sides.names, "name_bag").select("rid"))
    rids = ibis.union(*around, distinct=True)
    return bench.keep("link_affected", rids.semi_join(seeking, "rid"))


def _sharing(seeking: ir.Table, people: ir.Table, key: Key) -> ir.Table:
    """Rid of who shares the key with one of these people."""
    offered = people.select(*dict.fromkeys(key.known)).distinct()
    same = [
        seeking[one] == offered[other] for one, other in zip(key.seeker, key.known, strict=True)
    ]
    return seeking.semi_join(offered, same).select("rid")
