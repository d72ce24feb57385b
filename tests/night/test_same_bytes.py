"""The same list of inputs gives the same bytes, whatever the machine does meanwhile."""

import pytest

from flows.freshness import newest_days
from flows.ledger import Outcome
from tests.night import county


def with_threads(home, threads):
    text = home.config_file.read_text(encoding="utf-8")
    assert "threads = 2" in text
    home.config_file.write_text(text.replace("threads = 2", f"threads = {threads}"), "utf-8")
    return county.existing_home(home.root)


@pytest.fixture(scope="module")
def published(fresh_county, after_first_night, tmp_path_factory):
    """What baseline and first night publish, by number of threads."""
    copied = county.copy(fresh_county, tmp_path_factory.mktemp("one_thread") / "home")
    home = with_threads(copied, 1)
    county.run(home, 0)
    county.run(home, 1)
    return {1: county.published(home), 2: county.published(after_first_night)}


def test_one_thread_and_two_publish_the_same_bytes(published):
    assert published[1] == published[2]


def test_lists_report_and_links_are_among_what_is_compared(published):
    endings = {name.rsplit(".", 1)[1] for name in published[1]}
    assert {"csv", "xlsx", "json", "html", "link"} <= endings


def test_a_file_sent_again_unchanged_makes_its_source_fresh_again():
    again = Outcome(
        source="vehicle",
        delivery="d",
        file_name="机动车_20261120.csv",
        verdict="repeated",
        judgement={"as_of": "2026-11-20"},
    )
    assert newest_days([], [again])["vehicle"].isoformat() == "2026-11-20"
