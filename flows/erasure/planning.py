"""Find all that an erasure has to touch. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data_contracts.terms import Source
from flows import files
from flows.engine import Engine
from flows.erasure.lists import list_files, plain_hash, without
from flows.erasure.marks import record_mark
from flows.erasure.plan import Change, Plan
from flows.erasure.spotting import Marks, Spot, is_a_table, spotted
from flows.erasure.stripping import stripped
from flows.erasure.subject import Subject
from flows.home import Home
from flows.inputs import NOTE_SUFFIX
from flows.ledger import Ledger
from flows.receive.opening import opened
from flows.retention.retired import retired


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who is to be erased, why, on whose word, and when (the text of a clock)."""

    subject: Subject
    reason: str
    who: str
    at: str


def planned(home: Home, ledger: Ledger, working: Engine, asked: Asked) -> Plan:
    """The whole of an erasure."""
    subject, secret = asked.subject, home.secret
    every = Marks(
        people=subject.marks(secret),
        records=frozenset(record_mark(key, secret) for key in subject.keys),
    )
    spots = dict(_spots(home, ledger, working, every))
    changes = [
        *(_delivered(home, path, source, found) for (path, source), found in spots.items()),
        *_lists(home, ledger, subject),
    ]
    return Plan(
        person_id=subject.person_id,
        ids=sorted(subject.ids),
        keys=sorted(subject.keys),
        lists=subject.lists,
        traces=subject.traces,
        reason=asked.reason,
        who=asked.who,
        at=asked.at,
        marks=sorted(every.people),
        records=subject.unmarked(secret),
        numbers=_numbers(ledger, spots),
        changes=tuple(changes),
        mentions=_mentions(working, subject),
    )


_Spots = Mapping[tuple[str, str], Sequence[Spot]]


def _spots(
    home: Home, ledger: Ledger, working: Engine, wanted: Marks
) -> Iterator[tuple[tuple[str, str], list[Spot]]]:
    """Path and source of every delivered file that has rows of theirs, with those rows."""
    nights = {one.archived: one.night for one in ledger.deliveries()}
    newest = max((row["night"] for row in ledger.nights()), default="2000-01-01")
    for path, source in _delivered_files(home, ledger):
        on = nights.get(path, date.fromisoformat(newest))
        data = files.read(home.root / path)
        if not is_a_table(data, source):
            continue
        found = spotted(
            working.duckdb, source, opened(data, source), wanted, on=on, secret=home.secret
        )
        if found:
            yield (path, source.name), found


def _delivered_files(home: Home, ledger: Ledger) -> Iterator[tuple[str, Source]]:
    """Archived deliveries, and copies that were held, refused, or are to be mailed back."""
    sources, gone = home.config.sources, retired(ledger)
    for one in ledger.deliveries():
        if one.delivery not in gone:
            yield one.archived, sources[one.source]
    for room in (home.held, home.refused, home.quarantine):
        for name, source in sources.items():
            for path in files.listing(room / name):
                if not path.name.endswith(NOTE_SUFFIX):
                    yield str(path.relative_to(home.root)), source


def _delivered(home: Home, path: str, source: str, spots: Sequence[Spot]) -> Change:
    data = files.read(home.root / path)
    table = opened(data, home.config.sources[source])
    return Change(
        path=path,
        source=source,
        old=files.sha256(data),
        new=files.sha256(stripped(data, table, spots)),
        rows=len(spots),
        lines=[spot.line for spot in spots],
    )


def _lists(home: Home, ledger: Ledger, subject: Subject) -> Iterator[Change]:
    """Lists with their orders or reviews of them, and files that were refused as no table at all."""
    unread = (
        home.root / path
        for path, source in _delivered_files(home, ledger)
        if not is_a_table(files.read(home.root / path), source)
    )
    for path in (*list_files(home), *unread):
        data = files.read(path)
        new, rows = without(home, data, subject.lists)
        if rows:
            yield Change(
                path=str(path.relative_to(home.root)),
                source="",
                old=files.sha256(data),
                new="" if new is None else plain_hash(home, new),
                rows=rows,
            )


def _numbers(ledger: Ledger, spots: _Spots) -> dict[str, list[int]]:
    """The rows of each delivery by the numbers they came with, earlier erasures counted in."""
    named = {one.archived: one.delivery for one in ledger.deliveries()}
    return {
        named[path]: [spot.row for spot in found]
        for (path, _), found in sorted(spots.items())
        if path in named
    }


def _mentions(working: Engine, subject: Subject) -> int:
    phones = sorted({said.phone for _, _, said in subject.records if said.phone})
    (row,) = working.rows(
        "SELECT count(DISTINCT record_key) AS records FROM identities "
        "WHERE list_contains(?, contact_phone_key) AND NOT list_contains(?, record_key)",
        [phones, sorted(subject.keys)],
    )
    return int(row["records"])
