"""Carry a planned erasure out. Every step can be repeated, and the plan says which are done.

The ledger comes first: from then on nothing of the person is taken in again. A night, a rebuild or the
same command, whichever comes next after a kill, goes on.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from flows import files
from flows.audit.entries import Deed
from flows.audit.noting import note
from flows.erasure.lists import plain_hash, without
from flows.erasure.plan import Change, Plan, read_plan
from flows.erasure.spotting import Spot
from flows.erasure.stripping import stripped
from flows.erasure.tombstones import bury, sweep
from flows.errors import DoorstepError
from flows.home import Home
from flows.inputs import folder_of
from flows.ledger import Ledger
from flows.links_before import LINKS_FILE
from flows.receive.opening import opened


def finish_erasing(home: Home) -> Plan | None:
    """Do all of an erasure but rebuilding, again if need be; None if there is none.

    The databases are gone afterwards.
    """
    plan = read_plan(home)
    if plan is None:
        return None
    bury(home, plan)
    for change in plan.changes:
        _change(home, plan, change)
    _links(home, plan)
    sweep(home)
    _forget_databases(home)
    note(home, Deed(what="erased", on=plan.person_id, count=len(plan.changes)))
    return plan


def _change(home: Home, plan: Plan, change: Change) -> None:
    """Write a file anew, or remove it; one that is no longer as it was planned has had its turn."""
    path = home.root / change.path
    data = files.read(path) if path.exists() else b""
    if not path.exists() or files.sha256(data) != change.old:
        if path.exists() and plain_hash(home, data) != change.new:
            raise DoorstepError(f"{change.path} 在删除过程中被别的程序改动。请恢复它后重新运行。")
        return
    new = _new(home, plan, change, data)
    if new is None:
        files.remove(path)
    else:
        files.write(path, new)


def _new(home: Home, plan: Plan, change: Change, data: bytes) -> bytes | None:
    if not change.source:
        return without(home, data, plan.lists)[0]
    table = opened(data, home.config.sources[change.source])
    return stripped(data, table, [Spot(0, line) for line in change.lines])


def _links(home: Home, plan: Plan) -> None:
    for row in Ledger(home.ledger).nights():
        path = folder_of(home, date.fromisoformat(row["night"]), row["number"]) / LINKS_FILE
        if not path.exists():
            continue
        links = files.read_parquet(path)
        kept = links.filter(~pl.col("record_key").is_in(list(plan.keys)))
        if kept.height < links.height:
            files.write_parquet(path, kept)


def _forget_databases(home: Home) -> None:
    """Both are made anew from what is left; what a database deletes stays in its file."""
    for path in (home.work, home.snapshot):
        for name in (path.name, f"{path.name}.wal"):
            files.remove(path.with_name(name))
    for folder in ("spill", "rebuild", "restored", "trials"):
        files.discard(home.state / folder)
