"""What people decided and what others rely on. With the archived extracts it is the whole truth.

Every change is one numbered entry; a night reads entries up to its position and no further, and
writes all it decided in one transaction. Nothing here is ever updated or deleted.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from flows import files

SCHEMA_VERSION = 1

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
  entry INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL, night TEXT, who TEXT, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS outcome (
  entry INTEGER NOT NULL REFERENCES entry, night TEXT NOT NULL, number INTEGER NOT NULL,
  source TEXT NOT NULL, delivery TEXT NOT NULL, file_name TEXT NOT NULL,
  verdict TEXT NOT NULL, judgement TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS delivery (
  arrival INTEGER PRIMARY KEY, entry INTEGER NOT NULL REFERENCES entry,
  delivery TEXT NOT NULL UNIQUE, source TEXT NOT NULL, file_name TEXT NOT NULL,
  night TEXT NOT NULL, as_of TEXT, rows INTEGER NOT NULL, ended_with_newline INTEGER,
  archived TEXT NOT NULL, released INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS person (
  number INTEGER PRIMARY KEY, person_id TEXT NOT NULL UNIQUE, founder TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry
);
CREATE TABLE IF NOT EXISTS person_key (
  person_key TEXT PRIMARY KEY, person_id TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry
);
CREATE TABLE IF NOT EXISTS merge (
  entry INTEGER NOT NULL REFERENCES entry, person_id TEXT NOT NULL, into_person_id TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS household (
  number INTEGER PRIMARY KEY, household_id TEXT NOT NULL UNIQUE,
  household_key TEXT NOT NULL UNIQUE, entry INTEGER NOT NULL REFERENCES entry
);
CREATE TABLE IF NOT EXISTS seen (
  person_id TEXT NOT NULL, signal TEXT NOT NULL, first_found TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry
);
CREATE TABLE IF NOT EXISTS work_order (
  order_no TEXT PRIMARY KEY, entry INTEGER NOT NULL REFERENCES entry, issued_on TEXT NOT NULL,
  household_id TEXT NOT NULL, township_code TEXT, severity INTEGER NOT NULL,
  signals TEXT NOT NULL, members TEXT NOT NULL, printed TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS night (
  entry INTEGER PRIMARY KEY REFERENCES entry, night TEXT NOT NULL, number INTEGER NOT NULL,
  question TEXT NOT NULL, state TEXT NOT NULL, manifest TEXT NOT NULL, body TEXT NOT NULL,
  UNIQUE (night, number)
);
"""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """An accepted delivery; `arrival` is its place in the order of all accepted deliveries."""

    arrival: int
    delivery: str
    source: str
    file_name: str
    night: date
    as_of: date | None
    rows: int
    ended_with_newline: bool | None
    archived: str
    released: bool = False


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one file that a night took up."""

    source: str
    delivery: str
    file_name: str
    verdict: str
    judgement: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class WorkOrder:
    """An issued order as others rely on it: who, where, and what was printed."""

    order_no: str
    issued_on: date
    household_id: str
    township_code: str | None
    severity: int
    signals: Sequence[str]
    members: Sequence[str]
    printed: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class NightEnd:
    """All that one night adds to the ledger, in one transaction."""

    night: date
    number: int
    question: str
    state: str
    manifest: str
    body: Mapping[str, Any]
    persons: pl.DataFrame
    person_keys: pl.DataFrame
    merges: pl.DataFrame
    households: pl.DataFrame
    seen: pl.DataFrame
    orders: Sequence[WorkOrder] = field(default_factory=tuple)


class Ledger:
    """The ledger of one HOME."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as connection:
            connection.executescript(_SCHEMA)
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            if found == 0:
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def position(self) -> int:
        """The number of the last entry."""
        return int(self._value("SELECT coalesce(max(entry), 0) FROM entry"))

    def human_position(self) -> int:
        """The number of the last entry that a person made."""
        return int(self._value("SELECT coalesce(max(entry), 0) FROM entry WHERE who IS NOT NULL"))

    def deliveries(self) -> list[Delivery]:
        """Accepted deliveries in the order of their arrival."""
        return [
            Delivery(
                arrival=row["arrival"],
                delivery=row["delivery"],
                source=row["source"],
                file_name=row["file_name"],
                night=date.fromisoformat(row["night"]),
                as_of=date.fromisoformat(row["as_of"]) if row["as_of"] else None,
                rows=row["rows"],
                ended_with_newline=_optional_bool(row["ended_with_newline"]),
                archived=row["archived"],
                released=bool(row["released"]),
            )
            for row in self._rows("SELECT * FROM delivery ORDER BY arrival")
        ]

    def outcomes(self, night: date, number: int) -> list[Outcome]:
        """What became of the files that a night has taken up so far."""
        return self._outcomes("night = ? AND number = ?", (night.isoformat(), number))

    def repeats(self, position: int) -> list[Outcome]:
        """Files that were sent again unchanged, as known at a position."""
        return self._outcomes("verdict = 'repeated' AND entry <= ?", (position,))

    def _outcomes(self, condition: str, values: Sequence[Any]) -> list[Outcome]:
        rows = self._rows(f"SELECT * FROM outcome WHERE {condition} ORDER BY entry", values)
        return [
            Outcome(
                source=row["source"],
                delivery=row["delivery"],
                file_name=row["file_name"],
                verdict=row["verdict"],
                judgement=json.loads(row["judgement"]),
            )
            for row in rows
        ]

    def record_outcome(
        self, night: date, number: int, outcome: Outcome, accepted: Delivery | None
    ) -> None:
        """Note what became of a file; 'accepted' and its place in the order commit together."""
        with self._transaction("received", night, None, asdict(outcome)) as (connection, entry):
            connection.execute(
                "INSERT INTO outcome VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    entry,
                    night.isoformat(),
                    number,
                    outcome.source,
                    outcome.delivery,
                    outcome.file_name,
                    outcome.verdict,
                    _json(outcome.judgement),
                ),
            )
            if accepted:
                connection.execute(
                    "INSERT INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        accepted.arrival,
                        entry,
                        accepted.delivery,
                        accepted.source,
                        accepted.file_name,
                        accepted.night.isoformat(),
                        accepted.as_of.isoformat() if accepted.as_of else None,
                        accepted.rows,
                        accepted.ended_with_newline,
                        accepted.archived,
                        accepted.released,
                    ),
                )

    def release(self, delivery: str, reason: str, who: str) -> None:
        """A person lets a held delivery in."""
        with self._transaction("released", None, who, {"delivery": delivery, "reason": reason}):
            pass

    def released(self) -> dict[str, str]:
        """Deliveries that a person let in, with the reason given."""
        rows = self._rows("SELECT body FROM entry WHERE kind = 'released' ORDER BY entry")
        return {body["delivery"]: body["reason"] for body in (json.loads(row[0]) for row in rows)}

    def nights(self) -> list[dict[str, Any]]:
        """Every night that ended, in the order in which they ended."""
        return [
            {**dict(row), "body": json.loads(row["body"])}
            for row in self._rows("SELECT * FROM night ORDER BY entry")
        ]

    def ended(self, night: date, number: int) -> dict[str, Any] | None:
        """How a night ended, if it did."""
        asked = (night.isoformat(), number)
        found = [row for row in self.nights() if (row["night"], row["number"]) == asked]
        return found[0] if found else None

    def person_keys(self, position: int) -> pl.DataFrame:
        """person_key -> person_id, every key that had been given one at a position."""
        query = "SELECT person_key, person_id FROM person_key WHERE entry <= ?"
        return self._frame(query, _PERSON_KEYS, (position,))

    def resolve(self, person_id: str) -> str:
        """The id that a person bears now: an id that was merged away keeps resolving."""
        into = dict(
            tuple(row)
            for row in self._rows("SELECT person_id, into_person_id FROM merge ORDER BY entry")
        )
        seen = {person_id}
        while person_id in into and into[person_id] not in seen:
            person_id = into[person_id]
            seen.add(person_id)
        return person_id

    def household_keys(self, position: int) -> pl.DataFrame:
        """household_key -> household_id as given at a position."""
        query = "SELECT household_key, household_id FROM household WHERE entry <= ?"
        return self._frame(query, _HOUSEHOLD_KEYS, (position,))

    def seen(self, position: int) -> pl.DataFrame:
        """person_id, signal, first_found as known at a position."""
        return self._frame(
            "SELECT person_id, signal, min(first_found) AS first_found FROM seen "
            "WHERE entry <= ? GROUP BY person_id, signal",
            {"person_id": pl.String, "signal": pl.String, "first_found": pl.String},
            (position,),
        ).with_columns(pl.col("first_found").str.to_date())

    def orders(self, position: int) -> list[WorkOrder]:
        """Orders issued up to a position, in the order of issue."""
        rows = self._rows(
            "SELECT * FROM work_order WHERE entry <= ? ORDER BY entry, order_no", (position,)
        )
        return [
            WorkOrder(
                order_no=row["order_no"],
                issued_on=date.fromisoformat(row["issued_on"]),
                household_id=row["household_id"],
                township_code=row["township_code"],
                severity=row["severity"],
                signals=json.loads(row["signals"]),
                members=json.loads(row["members"]),
                printed=json.loads(row["printed"]),
            )
            for row in rows
        ]

    def next_numbers(self) -> tuple[int, int]:
        """The next free person and household numbers."""
        return (
            int(self._value("SELECT coalesce(max(number), 0) + 1 FROM person")),
            int(self._value("SELECT coalesce(max(number), 0) + 1 FROM household")),
        )

    def end_night(self, end: NightEnd) -> None:
        """Everything a night decided, at once: ids, what it saw, orders, and that it ended."""
        body = {"number": end.number, "state": end.state}
        with self._transaction("night", end.night, None, body) as (connection, entry):
            _insert(connection, "person", _with_entry(end.persons, entry, _PERSON_ORDER))
            _insert(connection, "person_key", _with_entry(end.person_keys, entry, _KEY_ORDER))
            _insert(connection, "merge", ((entry, *row) for row in end.merges.iter_rows()))
            _insert(connection, "household", _with_entry(end.households, entry, _HOUSEHOLD_ORDER))
            _insert(connection, "seen", _with_entry(end.seen, entry, _SEEN_ORDER))
            _insert(connection, "work_order", (_order_row(order, entry) for order in end.orders))
            connection.execute(
                "INSERT INTO night VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    entry,
                    end.night.isoformat(),
                    end.number,
                    end.question,
                    end.state,
                    end.manifest,
                    _json(end.body),
                ),
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with files.ledger_database(self.path) as connection:
            yield connection

    @contextmanager
    def _transaction(
        self, kind: str, night: date | None, who: str | None, body: Mapping[str, Any]
    ) -> Iterator[tuple[sqlite3.Connection, int]]:
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                cursor = connection.execute(
                    "INSERT INTO entry (kind, night, who, body) VALUES (?, ?, ?, ?)",
                    (kind, night.isoformat() if night else None, who, _json(body)),
                )
                yield connection, int(cursor.lastrowid or 0)
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        with self._open() as connection:
            return connection.execute(query, values).fetchall()

    def _value(self, query: str) -> Any:
        return self._rows(query)[0][0]

    def _frame(
        self, query: str, schema: Mapping[str, Any], values: Sequence[Any] = ()
    ) -> pl.DataFrame:
        rows = [tuple(row) for row in self._rows(query, values)]
        return pl.DataFrame(rows, schema=dict(schema), orient="row")


_PERSON_KEYS = {"person_key": pl.String, "person_id": pl.String}
_HOUSEHOLD_KEYS = {"household_key": pl.String, "household_id": pl.String}
_PERSON_ORDER = ("number", "person_id", "founder")
_KEY_ORDER = ("person_key", "person_id")
_HOUSEHOLD_ORDER = ("number", "household_id", "household_key")
_SEEN_ORDER = ("person_id", "signal", "first_found")


def _with_entry(frame: pl.DataFrame, entry: int, order: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    return ((*row, entry) for row in frame.select(order).iter_rows())


def _order_row(order: WorkOrder, entry: int) -> tuple[Any, ...]:
    return (
        order.order_no,
        entry,
        order.issued_on.isoformat(),
        order.household_id,
        order.township_code,
        order.severity,
        _json(order.signals),
        _json(order.members),
        _json(order.printed),
    )


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    batch = list(rows)
    if batch:
        marks = ", ".join("?" * len(batch[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", batch)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _optional_bool(value: Any) -> bool | None:
    return None if value is None else bool(value)
