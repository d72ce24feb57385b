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
"""What `kin` looks at in somebody of the candidate's household."""
_KEYS = tuple(dict.fromkeys(key.known for key in (*STRONG, *WEAK, *LAST, *PARENTS)))


def changed_marks(before: ir.Table, after: ir.Table) -> ir.Table:
    """(entity, mark) of every value and key that people had before and not after, or the reverse."""
    had, has = (_marks(rows) for rows in (before, after))
    return had.difference(has).union(has.difference(had))


def of_kin(marks: ir.Table) -> ir.Table:
    """The marks that a search for somebody of the same household looks at, too."""
    looked_at = [marks.mark.startswith(_name(way) + BETWEEN) for way in _OF_KIN]
    return marks.filter(ibis.or_(*looked_at))


def sharing(seeking: ir.Table, marks: ir.Table, keys: Sequence[Key]) -> ir.Table:
    """Rid of the seekers one of whose keys is among the marks."""
    usable = [key for key in keys if {*key.seeker} <= {*seeking.columns}]
    sought = marked(seeking, "rid", [(_name(key.known), key.seeker) for key in usable])
    return sought.semi_join(marks, "mark").select("rid")


def _marks(people: ir.Table) -> ir.Table:
    values = [(name,) for name in people.columns if name != "entity"]
    keys = [key for key in _KEYS if len(key) > 1 and {*key} <= {*people.columns}]
    return marked(people, "entity", [(_name(way), way) for way in (*values, *keys)])


def _name(way: Sequence[str]) -> str:
    return "+".join(way)
