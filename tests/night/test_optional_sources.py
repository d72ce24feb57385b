"""An optional source that never came is missed by nobody; once it came it is a source like any other."""

import shutil
from datetime import date, timedelta

import pytest

from data_contracts.sources import SOURCES
from flows.assess import coverage_of
from flows.doctor import examine
from flows.freshness import is_awaited
from flows.site import synthetic_nights
from flows.status import status_lines
from tests.night import county

OPTIONAL = [name for name, source in SOURCES.items() if source.optional]
OTHERS = [name for name, source in SOURCES.items() if not source.optional]
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def ended(fresh_county, tmp_path_factory):
    """A county that has never heard of the optional sources, and its baseline night."""
    home = county.copy(fresh_county, tmp_path_factory.mktemp("without") / "home")
    text = home.config_file.read_text("utf-8")
    for name in OPTIONAL:
        for folder in (home.root / "inbox-by-night").glob(f"*/{name}"):
            shutil.rmtree(folder)
        text = text.replace(f"[sources.{name}]\ncomplete_since", f"[sources.{name}]\n# since")
    home.config_file.write_text(text, "utf-8")
    home = county.existing_home(home.root)
    return home, county.run(home, 0)


def test_the_report_neither_names_nor_misses_it_and_the_night_is_done(ended):
    __, night = ended
    assert night.state == "done"
    assert [source["source"] for source in night.report["sources"]] == OTHERS
    assert not [said for said in night.report["needs_a_person"] if "从未收到" in said]


def test_status_and_doctor_do_not_ask_for_it(ended):
    home, __ = ended
    status = "\n".join(status_lines(home, synthetic_nights(home)[0]))
    [coverage] = [one for one in examine(home, TODAY) if one.what == "各来源的完整起始日期"]
    assert coverage.well
    assert not [name for name in OPTIONAL if SOURCES[name].title in status + coverage.mend]
    assert SOURCES["vehicle"].title in status


@pytest.mark.parametrize("name", OPTIONAL)
def test_nobody_awaits_it_until_it_has_delivered(name):
    assert not is_awaited(SOURCES[name], set())
    assert not is_awaited(SOURCES[name], set(OTHERS))
    assert is_awaited(SOURCES[name], {name})
    assert is_awaited(SOURCES["vehicle"], set())


@pytest.mark.parametrize("name", OPTIONAL)
def test_its_silence_tells_nothing_and_is_not_late_until_it_has_delivered(fresh_county, name):
    config = fresh_county.config
    record = SOURCES[name].becomes.name
    others = dict.fromkeys(OTHERS, TODAY)
    never = coverage_of(config, others, TODAY)
    in_time = coverage_of(config, {**others, name: TODAY}, TODAY)
    long_ago = coverage_of(config, {**others, name: TODAY - timedelta(days=400)}, TODAY)
    assert not never.absence_tells(record)
    assert in_time.absence_tells(record)
    assert never.late() == in_time.late() == frozenset()
    assert long_ago.late() == {record}
