"""What is known of people as a search sees it, and what of it is other than the night before.

A search looks at the values that are compared, one by one, and at the keys by which candidates are
found. So a new row that says of somebody what is known already is no change for anybody.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from matchers.candidates import BETWEEN, LAST, PARENTS, STRONG, WEAK, Key, marked

_OF_KIN = (("name_key",), ("name_bag",), ("phone",), ("birth_date",), ("name_bag", "birth_date"))
_KEYS = tuple(dict.fromkeys(key.known for key in (*STRONG, *WEAK, *LAST, *PARENTS)))


def differing(before: ir.Table, after: ir.Table) -> ir.Table:
    """(entity, mark) of every value and key that people offered before and not after, or the reverse."""
    had, has = (_offers(rows) for rows in (before, after))
    return had.difference(has).union(has.difference(had))


def of_kin(offers: ir.Table) -> ir.Table:
    """The offers that a search for somebody of the same household looks at, too (see `kin`)."""
    looked_at = [offers.mark.startswith(_mark_of(way)) for way in _OF_KIN]
    return offers.filter(ibis.or_(*looked_at))


def sharing(seeking: ir.Table, offers: ir.Table, keys: Sequence[Key]) -> ir.Table:
    """Rid of the seekers who share a key with one of the offers."""
    usable = [key for key in keys if {*key.seeker} <= {*seeking.columns}]
    sought = marked(seeking, "rid", [(_name(key.known), key.seeker) for key in usable])
    return sought.semi_join(offers, "mark").select("rid")


def _offers(people: ir.Table) -> ir.Table:
    values = [(name,) for name in people.columns if name not in {"entity", "rid"}]
    keys = [key for key in _KEYS if len(key) > 1 and {*key} <= {*people.columns}]
    return marked(people, "entity", [(_name(way), way) for way in (*values, *keys)])


def _mark_of(way: Sequence[str]) -> str:
    return _name(way) + BETWEEN


def _name(way: Sequence[str]) -> str:
    return "+".join(way)
