"""The county is made once; its baseline night is run once; tests copy it."""

import pytest

from tests.night import county


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
