"""One home with a published night, copied once for all tests of the desk."""

import pytest

from flows import files
from flows.access.roles import Role
from flows.home import CONFIG_FILE, Home
from tests.desk.desk_client import TOWNSHIP, Desk
from tests.night import county

VISITORS = f"乡镇代码,村代码,走访人,每晚单数\n{TOWNSHIP},,张走访,5\n{TOWNSHIP},,李走访,5\n"


@pytest.fixture(scope="session")
def desk_home(after_first_night, tmp_path_factory):
    home = county.copy(after_first_night, tmp_path_factory.mktemp("desk") / "home")
    files.write(home.policy / "visitors.csv", VISITORS)
    return home


@pytest.fixture(scope="session")
def desk(desk_home):
    return Desk(desk_home)


@pytest.fixture(scope="module")
def own(desk_home, tmp_path_factory):
    """A desk that the tests of a file may decide at."""
    return Desk(county.copy(desk_home, tmp_path_factory.mktemp("own") / "home"))


@pytest.fixture(scope="module")
def browser(own):
    return own.browser()


@pytest.fixture
def own_desk(tmp_path):
    """A desk of one's own, before any night, whose accounts a test may shut."""
    files.write(tmp_path / CONFIG_FILE, '[site]\nname = "示例县"\ncounty = "370881"\n')
    return Desk(Home(tmp_path), roles=(Role.OFFICER, Role.REVIEWER))


@pytest.fixture
def officer(desk):
    """Logged in anew, because other tests turn the clock."""
    return desk.browser()


@pytest.fixture
def listed(desk_home):
    """The households of the published list, worst first."""
    with files.duckdb_database(desk_home.snapshot, read_only=True) as snapshot:
        found = snapshot.execute(
            "SELECT household_id FROM worklist WHERE signals IS NOT NULL "
            "ORDER BY severity DESC, household_id"
        ).fetchall()
    return [household for (household,) in found]
