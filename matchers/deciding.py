"""Which candidate a record belongs to, and how sure that is, from the weights of all of them.

Bayes over the candidates and "nobody known": a second candidate as good as the first halves the
probability, so a lead is needed as well as a weight. Powers are rounded to integers before they
are added, so that no order of rows can change a sum.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.model import BIT

_ONE = 1 << 30


def best_candidates(weighed: ir.Table) -> ir.Table:
    """One row per rid: its best candidate with all levels and weights, `second` and `probability`.

    `second` is the weight of the runner-up, null if there is none.
    """
    window = ibis.window(group_by=_.rid, order_by=[_.weight.desc(), _.entity])
    placed = weighed.mutate(
        place=ibis.row_number().over(window),
        best=_.weight.max().over(ibis.window(group_by=_.rid)),
        second=_.weight.lead().over(window),
    )
    share = (2.0 ** ((placed.weight - placed.best) / BIT) * _ONE).floor().cast("int64")
    rivals = share.sum().over(ibis.window(group_by=placed.rid))
    nobody = 2.0 ** (ibis.greatest(-placed.best, -60 * BIT) / BIT)
    probability = 1 / (rivals / float(_ONE) + nobody)
    summed = placed.mutate(probability=probability)
    return summed.filter(_.place == 0).drop("place", "best")
