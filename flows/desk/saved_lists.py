"""Lists that officers keep by name: a filter, its owner, and whether colleagues see it."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path

from flows import files
from flows.errors import UsageError
from flows.lock import only_one

_LONGEST_NAME, _MOST = 40, 100
_PATIENCE = 15.0
"""Seconds that a change waits for another."""


@dataclass(frozen=True, kw_only=True)
class SavedList:
    """`query` is the address of the list without its page."""

    name: str
    owner: str
    query: str
    is_shared: bool


def lists_for(path: Path, who: str) -> list[SavedList]:
    """One's own lists and those that others share, by name."""
    mine = [one for one in _all(path) if one.owner == who or one.is_shared]
    return sorted(mine, key=lambda one: (one.name, one.owner))


def save_list(path: Path, one: SavedList) -> None:
    """Keep a list; a list of the same name and owner is replaced."""
    if not 0 < len(one.name) <= _LONGEST_NAME:
        raise UsageError(f"名单的名称请写 1 到 {_LONGEST_NAME} 个字。")
    with _change(path):
        others = _without(path, one.name, one.owner)
        if sum(kept.owner == one.owner for kept in others) >= _MOST:
            raise UsageError(f"每人最多存 {_MOST} 份名单,请先删去不用的。")
        _write(path, [*others, one])


def drop_list(path: Path, name: str, owner: str) -> None:
    """Forget one's own list."""
    with _change(path):
        _write(path, _without(path, name, owner))


def _change(path: Path) -> AbstractContextManager[None]:
    """From reading the lists to writing them nobody else changes them."""
    return only_one(path.with_suffix(".lock"), "名单的保存", _PATIENCE)


def _without(path: Path, name: str, owner: str) -> list[SavedList]:
    return [kept for kept in _all(path) if (kept.name, kept.owner) != (name, owner)]


def _all(path: Path) -> list[SavedList]:
    return [SavedList(**row) for row in json.loads(files.read_text(path))] if path.exists() else []


def _write(path: Path, lists: list[SavedList]) -> None:
    rows = sorted((asdict(one) for one in lists), key=lambda row: (row["owner"], row["name"]))
    files.write(path, json.dumps(rows, ensure_ascii=False, indent=1))
