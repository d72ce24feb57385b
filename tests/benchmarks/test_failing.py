"""Where failures are injected: every door that changes the disk, every statement that writes."""

import inspect
import sqlite3

import pytest

from benchmarks.trust import failing
from flows import files

ONLY_LOOK = {
    *("keep_private", "read", "read_text", "read_raw", "read_parquet", "head", "count_lines"),
    *("listing", "inside", "still", "is_still", "not_a_plain_file", "sha256"),
    *("key_of", "house_key", "site_key", "former_key", "seal_marker"),
}
"""What of the file door changes nothing on disk."""


def test_every_function_of_the_file_door_is_let_fail_or_only_looks():
    own = {
        name
        for name, one in inspect.getmembers(files, inspect.isfunction)
        if one.__module__ == files.__name__ and not name.startswith("_")
    }
    assert own == {*failing.DOORS, *ONLY_LOOK}
    assert not {*failing.DOORS} & ONLY_LOOK


@pytest.fixture
def door():
    """The file door, put back afterwards."""
    kept = {name: getattr(files, name) for name in failing.DOORS}
    yield files
    for name, one in kept.items():
        setattr(files, name, one)


def due_at(place):
    """Asks that are answered yes at one place, and how many there were."""
    asked = []

    def is_due():
        asked.append(len(asked) + 1)
        return asked[-1] == place

    return is_due, asked


def test_the_door_fails_at_its_place_and_nowhere_else(door, tmp_path):
    is_due, asked = due_at(5)
    failing.let_doors_fail(is_due)
    door.write(tmp_path / "a", "1")
    assert len(asked) == 4, "write, write_raw, folder, sync_folder"
    with pytest.raises(OSError, match="Input/output"):
        door.remove(tmp_path / "a")
    assert (tmp_path / "a").exists()
    door.remove(tmp_path / "a")
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("place", "left"),
    [
        (1, []),  # before BEGIN
        (2, []),  # after it
        (3, []),  # before the INSERT
        (4, []),  # after it
        (5, []),  # before COMMIT
        (6, [(1,)]),  # after it: it is done, and who asked is told that it failed
        (7, [(1,)]),
    ],
)
def test_every_statement_that_writes_fails_before_and_after_it_is_done(place, left, door, tmp_path):
    path = tmp_path / "ledger.sqlite"
    with files.ledger_database(path) as ledger:
        ledger.execute("CREATE TABLE entry (number INTEGER)")
    is_due, asked = due_at(place)
    failing.let_ledger_fail(is_due)
    try:
        with files.ledger_database(path) as ledger:
            ledger.execute("SELECT count(*) FROM entry")
            ledger.execute("BEGIN IMMEDIATE")
            ledger.executemany("INSERT INTO entry VALUES (?)", [(1,)])
            ledger.execute("COMMIT")
    except sqlite3.OperationalError:
        assert place == len(asked) < 7
    else:
        assert (place, len(asked)) == (7, 6)
    failing.let_ledger_fail(lambda: False)
    with files.ledger_database(path) as ledger:
        assert [tuple(row) for row in ledger.execute("SELECT number FROM entry")] == left
