"""Whose search for a person could end otherwise than it did the night before.

What a record finds rests on itself, on the people who share a key with it or live with the holder
of its number or with the parent it names, and on their households. A record that a strong wave settled never looked further.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.candidates import PARENTS, Key
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
        around += [
            _sharing(searching, sides.known_changes, key) for key in _usable(keys, searching)
        ]
    rids = ibis.union(*around, distinct=True)
    return bench.keep("link_affected", rids.semi_join(seeking, "rid"))


def _usable(keys: Sequence[Key], seeking: ir.Table) -> list[Key]:
    """The keys of a wave; a place is only known while it is compared, so its name must do."""
    bare = [
        Key("name", ("name_bag",), ("name_bag",)) if "place" in key.seeker else key for key in keys
    ]
    return [key for key in bare if {*key.seeker} <= {*seeking.columns}]


def _sharing(seeking: ir.Table, changes: ir.Table, key: Key) -> ir.Table:
    """Rid of who shares the key with somebody who came or went; a bound may have been crossed."""
    offered = changes.select(*dict.fromkeys(key.known)).distinct()
    same = [
        seeking[one] == offered[other] for one, other in zip(key.seeker, key.known, strict=True)
    ]
    return seeking.semi_join(offered, same).select("rid")
