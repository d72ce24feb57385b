"""Who may do what at the desk. Whatever is not named here is refused.

`_WHO` says whose work something is; `_SHOWS` what it lets its reader see, which must be within what
the table of roles (flows/access/roles.py) lets that role see at all.
"""

from __future__ import annotations

from enum import StrEnum

from flows.access.roles import SEES, Role, Sight


class Need(StrEnum):
    """Something that a page asks its reader to be allowed."""

    NOBODY = "nobody"
    """A page for people who have not logged in yet."""

    SELF = "self"
    """A page about one's own account: anybody who has logged in."""

    MORNING = "morning"
    RELEASE = "release"
    LIST = "list"
    HOUSEHOLD = "household"
    UNMASK = "unmask"
    SEARCH = "search"
    DECIDE = "decide"
    EXPORT = "export"
    REVIEW = "review"
    RETURNS = "returns"
    YIELD = "yield"
    PLAN = "plan"
    ADOPT = "adopt"
    MEETING = "meeting"
    AUDIT = "audit"
    NOTEBOOKS = "notebooks"


_WHO: dict[Need, frozenset[Role]] = {
    Need.MORNING: frozenset(set(Role) - {Role.TOWNSHIP}),
    Need.RELEASE: frozenset({Role.OFFICER}),
    Need.LIST: frozenset({Role.OFFICER}),
    Need.HOUSEHOLD: frozenset({Role.OFFICER}),
    Need.UNMASK: frozenset({Role.OFFICER}),
    Need.SEARCH: frozenset({Role.OFFICER}),
    Need.DECIDE: frozenset({Role.OFFICER}),
    Need.EXPORT: frozenset({Role.OFFICER}),
    Need.REVIEW: frozenset({Role.OFFICER, Role.REVIEWER}),
    Need.RETURNS: frozenset({Role.OFFICER, Role.TOWNSHIP}),
    Need.YIELD: frozenset({Role.OFFICER, Role.AUDITOR}),
    Need.PLAN: frozenset({Role.OFFICER}),
    Need.ADOPT: frozenset({Role.OFFICER}),
    Need.MEETING: frozenset({Role.OFFICER}),
    Need.AUDIT: frozenset({Role.AUDITOR}),
    Need.NOTEBOOKS: frozenset({Role.OFFICER}),
}

_LIST = frozenset(
    {
        *(Sight.PLAIN, Sight.KEY, Sight.PLACE, Sight.MASKED, Sight.SIGNAL, Sight.SENSITIVE),
        *(Sight.AMOUNT, Sight.NOTE),
    }
)
_HOUSEHOLD = _LIST | {Sight.PERSONAL, Sight.DIAGNOSIS, Sight.POLICE, Sight.SCORE}
_SHOWS: dict[Need, frozenset[Sight]] = {
    Need.MORNING: frozenset({Sight.PLAIN}),
    Need.RELEASE: frozenset({Sight.PLAIN}),
    Need.LIST: _LIST,
    Need.HOUSEHOLD: _HOUSEHOLD,
    Need.UNMASK: frozenset({Sight.NAME, Sight.ID_NUMBER, Sight.PHONE, Sight.ADDRESS}),
    Need.SEARCH: _LIST,
    Need.DECIDE: _LIST,
    Need.EXPORT: _LIST,
    Need.REVIEW: frozenset(
        {
            *(Sight.KEY, Sight.MASKED, Sight.NAME, Sight.ADDRESS),
            *(Sight.PERSONAL, Sight.SCORE, Sight.SIGNAL),
        }
    ),
    Need.RETURNS: frozenset({Sight.PLAIN}),  # receipts and counts; the cases beside need DECIDE
    Need.YIELD: frozenset({Sight.PLAIN}),
    Need.PLAN: _LIST,
    Need.ADOPT: frozenset({Sight.PLAIN}),
    Need.MEETING: _HOUSEHOLD,
    Need.AUDIT: frozenset({Sight.PLAIN, Sight.KEY}),
    Need.NOTEBOOKS: _HOUSEHOLD,
}


def is_allowed(role: Role | None, need: Need) -> bool:
    """Whether a role (None: nobody has logged in) may do something."""
    if need is Need.NOBODY:
        return True
    if role is None:
        return False
    if need is Need.SELF:
        return True
    return role in _WHO.get(need, ()) and _SHOWS[need] <= SEES.get(role, frozenset())
