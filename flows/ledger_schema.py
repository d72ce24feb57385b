"""The tables of the ledger, and how an older ledger is brought up to date where it lies.

A key leads to the id of its last row, `since` tells from which entry on: rows that a rotation of
keys added (`entry`) lead since the keys they stand for did, so that a past night finds them too.
"""

from __future__ import annotations

import sqlite3

from flows.errors import DoorstepError

SCHEMA_VERSION = 5
"""2 added match_question and match_answer; 3 lets keys lead elsewhere later, gives merges a kind and
a reason, and knows households by members; 4 added returned and visit; 5 added lapse. A ledger written by a newer program is refused."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
  entry INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL, night TEXT, who TEXT, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS outcome (
  entry INTEGER NOT NULL REFERENCES entry, night TEXT NOT NULL, number INTEGER NOT NULL,
  source TEXT NOT NULL, delivery TEXT NOT NULL, file_name TEXT NOT NULL,
  verdict TEXT NOT NULL, judgement TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS outcome_of_entry ON outcome (entry);
CREATE INDEX IF NOT EXISTS outcome_of_delivery ON outcome (delivery);
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
  person_key TEXT NOT NULL, person_id TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry, since INTEGER NOT NULL,
  PRIMARY KEY (person_key, since)
);
CREATE TABLE IF NOT EXISTS merge (
  entry INTEGER NOT NULL REFERENCES entry, person_id TEXT NOT NULL, into_person_id TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'merge', reason TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS household (
  number INTEGER PRIMARY KEY, household_id TEXT NOT NULL UNIQUE,
  household_key TEXT NOT NULL, entry INTEGER NOT NULL REFERENCES entry
);
CREATE TABLE IF NOT EXISTS household_key (
  household_key TEXT NOT NULL, household_id TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry, since INTEGER NOT NULL,
  PRIMARY KEY (household_key, since)
);
CREATE TABLE IF NOT EXISTS household_member (
  person_id TEXT NOT NULL, household_id TEXT, is_head INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry,
  PRIMARY KEY (person_id, entry)
);
CREATE TABLE IF NOT EXISTS household_change (
  entry INTEGER NOT NULL REFERENCES entry, household_id TEXT NOT NULL, into_household_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'ended', 'revived')), reason TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS seen (
  person_id TEXT NOT NULL, signal TEXT NOT NULL, first_found TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry
);
CREATE TABLE IF NOT EXISTS lapse (
  person_id TEXT NOT NULL, signal TEXT NOT NULL, first_found TEXT NOT NULL,
  gone_on TEXT, is_over INTEGER NOT NULL, entry INTEGER NOT NULL REFERENCES entry
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
CREATE TABLE IF NOT EXISTS returned (
  entry INTEGER PRIMARY KEY REFERENCES entry, content TEXT NOT NULL UNIQUE,
  file_name TEXT NOT NULL, archived TEXT NOT NULL, received_on TEXT NOT NULL, counts TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS visit (
  entry INTEGER NOT NULL REFERENCES entry, order_no TEXT NOT NULL REFERENCES work_order,
  visited_on TEXT NOT NULL, visitor TEXT NOT NULL, reached INTEGER, codes TEXT NOT NULL,
  amount TEXT, address TEXT, phone TEXT, needs TEXT NOT NULL, note TEXT NOT NULL,
  sheet TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS match_question (
  entry INTEGER NOT NULL REFERENCES entry, question_no TEXT NOT NULL, copy INTEGER NOT NULL,
  record_key TEXT NOT NULL, other_record_key TEXT NOT NULL,
  shown TEXT NOT NULL, other_shown TEXT NOT NULL,
  severity INTEGER NOT NULL, probability REAL, why_zh TEXT NOT NULL, would_change TEXT NOT NULL,
  asked_of TEXT, asked_at TEXT NOT NULL,
  UNIQUE (entry, question_no)
);
CREATE TABLE IF NOT EXISTS match_answer (
  entry INTEGER PRIMARY KEY REFERENCES entry,
  record_key TEXT NOT NULL, other_record_key TEXT NOT NULL,
  answer TEXT CHECK (answer IN ('same', 'different', 'unsure')),
  who TEXT NOT NULL, given_at TEXT NOT NULL, question_no TEXT, note TEXT NOT NULL,
  undoes INTEGER REFERENCES match_answer, asked INTEGER REFERENCES entry,
  CHECK ((answer IS NULL) <> (undoes IS NULL))
);
"""


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make what is missing; an older ledger changes in one transaction or not at all."""
    _refuse_newer(connection)
    if _version(connection) == SCHEMA_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        _refuse_newer(connection)
        _rebuild(connection)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _rebuild(connection: sqlite3.Connection) -> None:
    """Set tables of version 2 aside, make all tables, and carry over what those held."""
    columns = _columns(connection, "person_key")
    if columns and "since" not in columns:
        for statement in _TO_3:
            connection.execute(statement)
    for statement in _statements(SCHEMA):
        connection.execute(statement)
    if "kind" not in _columns(connection, "merge"):
        for column in ("kind TEXT NOT NULL DEFAULT 'merge'", "reason TEXT NOT NULL DEFAULT ''"):
            connection.execute(f"ALTER TABLE merge ADD COLUMN {column}")
    if _columns(connection, _OLD[0]):
        for statement in (*_FROM_2, *(f"DROP TABLE {name}" for name in _OLD)):
            connection.execute(statement)


_OLD = ("person_key_2", "household_2")
_TO_3 = (
    "ALTER TABLE person_key RENAME TO person_key_2",
    "ALTER TABLE household RENAME TO household_2",
)
_FROM_2 = (
    "INSERT INTO person_key SELECT person_key, person_id, entry, entry FROM person_key_2",
    "INSERT INTO household_key SELECT household_key, household_id, entry, entry FROM household_2",
    "INSERT INTO household SELECT number, household_id, household_key, entry FROM household_2",
)


def _refuse_newer(connection: sqlite3.Connection) -> None:
    if _version(connection) > SCHEMA_VERSION:
        raise DoorstepError(
            "台账是由更新版本的 Doorstep 写成的,本程序不能改动它。请升级程序后重试。"
        )


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}


def _statements(script: str) -> list[str]:
    return [one.strip() for one in script.split(";") if one.strip()]
