"""An anchor: how many entries there were and what the last one's hash began with.

It is short enough to be read out on the telephone, and printed on paper it cannot be rewritten:
whoever replaces or shortens the whole trail, key in hand, cannot make it fit an anchor again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.errors import UsageError

_HEAD = 16
_WRITTEN = re.compile(r"(?P<count>[0-9]{1,12})(?P<head>(?:-[0-9a-f]{4}){4})")


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """count: entries so far. head: the first 16 hex digits of the last one's hash."""

    count: int
    head: str

    def __str__(self) -> str:
        groups = (self.head[place : place + 4] for place in range(0, _HEAD, 4))
        return "-".join((str(self.count), *groups))

    def fits(self, digest: str) -> bool:
        """Whether this is the entry that the anchor was made of."""
        return digest[:_HEAD] == self.head


def anchor_at(count: int, digest: str) -> Anchor:
    """The anchor of a trail that ends with this hash."""
    return Anchor(count=count, head=digest[:_HEAD])


def read_anchor(text: str) -> Anchor:
    """An anchor as somebody typed it off a report."""
    match = _WRITTEN.fullmatch("".join(text.split()).lower())
    if match is None:
        raise UsageError(
            "审计锚点应照晨报页脚抄写,形如 57-3f2a-90bc-11de-4a7f(条数,再加四组四位)。"
        )
    return Anchor(count=int(match["count"]), head=match["head"].replace("-", ""))
