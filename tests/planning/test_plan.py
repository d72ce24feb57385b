"""`doorstep plan` on a real county: figures of the last night, and nothing left behind."""

import pytest

from flows import files, inputs
from flows.engine import engine
from flows.errors import AlreadyRunningError, UsageError
from flows.ledger import Ledger
from flows.lock import only_one
from flows.planning.command import plan
from flows.policy import PolicyRefused
from flows.site import synthetic_nights
from tests.night import county

THRESHOLD = "high_medical_burden.threshold"


def entry(name=THRESHOLD, value="1", since="2026-01-01"):
    return (
        f"[[{name}]]\nfrom = {since}\nvalue = {value}\n"
        'document = "试行"\ndocument_date = 2026-01-01\n'
    )


@pytest.fixture(scope="module")
def home(after_first_night, tmp_path_factory):
    """A county after its first night; planning leaves it as it is, so the tests share it."""
    return county.copy(after_first_night, tmp_path_factory.mktemp("plan") / "home")


def tried(home, *entries):
    path = home.root.parent / "new.toml"
    files.write(path, "".join(entries))
    return plan(home, path)


@pytest.fixture(scope="module")
def published(home):
    return county.published(home)


@pytest.fixture(scope="module")
def position(home):
    return Ledger(home.ledger).position()


@pytest.fixture(scope="module")
def lower(home, published, position):
    """What a threshold of one yuan would change."""
    return tried(home, entry())


def snapshot(home, sql):
    with files.duckdb_database(home.snapshot, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def figure(lines, begins, word):
    (line,) = [line for line in lines if line.startswith(begins)]
    return int(line.split(word)[1].split()[0].split(",")[0].rstrip(")"))


def test_what_is_in_force_gives_what_was_published(home, lower):
    ((flagged,),) = snapshot(home, "SELECT count(DISTINCT household_id) FROM finding")
    ((visits,),) = snapshot(home, "SELECT count(*) FROM worklist WHERE state = 'issued'")
    assert figure(lower, "预警家庭:", "现行") == flagged
    assert figure(lower, "当晚走访:", "现行") == visits


def test_a_lower_threshold_adds_households_and_removes_none(home, lower):
    assert figure(lower, "预警家庭:", "增加") > 0
    assert figure(lower, "预警家庭:", "减少") == 0
    assert any(f"{THRESHOLD}(" in line and "→ 1.00 元" in line for line in lower)
    at = next(place for place, line in enumerate(lower) if line.startswith("增加的预警家庭"))
    household = lower[at + 1].split()[0]
    known = snapshot(home, f"SELECT count(*) FROM finding WHERE household_id = '{household}'")
    assert known == [(0,)]


def test_nobody_is_named(home, lower):
    with engine(home) as working:
        rows = working.rows("SELECT DISTINCT name, id_number FROM identities")
    told = "\n".join(lower)
    assert not [row for row in rows if row["name"] and len(row["name"]) > 1 and row["name"] in told]
    assert not [row for row in rows if row["id_number"] and row["id_number"] in told]


def test_nothing_is_published_listed_or_noted(home, lower, published, position):
    assert Ledger(home.ledger).position() == position
    assert county.published(home) == published
    assert inputs.numbers_of(home, synthetic_nights(home)[1]) == [1]
    assert inputs.interrupted(home, Ledger(home.ledger)) is None


def test_a_name_that_nobody_knows_is_refused(home):
    with pytest.raises(PolicyRefused, match="不认识"):
        tried(home, entry("high_medical_burden.treshold"))


def test_values_of_tomorrow_alone_are_refused(home):
    with pytest.raises(UsageError, match="from"):
        tried(home, entry(since="2099-01-01"))


def test_no_night_runs_beside_it(home):
    with only_one(home.lock), pytest.raises(AlreadyRunningError):
        tried(home, entry())


def test_a_home_without_a_night_is_refused(fresh_county):
    with pytest.raises(UsageError, match="baseline"):
        tried(fresh_county, entry())
