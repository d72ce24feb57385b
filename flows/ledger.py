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
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from flows import files
from flows.errors import DoorstepError
from flows.ledger_schema import bring_up_to_date
from flows.returns.taken import Visit


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
class Returned:
    """A sheet that came back: `content` is its sha256, `counts` what its receipt said."""

    content: str
    file_name: str
    archived: str
    received_on: date
    counts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class NightEnd:
    """All that one night adds to the ledger, in one transaction.

    merges: person_id, into_person_id, kind (merge, split), reason. households: those minted.
    household_changes: household_id, into_household_id, kind, reason. seen: person_id, signal,
    first_found. lapses: those and gone_on, is_over.
    """

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
    household_keys: pl.DataFrame
    household_members: pl.DataFrame
    household_changes: pl.DataFrame
    seen: pl.DataFrame
    lapses: pl.DataFrame
    orders: Sequence[WorkOrder] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class MatchAnswer:
    """Whether two records are one person, as somebody answered; or that an answer is undone.

    `asked` is the entry of the sheet it was answered on; `undoes` the entry of the undone answer.
    """

    record_key: str
    other_record_key: str
    answer: str | None
    question_no: str | None = None
    note: str = ""
    asked: int | None = None
    undoes: int | None = None


@dataclass(frozen=True, kw_only=True)
class ModelAdoption:
    """That a person put a model in force; `sha256` is of its JSON."""

    entry: int
    number: int
    sha256: str
    reason: str
    who: str
    at: str


class Ledger:
    """The ledger of one HOME."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as connection:
            bring_up_to_date(connection)

    def position(self) -> int:
        """The number of the last entry."""
        return int(self._value("SELECT coalesce(max(entry), 0) FROM entry"))

    def human_position(self) -> int:
        """The number of the last entry that a person made."""
        return int(self._value("SELECT coalesce(max(entry), 0) FROM entry WHERE who IS NOT NULL"))

    def deliveries(self) -> list[Delivery]:
        """Accepted deliveries in the order of their arrival."""
        return [_delivery(row) for row in self._rows("SELECT * FROM delivery ORDER BY arrival")]

    def delivery(self, delivery: str) -> Delivery | None:
        """An accepted delivery by its number, if it was accepted."""
        rows = self._rows("SELECT * FROM delivery WHERE delivery = ?", (delivery,))
        return _delivery(rows[0]) if rows else None

    def last_delivery(self, source: str) -> Delivery | None:
        """The last accepted delivery of a source."""
        query = "SELECT * FROM delivery WHERE source = ? ORDER BY arrival DESC LIMIT 1"
        rows = self._rows(query, (source,))
        return _delivery(rows[0]) if rows else None

    def arrivals(self) -> int:
        """How many deliveries were ever accepted."""
        return int(self._value("SELECT coalesce(max(arrival), 0) FROM delivery"))

    def outcomes(self, night: date, number: int) -> list[Outcome]:
        """What became of the files that a night has taken up so far."""
        return self._outcomes("night = ? AND number = ?", (night.isoformat(), number))

    def outcome(self, night: date, number: int, source: str, delivery: str) -> Outcome | None:
        """What became of one file that a night has taken up, if it has."""
        asked = (delivery, night.isoformat(), number, source)
        found = self._outcomes("delivery = ? AND night = ? AND number = ? AND source = ?", asked)
        return found[0] if found else None

    def accepted(self, source: str, most: int) -> list[Outcome]:
        """The last so many accepted files of a source, the oldest first."""
        last = "SELECT entry FROM delivery WHERE source = ? ORDER BY arrival DESC LIMIT ?"
        return self._outcomes(f"entry IN ({last})", (source, most))

    def drifted(self) -> list[tuple[date, Outcome]]:
        """Every file that was not as its source was before, with its night, the oldest first."""
        condition = "json_array_length(judgement, '$.drift') > 0"
        rows = self._rows(f"SELECT night FROM outcome WHERE {condition} ORDER BY entry")
        nights = [date.fromisoformat(row["night"]) for row in rows]
        return list(zip(nights, self._outcomes(condition, ()), strict=True))

    def acceptance(self, delivery: str) -> tuple[date, int, Outcome]:
        """With which night an accepted delivery came, and how it was judged then."""
        rows = self._rows(
            "SELECT night, number FROM outcome WHERE delivery = ? AND verdict = 'accepted' "
            "ORDER BY entry LIMIT 1",
            (delivery,),
        )
        condition = "delivery = ? AND verdict = 'accepted'"
        return (
            date.fromisoformat(rows[0]["night"]),
            rows[0]["number"],
            self._outcomes(condition, (delivery,))[0],
        )

    def last_seen(self) -> dict[str, date]:
        """Of every file that a night ever took up the last night that did."""
        rows = self._rows("SELECT delivery, max(night) AS night FROM outcome GROUP BY delivery")
        return {row["delivery"]: date.fromisoformat(row["night"]) for row in rows}

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
        """person_key -> person_id, the last id that each key led to at a position."""
        return self._last_keys("person_key", _PERSON_KEYS, position)

    def merged_persons(self, position: int) -> dict[str, str]:
        """Of ids that were merged away, the id that the person bears now."""
        rows = self._rows(
            "SELECT person_id, into_person_id FROM merge WHERE kind = 'merge' AND entry <= ? "
            "ORDER BY entry, rowid",
            (position,),
        )
        return followed(dict(tuple(row) for row in rows))

    def resolve(self, person_id: str) -> str:
        """The id that a person bears now: an id that was merged away keeps resolving."""
        return self.merged_persons(self.position()).get(person_id, person_id)

    def person_changes(self, position: int) -> list[dict[str, Any]]:
        """Every merge and split of persons, with its night, in the order in which they happened."""
        rows = self._rows(
            "SELECT merge.entry, entry.night, merge.kind, person_id, into_person_id, reason "
            "FROM merge JOIN entry USING (entry) WHERE merge.entry <= ? "
            "ORDER BY merge.entry, merge.rowid",
            (position,),
        )
        return [dict(row) for row in rows]

    def household_keys(self, position: int) -> pl.DataFrame:
        """household_key -> household_id, the last id that each key led to at a position."""
        return self._last_keys("household_key", _HOUSEHOLD_KEYS, position)

    def _last_keys(self, table: str, columns: Mapping[str, Any], position: int) -> pl.DataFrame:
        listed = ", ".join(columns)
        query = f"SELECT {listed}, since FROM {table} WHERE since <= ?"
        rows = self._frame(query, {**columns, "since": pl.Int64}, (position,))
        return _last(rows, table, "since")

    def household_members(self, position: int) -> pl.DataFrame:
        """person_id, household_id (null: in none), is_head, as last noted at a position."""
        query = (
            "SELECT person_id, household_id, is_head, entry FROM household_member WHERE entry <= ?"
        )
        columns = {**_MEMBERS, "is_head": pl.Int64, "entry": pl.Int64}
        found = _last(self._frame(query, columns, (position,)), "person_id", "entry")
        return found.cast({"is_head": pl.Boolean})

    def former_homes(self, position: int) -> pl.DataFrame:
        """person_id, household_id, since (null: the first that was noted), until; all that have ended."""
        movers = (
            "SELECT person_id FROM household_member WHERE entry <= ? "
            "GROUP BY person_id HAVING count(*) > 1"
        )
        homes = self._homes(movers, position, position)
        return homes.filter(pl.col("until").is_not_null())

    def homes_of(self, persons: Sequence[str], position: int) -> pl.DataFrame:
        """The same of some people, with where they are now (until: null)."""
        return self._homes("SELECT value FROM json_each(?)", _json(list(persons)), position)

    def _homes(self, whose: str, asked: Any, position: int) -> pl.DataFrame:
        homes = self._frame(_HOMES.format(whose=whose), _HOME, (asked, position))
        return homes.with_columns(pl.col("since", "until").str.to_date())

    def household_ends(self, position: int) -> dict[str, str | None]:
        """Ids of households that were merged or have ended, with the id they went into, if any."""
        rows = self._rows(
            "SELECT household_id, into_household_id, kind FROM household_change "
            "WHERE entry <= ? ORDER BY entry, rowid",
            (position,),
        )
        last = {row["household_id"]: row for row in rows}
        return {
            name: row["into_household_id"]
            for name, row in last.items()
            if row["kind"] in ("merge", "ended")
        }

    def merged_households(self, position: int) -> dict[str, str]:
        """Of household ids that were merged away, the id that the household bears now."""
        return followed({old: new for old, new in self.household_ends(position).items() if new})

    def resolve_household(self, household_id: str) -> str:
        """The id that a household bears now."""
        return self.merged_households(self.position()).get(household_id, household_id)

    def rotated(self, fingerprint: str) -> bool:
        """Whether the keys of a secret, known by its fingerprint, were already noted."""
        rows = self._rows("SELECT body FROM entry WHERE kind = 'keys_rotated'")
        return any(json.loads(row["body"])["fingerprint"] == fingerprint for row in rows)

    def rotate_keys(
        self, persons: pl.DataFrame, households: pl.DataFrame, body: Mapping[str, Any]
    ) -> int:
        """Let new keys lead wherever the old ones (old, new) led, since when they did.

        It decides nothing about anybody, so it has no `who` and no night is run again because of
        it; who did it stands in the body.
        """
        with self._transaction("keys_rotated", None, None, body) as (connection, entry):
            for name, keys in (("person", persons), ("household", households)):
                connection.execute("CREATE TEMP TABLE replaced (old TEXT PRIMARY KEY, new TEXT)")
                _insert(connection, "temp.replaced", keys.select("old", "new").iter_rows())
                connection.execute(
                    f"INSERT INTO {name}_key SELECT replaced.new, kept.{name}_id, ?, kept.since "
                    f"FROM {name}_key AS kept JOIN temp.replaced ON kept.{name}_key = replaced.old "
                    "ORDER BY 1, 4",
                    (entry,),
                )
                connection.execute("DROP TABLE temp.replaced")
        return entry

    def seen(self, position: int) -> pl.DataFrame:
        """person_id, signal, first_found, gone_on (null: not gone), is_over, as known at a position.

        One row each time that a finding began: what comes back after it was over begins anew.
        """
        seen = self._frame(
            "SELECT person_id, signal, first_found FROM seen WHERE entry <= ?", _SEEN, (position,)
        ).unique()
        lapses = self._frame(
            f"SELECT {', '.join(_LAPSE)}, entry FROM lapse WHERE entry <= ?",
            {**_LAPSE, "is_over": pl.Int64, "entry": pl.Int64},
            (position,),
        )
        return seen.join(_last(lapses, list(_SEEN), "entry"), on=list(_SEEN), how="left").select(
            "person_id",
            "signal",
            pl.col("first_found", "gone_on").str.to_date(),
            pl.col("is_over").cast(pl.Boolean).fill_null(False),
        )

    def orders(self, position: int) -> list[WorkOrder]:
        """Orders issued up to a position, in the order of issue."""
        rows = self._rows(
            "SELECT * FROM work_order WHERE entry <= ? ORDER BY entry, order_no", (position,)
        )
        return [_order(row) for row in rows]

    def take_back(self, returned: Returned, visits: Sequence[Visit], who: str) -> int:
        """Note a returned sheet and what was found at each door, all of it or nothing.

        A later result of the same order replaces an earlier one; both stay.
        """
        body = {"file_name": returned.file_name, "visits": len(visits)}
        with self._transaction("returned", None, who, body) as (connection, entry):
            connection.execute(
                "INSERT INTO returned VALUES (?, ?, ?, ?, ?, ?)",
                (
                    entry,
                    returned.content,
                    returned.file_name,
                    returned.archived,
                    returned.received_on.isoformat(),
                    _json(returned.counts),
                ),
            )
            _insert(connection, "visit", (_visit_row(one, entry) for one in visits))
        return entry

    def was_returned(self, content: str) -> bool:
        """Whether a sheet of exactly this content (sha256) came back before."""
        return bool(self._rows("SELECT 1 FROM returned WHERE content = ?", (content,)))

    def returned(self, position: int) -> list[dict[str, Any]]:
        """Every sheet that came back: content, file_name, received_on, counts, who; newest first."""
        rows = self._rows(
            "SELECT content, file_name, received_on, counts, who FROM returned "
            "JOIN entry USING (entry) WHERE entry <= ? ORDER BY entry DESC",
            (position,),
        )
        return [{**dict(row), "counts": json.loads(row["counts"])} for row in rows]

    def unanswered(self, since: date) -> list[WorkOrder]:
        """Orders issued on a day or later of which no visit was reported, oldest first."""
        rows = self._rows(
            "SELECT * FROM work_order WHERE issued_on >= ? "
            "AND order_no NOT IN (SELECT order_no FROM visit) ORDER BY issued_on, order_no",
            (since.isoformat(),),
        )
        return [_order(row) for row in rows]

    def returned_on(self) -> dict[str, date]:
        """Where each sheet that came back is archived, and when it was taken up."""
        rows = self._rows("SELECT archived, received_on FROM returned ORDER BY entry")
        return {row["archived"]: date.fromisoformat(row["received_on"]) for row in rows}

    def visits(self, position: int) -> dict[str, Visit]:
        """What was found at each order's door, as last reported at a position, by order number."""
        rows = self._rows("SELECT * FROM visit WHERE entry <= ? ORDER BY entry, rowid", (position,))
        return {row["order_no"]: _visit(row) for row in rows}

    def last_visits(self, order_numbers: Sequence[str]) -> dict[str, Visit]:
        """What was last reported of some orders, by order number."""
        rows = self._rows(
            "SELECT * FROM visit WHERE order_no IN (SELECT value FROM json_each(?)) "
            "ORDER BY entry, rowid",
            (_json(list(order_numbers)),),
        )
        return {row["order_no"]: _visit(row) for row in rows}

    def visit_history(self, order_no: str) -> list[Visit]:
        """Everything that was ever reported of an order, the latest last."""
        rows = self._rows(
            "SELECT * FROM visit WHERE order_no = ? ORDER BY entry, rowid", (order_no,)
        )
        return [_visit(row) for row in rows]

    def ask(self, questions: pl.DataFrame, asked_of: str | None, asked_at: str) -> int:
        """Note which questions a sheet asks; the entry is the number of the sheet.

        Asking decides nothing, so it has no `who` and no night is run again because of it.
        """
        body = {"questions": questions.height}
        with self._transaction("asked", None, None, body) as (connection, entry):
            _insert(
                connection,
                "match_question",
                (
                    (entry, *row, asked_of, asked_at)
                    for row in questions.select(_QUESTION_ORDER).iter_rows()
                ),
            )
        return entry

    def asked(self, position: int) -> pl.DataFrame:
        """Every question that had been put to somebody at a position, as it was put."""
        query = "SELECT * FROM match_question WHERE entry <= ? ORDER BY entry, rowid"
        return self._frame(query, _MATCH_QUESTION, (position,))

    def answer(self, answers: Sequence[MatchAnswer], who: str, given_at: str) -> list[int]:
        """Note what a person answered, all of it or nothing; one entry an answer.

        `given_at` is the text of a clock that the caller read.
        """
        entries = []
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                for one in answers:
                    entries.append(_add_answer(connection, one, who, given_at))
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise
        return entries

    def undo(self, entry: int, who: str, given_at: str, note: str) -> int:
        """Take an answer (or an undoing) back by a new entry; the old one stays."""
        rows = self._rows("SELECT * FROM match_answer WHERE entry = ?", (entry,))
        if not rows:
            raise DoorstepError(f"台账中没有编号为 {entry} 的答案。")
        undoing = MatchAnswer(
            record_key=rows[0]["record_key"],
            other_record_key=rows[0]["other_record_key"],
            answer=None,
            question_no=rows[0]["question_no"],
            note=note,
            undoes=entry,
        )
        return self.answer([undoing], who, given_at)[0]

    def answers(self, position: int) -> pl.DataFrame:
        """Every answer and undoing as known at a position, in the order in which they were given."""
        query = "SELECT * FROM match_answer WHERE entry <= ? ORDER BY entry"
        return self._frame(query, _MATCH_ANSWER, (position,))

    def decide(self, kind: str, bodies: Sequence[Mapping[str, Any]], who: str) -> list[int]:
        """Note what an officer decided at the desk of each household, all of it or nothing."""
        entries = []
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                for body in bodies:
                    cursor = connection.execute(
                        "INSERT INTO entry (kind, night, who, body) VALUES (?, NULL, ?, ?)",
                        (kind, who, _json(body)),
                    )
                    entries.append(int(cursor.lastrowid or 0))
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise
        return entries

    def decisions(self, position: int) -> list[dict[str, Any]]:
        """What officers decided at the desk, as known at a position: entry, kind, who, body."""
        rows = self._rows(
            "SELECT entry, kind, who, body FROM entry "
            "WHERE kind GLOB 'desk_*' AND entry <= ? ORDER BY entry",
            (position,),
        )
        return [{**dict(row), "body": json.loads(row["body"])} for row in rows]

    def note(self, kind: str, body: Mapping[str, Any], who: str | None = None) -> int:
        """Note what people agreed on; returns the entry.

        What no night reads (a meeting, a draft) is noted without `who`, so that no night is run again
        because of it; who did it stands in the body.
        """
        with self._transaction(kind, None, who, body) as (_connection, entry):
            return entry

    def notes(self, kinds: Sequence[str]) -> list[dict[str, Any]]:
        """Every note of some kinds in the order in which they were made: entry, kind, who, body."""
        marks = ", ".join("?" * len(kinds))
        rows = self._rows(
            f"SELECT entry, kind, who, body FROM entry WHERE kind IN ({marks}) ORDER BY entry",
            tuple(kinds),
        )
        return [{**dict(row), "body": json.loads(row["body"])} for row in rows]

    def adopt_model(self, number: int, sha256: str, reason: str, who: str, at: str) -> int:
        """A person puts a model in force; `at` is the text of a clock that the caller read."""
        body = {"number": number, "sha256": sha256, "reason": reason, "at": at}
        with self._transaction("model_adopted", None, who, body) as (_connection, entry):
            return entry

    def adopted_models(self, position: int) -> list[ModelAdoption]:
        """Every adoption as known at a position, the latest last."""
        rows = self._rows(
            "SELECT entry, who, body FROM entry "
            "WHERE kind = 'model_adopted' AND entry <= ? ORDER BY entry",
            (position,),
        )
        return [
            ModelAdoption(entry=row["entry"], who=row["who"], **json.loads(row["body"]))
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
            _insert(connection, "person_key", _keys(end.person_keys, entry, _PERSON_KEYS))
            _insert(connection, "merge", _after(entry, end.merges, _MERGE_ORDER))
            _insert(connection, "household", _with_entry(end.households, entry, _HOUSEHOLD_ORDER))
            _insert(connection, "household_key", _keys(end.household_keys, entry, _HOUSEHOLD_KEYS))
            members = _with_entry(end.household_members, entry, _MEMBERS)
            _insert(connection, "household_member", members)
            changes = _after(entry, end.household_changes, _CHANGE_ORDER)
            _insert(connection, "household_change", changes)
            _insert(connection, "seen", _with_entry(end.seen, entry, _SEEN))
            _insert(connection, "lapse", _with_entry(end.lapses, entry, _LAPSE))
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
_MERGE_ORDER = ("person_id", "into_person_id", "kind", "reason")
_MEMBERS = {"person_id": pl.String, "household_id": pl.String, "is_head": pl.Boolean}
_HOME = dict.fromkeys(("person_id", "household_id", "since", "until"), pl.String)
_HOMES = """
SELECT person_id, household_id, since, until FROM (
  SELECT person_id, household_id,
         CASE WHEN lag(entry) OVER one IS NOT NULL THEN night END AS since,
         lead(night) OVER one AS until
  FROM household_member JOIN entry USING (entry)
  WHERE person_id IN ({whose}) AND entry <= ?
  WINDOW one AS (PARTITION BY person_id ORDER BY entry)
) WHERE household_id IS NOT NULL ORDER BY person_id, until
"""
_CHANGE_ORDER = ("household_id", "into_household_id", "kind", "reason")
_HOUSEHOLD_ORDER = ("number", "household_id", "household_key")
_SEEN = dict.fromkeys(("person_id", "signal", "first_found"), pl.String)
_LAPSE = {**_SEEN, "gone_on": pl.String, "is_over": pl.Boolean}
_MATCH_QUESTION = {
    "entry": pl.Int64,
    "question_no": pl.String,
    "copy": pl.Int64,
    "record_key": pl.String,
    "other_record_key": pl.String,
    "shown": pl.String,
    "other_shown": pl.String,
    "severity": pl.Int64,
    "probability": pl.Float64,
    "why_zh": pl.String,
    "would_change": pl.String,
    "asked_of": pl.String,
    "asked_at": pl.String,
}
_QUESTION_ORDER = tuple(_MATCH_QUESTION)[1:-2]
_MATCH_ANSWER = {
    "entry": pl.Int64,
    "record_key": pl.String,
    "other_record_key": pl.String,
    "answer": pl.String,
    "who": pl.String,
    "given_at": pl.String,
    "question_no": pl.String,
    "note": pl.String,
    "undoes": pl.Int64,
    "asked": pl.Int64,
}


def _add_answer(connection: sqlite3.Connection, one: MatchAnswer, who: str, given_at: str) -> int:
    """The entry and its row; the entry's body says nothing that the row does not."""
    kind = "answered" if one.undoes is None else "undone"
    cursor = connection.execute(
        "INSERT INTO entry (kind, night, who, body) VALUES (?, NULL, ?, '{}')", (kind, who)
    )
    entry = int(cursor.lastrowid or 0)
    row = {**asdict(one), "entry": entry, "who": who, "given_at": given_at}
    _insert(connection, "match_answer", [tuple(row[name] for name in _MATCH_ANSWER)])
    return entry


def followed(into: Mapping[str, str]) -> dict[str, str]:
    """Each id with the last one that it leads to; an id that leads back to itself stays out."""
    found = {}
    for start in into:
        here, seen = start, {start}
        while here in into and into[here] not in seen:
            here = into[here]
            seen.add(here)
        if here != start:
            found[start] = here
    return found


def _last(rows: pl.DataFrame, key: str | list[str], place: str) -> pl.DataFrame:
    """Of each key the last row; SQLite alone would take ten times as long for a million of them."""
    return rows.sort(place).unique(key, keep="last", maintain_order=True).drop(place).sort(key)


def _with_entry(frame: pl.DataFrame, entry: int, order: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    return ((*row, entry) for row in frame.select(*order).iter_rows())


def _after(entry: int, frame: pl.DataFrame, order: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    return ((entry, *row) for row in frame.select(*order).iter_rows())


def _keys(frame: pl.DataFrame, entry: int, order: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Keys that lead somewhere from this entry on."""
    return ((*row, entry, entry) for row in frame.select(*order).iter_rows())


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


def _order(row: sqlite3.Row) -> WorkOrder:
    return WorkOrder(
        order_no=row["order_no"],
        issued_on=date.fromisoformat(row["issued_on"]),
        household_id=row["household_id"],
        township_code=row["township_code"],
        severity=row["severity"],
        signals=json.loads(row["signals"]),
        members=json.loads(row["members"]),
        printed=json.loads(row["printed"]),
    )


def _visit_row(visit: Visit, entry: int) -> tuple[Any, ...]:
    return (
        entry,
        visit.order_no,
        visit.visited_on.isoformat(),
        visit.visitor,
        visit.reached,
        _json(visit.codes),
        None if visit.amount is None else str(visit.amount),
        visit.address,
        visit.phone,
        visit.needs,
        visit.note,
        visit.sheet,
        visit.line,
    )


def _visit(row: sqlite3.Row) -> Visit:
    return Visit(
        order_no=row["order_no"],
        visited_on=date.fromisoformat(row["visited_on"]),
        visitor=row["visitor"],
        reached=_optional_bool(row["reached"]),
        codes=tuple(json.loads(row["codes"])),
        amount=None if row["amount"] is None else Decimal(row["amount"]),
        address=row["address"],
        phone=row["phone"],
        needs=row["needs"],
        note=row["note"],
        sheet=row["sheet"],
        line=row["line"],
    )


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    batch = list(rows)
    if batch:
        marks = ", ".join("?" * len(batch[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", batch)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
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


def _optional_bool(value: Any) -> bool | None:
    return None if value is None else bool(value)
