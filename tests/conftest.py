"""The county is made once; its baseline night is run once; tests of both workers copy it."""

import fcntl

import ibis
import pytest

from flows.home import existing_home
from tests.night import county


@pytest.fixture(scope="session", autouse=True)
def drawn_tables_can_be_joined():
    """DuckDB cannot push a bloom filter into a scan of Arrow rows, which only drawn tables are."""
    ibis.get_backend().raw_sql("SET disabled_optimizers = 'join_filter_pushdown'")


@pytest.fixture(scope="session")
def made_once(tmp_path_factory, worker_id):
    """A home of a name, made by the worker that needs it first."""
    own = tmp_path_factory.getbasetemp()
    folder = own if worker_id == "master" else own.parent

    def home_of(name, make):
        root, complete = folder / name, folder / f"{name}.complete"
        with (folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not complete.exists():
                make(root)
                complete.touch()
        return existing_home(root)

    return home_of


@pytest.fixture(scope="session")
def fresh_county(made_once):
    """A synthetic county before its first night."""
    return made_once("fresh_county", county.made)


@pytest.fixture(scope="session")
def after_baseline(made_once, fresh_county):
    """The same county after its baseline night."""
    return made_once("after_baseline", lambda root: county.run(county.copy(fresh_county, root), 0))


@pytest.fixture(scope="session")
def after_first_night(made_once, after_baseline):
    """The same county after its first regular night."""
    return made_once(
        "after_first_night", lambda root: county.run(county.copy(after_baseline, root), 1)
    )
