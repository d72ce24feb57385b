"""A whole night over a sealed county: what is published is the same, and no name lies on disk."""

import pytest

from flows.errors import Exit
from flows.sealing.commands import seal_home
from flows.sealing.drill import LEDGER_LOG, LOG, SPILL, drill, known_texts, searched
from flows.sealing.unsealed import unsealed_files
from tests.night import county
from tests.sealing.small import KEY


@pytest.fixture(scope="module")
def sealed(after_baseline, tmp_path_factory):
    """The county sealed after its baseline night, and its first regular night run."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DOORSTEP_KEY", KEY)
        home = county.copy(after_baseline, tmp_path_factory.mktemp("sealed") / "home")
        seal_home(home)
        county.run(home, 1)
    return home


@pytest.fixture
def opened(sealed, monkeypatch):
    monkeypatch.setenv("DOORSTEP_KEY", KEY)
    return sealed


def test_the_night_publishes_what_it_publishes_in_the_open(opened, after_first_night):
    assert county.published(opened) == county.published(after_first_night)


def test_all_that_the_night_wrote_is_sealed(opened, after_first_night):
    assert not unsealed_files(opened)
    assert set(unsealed_files(after_first_night)) >= {
        "archive",
        "state/nights",
        "state/work.duckdb",
    }


def test_the_drill_finds_no_known_name_in_any_place(opened):
    code, lines = drill(opened)
    assert code is Exit.DONE, lines
    assert "合计命中 0 份" in lines[-1]


def test_the_drill_finds_them_in_an_open_county(after_first_night, tmp_path):
    home = county.copy(after_first_night, tmp_path / "home")
    places = {one.name: one for one in searched(home, also=home.archive)}
    for name in (SPILL, LOG, LEDGER_LOG, "archive", "state/work.duckdb", "备份 archive"):
        assert places[name].hits, name
    code, lines = drill(home)
    assert code is Exit.FAILED
    assert not [known for known in known_texts(home) if any(known in line for line in lines)]
    assert not (home.state / "drill").exists()
