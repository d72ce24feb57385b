"""Readers and a publishing night: nobody sees an error, everybody the new night at the next click."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from flows import files
from flows.desk.published import NEEDED, NothingPublishedError, Published

NIGHTS, READERS = 20, 20


def publish(path, night, tables=NEEDED):
    """A snapshot of a night, renamed into place as the night does it."""
    aside = path.with_name("aside.duckdb")
    with files.duckdb_database(aside) as made:
        for name in tables:
            made.execute(f"CREATE TABLE {name} (x INTEGER)")
        made.execute("CREATE TABLE night AS SELECT ? AS number", [night])
    aside.replace(path)


def number(published):
    view = published.view()
    try:
        return view.rows("SELECT number FROM night")[0]["number"]
    finally:
        view.close()


def test_readers_meet_no_error_while_nights_publish_and_then_see_the_last(tmp_path):
    path, stop = tmp_path / "snapshot.duckdb", Event()
    publish(path, 0)
    published = Published(path)

    def read():
        seen = []
        while not stop.is_set():
            seen.append(number(published))
        return seen

    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read) for _ in range(READERS)]
        for night in range(1, NIGHTS + 1):
            publish(path, night)
            assert number(published) == night
        stop.set()
        for seen in (reader.result() for reader in readers):
            assert seen == sorted(seen)


def test_who_still_reads_the_old_night_keeps_it(tmp_path):
    path = tmp_path / "snapshot.duckdb"
    publish(path, 1)
    published = Published(path)
    old = published.view()
    publish(path, 2)
    assert number(published) == 2
    assert old.rows("SELECT number FROM night")[0]["number"] == 1


def test_what_readers_make_for_each_other_is_made_once_and_goes_with_the_night(tmp_path):
    path, made = tmp_path / "snapshot.duckdb", []
    publish(path, 1)
    published = Published(path)

    def ask():
        view = published.view()
        view.once("twice", "SELECT number * 2 AS n FROM night", lambda: made.append(1))
        return view.rows("SELECT n FROM memory.main.twice")[0]["n"]

    assert [ask(), ask()] == [2, 2]
    assert made == [1]
    publish(path, 2)
    assert ask() == 4
    assert made == [1, 1]


def test_nothing_published_and_an_older_programs_snapshot_are_said_in_words(tmp_path):
    path = tmp_path / "snapshot.duckdb"
    with pytest.raises(NothingPublishedError, match="还没有发布"):
        Published(path).view()
    publish(path, 1, tables=NEEDED[:-1])
    published = Published(path)
    for _ in range(2):
        with pytest.raises(NothingPublishedError, match="旧版本"):
            published.view()
    publish(path, 2)
    assert number(published) == 2
