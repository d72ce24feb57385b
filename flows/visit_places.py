"""Where visitors found people really living: an address of its own, newer than any register's."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flows import reference
from flows.engine import Engine
from flows.ledger import Ledger
from matchers.addresses import read_addresses

VISIT, VISIT_TITLE = "visit", "走访反馈"
_TOLD = {
    "record_key": pl.String,
    "person_id": pl.String,
    "visited_on": pl.Date,
    "address": pl.String,
    "phone": pl.String,
}


def add_visit_places(
    engine: Engine, ledger: Ledger, position: int, person_into: Mapping[str, str], county: str
) -> None:
    """Make `visit_told` (address and phone a visitor wrote down) and add its places to `place`.

    What was written down is about the person the order asked for. Needs the table `place`.
    """
    visits = ledger.visits(position)
    rows = [
        (f"{VISIT}-{order.order_no}", into, visit.visited_on, visit.address, visit.phone)
        for order in ledger.orders(position)
        for visit in [visits.get(order.order_no)]
        if visit and (visit.address or visit.phone) and "lead" in order.printed
        for into in [person_into.get(order.printed["lead"], order.printed["lead"])]
    ]
    told = pl.DataFrame(rows, schema=_TOLD, orient="row")
    engine.register("visit_told", told.to_arrow())
    addresses = told["address"].drop_nulls().unique().sort()
    engine.register(
        "visit_address", read_addresses(addresses.to_arrow(), reference.divisions(county))
    )
    engine.duckdb.execute(
        f"""
        INSERT INTO place
        SELECT told.record_key, told.person_id, '{VISIT}', told.visited_on, 3::BIGINT,
               found.in_county, found.township_code, found.village_code
        FROM visit_told AS told JOIN visit_address AS found ON found.value = told.address
        WHERE found.in_county IS NOT NULL OR found.township_code IS NOT NULL
        """
    )
