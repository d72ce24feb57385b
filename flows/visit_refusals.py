"""Whose help a visit found refused, by the family or by the office: they are watched for a while.

No extract carries refused applications; what visits came to is the only source. It is a dated fact
of the visitor's and only ever brings a household back on a list.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from data_contracts.visit_results import Outcome, said_by
from flows.engine import Engine
from flows.ledger import Ledger

REFUSING = frozenset({Outcome.NOT_ELIGIBLE, Outcome.UNWILLING, Outcome.REFUSED})
"""Conclusions 30 to 32, 40 and 54: not eligible, unwilling to apply, not let in."""

_REFUSALS = {"person_id": pl.String, "refused_on": pl.Date}


def add_refusals(
    engine: Engine, ledger: Ledger, position: int, person_into: Mapping[str, str]
) -> None:
    """Make `refusal`: the rows of transforms.known.REFUSALS, for all whom an order was issued for."""
    visits = ledger.visits(position)
    rows = {
        (person_into.get(person, person), visit.visited_on)
        for order in ledger.orders(position)
        for visit in [visits.get(order.order_no)]
        if visit and not REFUSING.isdisjoint(said_by(visit.codes))
        for person in order.members
    }
    frame = pl.DataFrame(sorted(rows), schema=_REFUSALS, orient="row")
    engine.register("refusal", frame.to_arrow())
