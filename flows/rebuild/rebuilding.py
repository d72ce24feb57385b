"""Make working database, links and snapshot anew beside those in use, and only then change over.

What cannot be made again is the truth: the archive, the ledger, the nights' lists, the trained models
and the secrets. A rebuild that is killed has changed nothing but links that were missing; the next
one starts over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flows import files, inputs, reference
from flows.engine import Engine, engine
from flows.erasure.erased import erased_after, erased_files
from flows.errors import DoorstepError, UsageError
from flows.home import Home
from flows.inputs import Inputs
from flows.intake import catch_up
from flows.keys import finish_rotation, settle_hashes
from flows.ledger import Ledger
from flows.links_before import LINKS_FILE, note_links
from flows.night import found, recollected
from flows.outbox import finish_publishing, prepare, put_snapshot
from flows.rebuild.contents import Contents, contents, differing
from flows.rebuild.published import unlike_manifest
from flows.rebuild.workshop import Workshop
from flows.retention.retired import is_out_of_reach
from flows.steps import Step


@dataclass(frozen=True, kw_only=True)
class Rebuilt:
    """What was made, and where it is not what stood there before.

    tables: of both databases. before: whether there was anything to compare with. links: how many
    nights' links were missing. published: files of the last night's outbox that are not as the
    ledger says; `same_results` tells whether the night itself came out as it was published.
    """

    tables: Contents
    before: bool
    differing: Sequence[str]
    links: int
    published: Sequence[str]
    same_results: bool
    erased_since: bool

    @property
    def equal(self) -> bool:
        """Whether everything came out as it had been."""
        same = self.same_results or self.erased_since
        return not self.differing and not self.published and same


def rebuild(home: Home, step: Step) -> Rebuilt:
    """Rebuild a home; the caller holds the night's lock."""
    ledger = Ledger(home.ledger)
    finish_rotation(home, ledger)
    finish_publishing(home, ledger)
    last = _last_published(ledger)
    _refuse_without_lists(home, ledger)
    before = {**_known_of(home.work), **_known_of(home.snapshot)}
    workshop = Workshop(home.root)
    files.clear_folder(workshop.bench)
    with engine(workshop) as working:
        settle_hashes(working, workshop)
        divisions = reference.divisions(home.config.site.county)
        step("重新装载归档", lambda: catch_up(home, working, ledger, divisions))
        links = step("重建归属", lambda: _relink(home, ledger, working))
        manifest = step("重算最近一夜", lambda: _last_night(home, ledger, last, working, step))
    _change_over(home, workshop, ledger, last)
    made = {**_known_of(home.work), **_known_of(home.snapshot)}
    return Rebuilt(
        tables=made,
        before=bool(before),
        differing=differing(before, made) if before else (),
        links=links,
        published=unlike_manifest(home, _list_of(home, last).label, erased_files(ledger)),
        same_results=manifest == last["manifest"],
        erased_since=erased_after(ledger, last["entry"]),
    )


def _last_published(ledger: Ledger) -> dict[str, Any]:
    """The night whose snapshot everybody reads: the last that ended for the newest date."""
    nights = ledger.nights()
    if not nights:
        raise UsageError("台账中还没有完成的夜次,没有可以重建的。请先运行 doorstep nightly。")
    newest = max(row["night"] for row in nights)
    return next(row for row in reversed(nights) if row["night"] == newest)


def _refuse_without_lists(home: Home, ledger: Ledger) -> None:
    """Nothing is begun where the list of a night, which cannot be made again, is missing."""
    for row in ledger.nights():
        _list_of(home, row)


def _list_of(home: Home, row: dict[str, Any]) -> Inputs:
    night = date.fromisoformat(row["night"])
    asked = inputs.stored_list(home, night, row["number"])
    if asked is None:
        raise DoorstepError(
            f"缺少 {row['night']} 夜的清单(state/nights),无法重建。请先从备份恢复它。"
        )
    return asked


def _known_of(path: Path) -> dict[str, tuple[int, str]]:
    """The tables of a database that stands there and can be read; a broken one has none."""
    import duckdb

    if not path.exists():
        return {}
    try:
        found = contents(path)
    except (DoorstepError, duckdb.Error):
        return {}
    return {f"{path.stem}.{name}": content for name, content in found.items()}


def _relink(home: Home, ledger: Ledger, working: Engine) -> int:
    """Recollect, in their order, the nights that left no links; the others' stay as they were."""
    missing = 0
    for row in ledger.nights():
        asked = _list_of(home, row)
        path = inputs.folder_of(home, asked.night, asked.number) / LINKS_FILE
        if path.exists() or is_out_of_reach(ledger, asked.known_arrivals):
            continue
        recollected(home, ledger, asked, working, _silently)
        note_links(working, home, asked)
        missing += 1
    return missing


def _silently(_name: str, work: Any) -> Any:
    return work()


def _last_night(
    home: Home, ledger: Ledger, last: dict[str, Any], working: Engine, step: Step
) -> str:
    """The last night once more, with its lists and its snapshot made aside; gives its manifest."""
    tonight = recollected(home, ledger, _list_of(home, last), working, step)
    found(tonight, step)
    return prepare(tonight).manifest


def _change_over(home: Home, workshop: Workshop, ledger: Ledger, last: dict[str, Any]) -> None:
    """The log of the old database goes first: beside the new one it would be replayed into it."""
    files.remove(home.work.with_name(home.work.name + ".wal"))
    files.move(workshop.work, home.work)
    put_snapshot(home, date.fromisoformat(last["night"]), last["number"])
    finish_publishing(home, ledger)
    files.discard(workshop.bench)
