"""What a home looked like under earlier releases: its ledger taken back, one version at a time."""

from flows import files
from flows.home import Home

BACK_TO = {
    3: """
        DROP TABLE visit;
        DROP TABLE returned;
    """,
    2: """
        CREATE TABLE person_key_before (
          person_key TEXT PRIMARY KEY, person_id TEXT NOT NULL, entry INTEGER);
        INSERT OR REPLACE INTO person_key_before
          SELECT person_key, person_id, entry FROM person_key ORDER BY since;
        DROP TABLE person_key;
        ALTER TABLE person_key_before RENAME TO person_key;
        ALTER TABLE merge DROP COLUMN kind;
        ALTER TABLE merge DROP COLUMN reason;
        DROP TABLE household_key;
        DROP TABLE household_member;
        DROP TABLE household_change;
    """,
    1: """
        DROP TABLE match_answer;
        DROP TABLE match_question;
    """,
}
"""Statements that leave a version behind, newest first."""

NOT_THEN = """
    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN (
      'entry', 'outcome', 'delivery', 'person', 'person_key', 'merge', 'household', 'household_key',
      'household_member', 'household_change', 'seen', 'work_order', 'night', 'returned', 'visit',
      'match_question', 'match_answer', 'sqlite_sequence')
"""
"""Tables that came after version 4."""


def take_back(home: Home, version: int) -> None:
    """Make the home what an earlier release left behind: the older ledger, nothing that can be rebuilt."""
    with files.ledger_database(home.ledger) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for (name,) in connection.execute(NOT_THEN).fetchall():
            connection.execute(f'DROP TABLE "{name}"')
        for older in range(3, version - 1, -1):
            connection.executescript(BACK_TO[older])
        connection.execute(f"PRAGMA user_version = {version}")
    for path in (home.work, home.heartbeat):
        files.remove(path)
    for folder in (home.logs, home.alerts):
        files.discard(folder)
