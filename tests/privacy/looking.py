"""Look for what is known of people in everything the house writes."""

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from flows import files
from flows.home import Home

_TOKEN = re.compile(r"\w+")
_JOINTS = re.compile(r"[\s\-·•.‧]+")
_SHORTEST_NUMBER = 10


def joined(text: str) -> str:
    """A text as it is searched: blanks, hyphens and dots inside numbers and names do not hide them."""
    return _JOINTS.sub("", text).upper()


def people_of(home: Home) -> set[str]:
    """Every number, name of three characters or more, and phone that the house knows."""
    asked = (
        *(("id_number", _SHORTEST_NUMBER), ("id_clean", _SHORTEST_NUMBER)),
        *(("phone", _SHORTEST_NUMBER), ("contact_phone", _SHORTEST_NUMBER)),
        *(("name", 3), ("former_name", 3), ("contact_name", 3), ("name_key", 3)),
    )
    found = set()
    connection = files.duckdb_database(home.work, read_only=True)
    try:
        for column, shortest in asked:
            for (value,) in connection.execute(
                f"SELECT DISTINCT {column} FROM identities"
            ).fetchall():
                if value and len(joined(value)) >= shortest:
                    found.add(joined(value))
    finally:
        connection.close()
    return found


def hits(people: set[str], texts: Iterable[str]) -> set[str]:
    """Those of the values that stand in the texts, alone or inside a longer word."""
    lengths = {len(value) for value in people}
    words = {word for text in texts for word in _TOKEN.findall(joined(text))}
    return {
        word[at : at + length]
        for word in words
        for length in lengths
        for at in range(len(word) - length + 1)
        if word[at : at + length] in people
    }


def duckdb_texts(path: Path) -> dict[str, list[str]]:
    """Every text of every column of a database, by table and column."""
    found = {}
    connection = files.duckdb_database(path, read_only=True)
    try:
        columns = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns ORDER BY ALL"
        ).fetchall()
        for table, column in columns:
            values = connection.execute(
                f'SELECT DISTINCT CAST("{column}" AS VARCHAR) FROM "{table}" WHERE "{column}" IS NOT NULL'
            ).fetchall()
            found[f"{table}.{column}"] = [value for (value,) in values]
    finally:
        connection.close()
    return found


def sqlite_texts(path: Path) -> dict[str, list[str]]:
    """Every value of every column of a database as text, by table and column."""
    found = {}
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        for (table,) in tables:
            rows = connection.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in rows.description]
            for name, *values in zip(names, *rows.fetchall(), strict=True):
                found[f"{table}.{name}"] = [str(value) for value in values if value is not None]
    finally:
        connection.close()
    return found


def bytes_as_text(path: Path) -> str:
    """A file's bytes as text, whatever they are."""
    return files.read(path).decode("utf-8", "ignore")
