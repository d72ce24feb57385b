"""The list: what its facets tell apart, what of it lasts, and that looking at it is noted."""

from datetime import date
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from flows import files
from flows.desk.decisions import standing
from flows.desk.listing import Asked, count, facets, prepare
from flows.desk.published import Published
from flows.desk.saved_lists import lists_for
from flows.ledger import Ledger
from flows.meetings import PICKED
from tests.desk.desk_client import send, trail
from tests.night import county

SAME_NAME_TWICE = """
UPDATE worklist SET village_name = '王庄村' WHERE household_id IN
  (SELECT min(household_id) FROM worklist GROUP BY township_code)
"""


def test_villages_of_one_name_in_two_townships_are_two(own, tmp_path):
    copied = county.copy(own.home, tmp_path / "home")
    with files.duckdb_database(copied.snapshot) as snapshot:
        snapshot.execute(SAME_NAME_TWICE)
    view = Published(copied.snapshot).view()
    prepare(view, 0, [], {})
    same = [one for one in facets(view, Asked())["village"] if "王庄村" in one["word"]]
    assert len(same) > 1
    assert len({one["word"] for one in same}) == len(same)
    assert [count(view, Asked(chosen={"village": one["value"]})) for one in same] == [
        one["n"] for one in same
    ]


def test_looking_at_the_list_is_noted_with_its_filter_and_how_many_were_shown(own, browser):
    page = browser.get("/list?severity=3&order=due").text
    last = trail(own.home)[-1]
    assert (last.what, last.filter) == ("desk view list", "severity=3&order=due")
    assert last.count == page.count('name="household"')


@pytest.mark.parametrize("place", ["/back", "/meeting"])
def test_looking_at_families_elsewhere_is_noted_too(own, browser, place):
    before = len(trail(own.home))
    assert browser.get(place).status_code == 200
    assert len(trail(own.home)) == before + 1


def test_a_search_is_of_the_session_and_is_not_kept_with_a_list(own, browser):
    found = send(browser, "/list/search", words="村").headers["location"]
    query = urlsplit(found).query
    assert "search" in parse_qs(query)
    assert "只在本次登录内有效" in browser.get(found).text
    send(browser, f"/list/keep?{query}&severity=3", name="重病村")
    (kept,) = lists_for(own.home.state / "desk_lists.json", "officer")
    assert kept.query == "severity=3"
    assert browser.get(f"/list?{kept.query}").status_code == 200


def test_what_decides_nothing_of_the_list_does_not_make_it_anew(own):
    visit = SimpleNamespace(ledger=Ledger(own.home.ledger), night=date(2026, 11, 16))
    before, position = standing(visit).entry, visit.ledger.position()
    visit.ledger.note(PICKED, {"on": "2026-12-01", "household_id": "H", "persons": []})
    assert visit.ledger.position() > position
    assert standing(visit).entry == before


def test_a_decision_makes_the_list_anew(own, browser, listed):
    visit = SimpleNamespace(ledger=Ledger(own.home.ledger), night=date(2026, 11, 16))
    before = standing(visit).entry
    send(browser, "/list/decide", kind="desk_assign", visitor="张走访", household=listed[0])
    assert standing(visit).entry == visit.ledger.position() > before
