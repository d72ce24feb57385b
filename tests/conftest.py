"""The county is made once; its baseline night is run once; tests copy it."""

import ibis
import pytest

from tests.night import county


@pytest.fixture(scope="session", autouse=True)
def drawn_tables_can_be_joined():
    """DuckDB cannot push a bloom filter into a scan of Arrow rows, which only drawn tables are."""
    ibis.get_backend().raw_sql("SET disabled_optimizers = 'join_filter_pushdown'")


@pytest.fixture(scope="session")
def fresh_county(tmp_path_factory):
    """A synthetic county before its first night."""
    return county.made(tmp_path_factory.mktemp("county") / "home")


@pytest.fixture(scope="session")
def after_baseline(fresh_county, tmp_path_factory):
    """The same county after its baseline night."""
    home = county.copy(fresh_county, tmp_path_factory.mktemp("baseline") / "home")
    county.run(home, 0)
    return home


@pytest.fixture(scope="session")
def after_first_night(after_baseline, tmp_path_factory):
    """The same county after its first regular night."""
    home = county.copy(after_baseline, tmp_path_factory.mktemp("first") / "home")
    county.run(home, 1)
    return home
