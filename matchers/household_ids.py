"""Which household of last night each household is: its key first, then its members.

The number of the register finds a household again. Where the number is new, the household that last
held these people lives on in the part with its head, else in the part with most of them; where two
became one, the older id stays. Everything rests on whole sets of members, never on row order.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

MEMBERS = {"person_id": "string", "household_key": "string", "is_head": "boolean"}
"""Tonight's living members; person_id is null where a household is left of the dead only."""
LAST = {"person_id": "string", "household_id": "string", "is_head": "boolean"}
"""Members as the ledger last knew them, under the ids that people bear now."""
KEYS = {"household_key": "string", "household_id": "string"}
"""Every key that was ever given an id, with the id that it was given last."""


def found_again(members: ir.Table, last: ir.Table, keys: ir.Table) -> ir.Table:
    """(household_key, household_id) of tonight's households that existed before; no id twice.

    A number under which only the dead are left gives its id to the living who went on elsewhere.
    """
    living = members.filter(_.person_id.notnull()).select("household_key").distinct()
    parts = _parts(members, last)
    by_key = _first_of_each_id(living.join(keys, "household_key"), parts)
    open_ = parts.anti_join(by_key, "household_key").anti_join(by_key, "household_id")
    heirs = _heirs(open_.filter(_.was_head | (_.people * 2 >= _.present)))
    oldest = heirs.group_by("household_key").agg(household_id=_.household_id.min())
    found = by_key.select("household_key", "household_id").union(oldest)
    left = members.select("household_key").distinct().anti_join(living, "household_key")
    of_the_dead = left.join(keys, "household_key").anti_join(found, "household_id")
    once = of_the_dead.group_by("household_id").agg(household_key=_.household_key.min())
    return found.union(once.select("household_key", "household_id"))


def _first_of_each_id(named: ir.Table, parts: ir.Table) -> ir.Table:
    """Where two numbers once led to one household, the part with its head or most of it has it."""
    known = named.left_join(parts, ["household_key", "household_id"])
    full = known.select(
        "household_key",
        "household_id",
        was_head=known.was_head.fill_null(False),
        people=known.people.fill_null(0),
    )
    return _heirs(full)


def _parts(members: ir.Table, last: ir.Table) -> ir.Table:
    """(household_id, household_key) with people who were in that id and are under that key now.

    was_head: its head is among them. present: how many of the id are known tonight at all.
    """
    kept = last.select("person_id", "household_id", was_head=_.is_head).join(
        members.select("person_id", "household_key"), "person_id"
    )
    parts = kept.group_by("household_id", "household_key").agg(
        was_head=_.was_head.max().fill_null(False), people=_.count()
    )
    return parts.mutate(present=parts.people.sum().over(ibis.window(group_by=parts.household_id)))


def _heirs(parts: ir.Table) -> ir.Table:
    """(household_id, household_key): the one part in which each household lives on."""
    order = [parts.was_head.cast("int8").desc(), parts.people.desc(), parts.household_key]
    window = ibis.window(group_by=parts.household_id, order_by=order)
    placed = parts.mutate(place=ibis.row_number().over(window))
    return placed.filter(_.place == 0).select("household_id", "household_key")


def changes(members: ir.Table, last: ir.Table, ids: ir.Table) -> ir.Table:
    """(household_id, into_household_id, kind): what became of ids, for the ledger.

    `ids` is (household_key, household_id) of all tonight's households, new ones included.
    merge: the id lives on in another. split: some of its members are now under a new id while it
    goes on. ended: nobody of it is known any more.
    """
    alive = ids.select("household_id").distinct()
    before = last.select("household_id").distinct()
    gone = before.anti_join(alive, "household_id")
    heirs = _heirs(_parts(members, last.semi_join(gone, "household_id")))
    merged = heirs.join(ids, "household_key", rname="into_{name}").select(
        "household_id", "into_household_id", kind=ibis.literal("merge")
    )
    nothing = ibis.null("string")
    ended = gone.anti_join(merged, "household_id").select(
        "household_id", into_household_id=nothing, kind=ibis.literal("ended")
    )
    return ibis.union(merged, ended, _splits(members, last, ids, before))


def _splits(members: ir.Table, last: ir.Table, ids: ir.Table, before: ir.Table) -> ir.Table:
    """Ids that went on and gave members to a household that was not there before."""
    alive = last.semi_join(ids, "household_id")
    came = alive.select("person_id", "household_id").join(members, "person_id")
    under = came.join(ids, "household_key", rname="into_{name}")
    fresh = under.filter(_.household_id != _.into_household_id).anti_join(
        before.select(into_household_id=_.household_id), "into_household_id"
    )
    pairs = fresh.select("household_id", "into_household_id").distinct()
    return pairs.mutate(kind=ibis.literal("split"))


def revived(ids: ir.Table, closed: ir.Table) -> ir.Table:
    """Ids that the ledger holds for merged or ended and that have members again."""
    again = ids.select("household_id").distinct().semi_join(closed, "household_id")
    return again.select(
        "household_id", into_household_id=ibis.null("string"), kind=ibis.literal("revived")
    )
