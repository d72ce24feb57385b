"""The working database holds nothing of its own: one of another version is made anew."""

from flows import files
from flows.engine import engine
from flows.home import existing_home
from flows.site import init_home
from flows.tables import is_outdated


def new_home(folder):
    init_home(folder)
    return existing_home(folder)


def columns(connection):
    rows = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = 'identities'"
    ).fetchall()
    return {name for (name,) in rows}


def test_a_database_of_this_version_is_kept(tmp_path):
    home = new_home(tmp_path)
    with engine(home) as first:
        first.duckdb.execute("INSERT INTO delivery (arrival, delivery) VALUES (1, 'kept')")
    with engine(home) as second:
        assert second.rows("SELECT arrival FROM delivery") == [{"arrival": 1}]


def test_a_database_that_lacks_a_reading_is_made_anew(tmp_path):
    home = new_home(tmp_path)
    with engine(home) as first:
        wanted = columns(first.duckdb)
        first.duckdb.execute("INSERT INTO delivery (arrival, delivery) VALUES (1, 'gone')")
        first.duckdb.execute("ALTER TABLE identities DROP COLUMN name_bag")
    with engine(home) as second:
        assert columns(second.duckdb) == wanted
        assert second.rows("SELECT * FROM delivery") == []


def test_an_empty_database_is_not_outdated(tmp_path):
    connection = files.duckdb_database(tmp_path / "new.duckdb")
    try:
        assert not is_outdated(connection)
    finally:
        connection.close()
