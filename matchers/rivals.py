"""What the candidates of one record say about each other."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.model import Model
from matchers.name_levels import NameLevel
from matchers.weighing import NEVER
from matchers.workbench import Workbench


def at_one_home(bench: Workbench, weighed: ir.Table, at_home: ir.Table, model: Model) -> ir.Table:
    """What points at a household points at everybody who lives there, if less than at whom it names.

    So who of a household a record is about rests on what is each one's own. `home_weight` takes the
    place of `near_weight`: what the others of the household add. `at_home` has rid, entity, household.
    """
    there = weighed.filter(_.weight > NEVER).select("rid", "entity", "near_weight")
    there = bench.keep("link_wave_there", at_home.join(there, ["rid", "entity"]))
    most = there.group_by("rid", "household").agg(most=_.near_weight.max())
    shared = there.join(most, ["rid", "household"]).group_by("rid", "entity").agg(most=_.most.max())
    joined = weighed.left_join(shared, ["rid", "entity"]).drop("rid_right", "entity_right")
    more = ibis.greatest(joined.most - model.of_another - joined.near_weight, 0).fill_null(0)
    return joined.mutate(weight=joined.weight + more, home_weight=more).drop("most", "near_weight")


def by_number(weighed: ir.Table) -> ir.BooleanValue:
    """The number in the record is the candidate's, and nobody of the record's own name was found."""
    bears = (weighed.name_level >= int(NameLevel.VARIANT)).fill_null(False)
    found = bears.max().over(ibis.window(group_by=weighed.rid))
    return (weighed.claim == weighed.entity).fill_null(False) & ~found
