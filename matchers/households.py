"""Who lives together, as the resident register tells it: one household number, one family.

People of a collective household (集体户) share a number and no life, so each is a household alone;
so is somebody whom the register says has left. Whom it does not know lives alone as well.
`household_members` corrects this by what other departments see.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

INPUTS = {
    "person": "string",
    "record_key": "string",
    "arrival": "int64",
    "row": "int64",
    "person_type": "string",
    "life_status": "string",
    "status_on": "date",
    "household_kind": "string",
    "household_hash": "string",
}
"""The register's rows with their person; household_hash is a keyed hash of the household number."""

_LEFT = ("moved_out", "cancelled", "dead")
_RANK_OF_TYPE = (("registered", 0), ("floating", 1))


def households(register_rows: ir.Table) -> ir.Table:
    """One row per person in the register: household_key, how, since, and the `book`.

    Who lives alone is their own key. how is register, alone or died; the dead keep the key of the
    family that they left behind. `book` is the family number, even of somebody who is dead.
    """
    return register_homes(current_rows(register_rows))


def register_homes(rows: ir.Table) -> ir.Table:
    """The same of rows that are current already, one per person."""
    status = rows.life_status.fill_null("normal")
    is_family = rows.household_kind.fill_null("family") == "family"
    book = ibis.ifelse(
        is_family & (status != "moved_out"), rows.household_hash, ibis.null("string")
    )
    shared = book.notnull() & (status != "cancelled")
    return rows.select(
        "person",
        household_key=ibis.ifelse(shared, book, rows.person),
        how=ibis.cases((status == "dead", "died"), (shared, "register"), else_="alone"),
        since=ibis.ifelse(status != "death_pending", rows.status_on, ibis.null("date")),
        book=book,
    )


def current_rows(register_rows: ir.Table) -> ir.Table:
    """The row of the register that holds for each person now.

    A row that still stands comes before one that was left, a registration before a stay, the
    newest status before older ones; then the newest delivery.
    """
    ranked = register_rows.mutate(
        has_left=_.life_status.isin(_LEFT).fill_null(False).cast("int8"),
        rank=_.person_type.cases(*_RANK_OF_TYPE, else_=2),
        day=_.status_on.fill_null(ibis.date(1, 1, 1)),
    )
    order = [
        ranked.has_left,
        ranked["rank"],
        ranked.day.desc(),
        ranked.arrival.desc(),
        ranked.row.desc(),
        ranked.record_key,
    ]
    place = ibis.row_number().over(group_by=ranked.person, order_by=order)
    newest = ranked.mutate(place=place).filter(_.place == 0)
    return newest.drop("has_left", "rank", "day", "place")
