"""What an answer would change, in words a reviewer reads before deciding. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.review.doubts import consequence


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """To whom a record belongs in the published night, and of how many people that household is."""

    person_id: str
    household_id: str | None
    people: int


def effects(one: Belonging | None, other: Belonging | None, changes: Sequence[str]) -> list[str]:
    """What changes if two records are one person, or where they are one now, if they are not."""
    if one is None or other is None:
        return [line for line in (consequence(changes),) if line]
    if one.person_id == other.person_id:
        return _parting(changes)
    return [_joining(one, other), *filter(None, (consequence(changes),))]


def _joining(one: Belonging, other: Belonging) -> str:
    if one.household_id == other.household_id:
        return "若是同一人,同一户的两个人并为一人,户内少一人"
    if min(one.people, other.people) <= 1:
        return "若是同一人,两个人并为一人,其中一户只有此人,随之取消"
    return "若是同一人,两个人并为一人,其中一户少一人"


def _parting(changes: Sequence[str]) -> list[str]:
    """The records are together now: the answer that changes something is 'no'."""
    lines = ["现在归在同一人;若不是,会把这条记录分出去,另立一人,家庭可能随之拆分"]
    return [*lines, *filter(None, (consequence(changes, together=True),))]
