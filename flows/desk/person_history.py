"""One person through time: every merge and split that led to or from an id, with its night."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def changes_of(person: str, changes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The changes that touch a person or anybody they were ever merged with or parted from."""
    every = [dict(row) for row in changes]
    known, before = {person}, 0
    while len(known) > before:
        before = len(known)
        for row in every:
            both = {row["person_id"], row["into_person_id"]}
            known |= both if both & known else set()
    return [row for row in every if row["person_id"] in known]
