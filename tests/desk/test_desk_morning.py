"""今晨: what waits for a person, each with the way to where it is done, for whoever may go there."""

import re
from datetime import timedelta

import pytest

from flows import files
from flows.access.roles import Role
from flows.ledger import Ledger
from flows.meetings import PICKED
from flows.policy.drafts import save_draft
from tests.desk.desk_client import Desk
from tests.night import county
from transforms.escalated import IN_VAIN

PAST = "2026-12-01"
"""The desk's clock says 15 January 2027."""


@pytest.fixture(scope="module")
def desk(desk_home, tmp_path_factory):
    """Three households flagged in vain, two undecided cases, one draft, and the night's doubts."""
    home = county.copy(desk_home, tmp_path_factory.mktemp("morning") / "home")
    ledger = Ledger(home.ledger)
    orders = ledger.orders(ledger.position())
    with files.duckdb_database(home.snapshot) as snapshot:
        snapshot.execute(
            "UPDATE worklist SET state = 'county', state_reason = ? WHERE list_contains(?, order_no)",
            [IN_VAIN, [one.order_no for one in orders[:3]]],
        )
    for one in orders[:2]:
        case = {"on": PAST, "household_id": one.household_id, "persons": [], "reason": "几家一起帮"}
        ledger.note(PICKED, {**case, "who": "officer", "at": f"{PAST}T09:00:00"})
    day, change = orders[0].issued_on, {"before": 1, "after": 2, "added": 1, "removed": 0}
    save_draft(
        home,
        {"township_capacity": 3},
        since=day + timedelta(days=90),
        document="本县走访规程",
        document_date=day,
        reason="走访人手增加",
        figures={"night": str(day), "flagged": change, "visited": change},
        who="officer",
        at=str(day),
    )
    return Desk(home)


def waiting(page):
    """What waits, by the page where it is done."""
    lines = re.findall(r'<li>([^<]*?) <a href="([^"]+)">', page)
    return {place: said for said, place in lines}


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (Role.OFFICER, {"/meeting", "/back", "/drafts", "/who"}),
        (Role.REVIEWER, {"/who"}),
        (Role.OPERATOR, set()),
        (Role.AUDITOR, set()),
        (Role.ADMINISTRATOR, set()),
    ],
    ids=lambda one: one.name.lower() if isinstance(one, Role) else "",
)
def test_everybody_is_led_to_what_is_theirs_to_do(desk, role, places):
    browser = desk.browser(role)
    found = waiting(browser.get("/").text)
    assert set(found) == places
    assert all(browser.get(place).status_code == 200 for place in found)


def test_the_counts_are_those_of_the_pages(desk):
    found = waiting(desk.browser().get("/").text)
    assert found["/meeting"] == "2 件议题的会期已过，还没有记录决定"
    assert found["/back"] == "3 户多次发单仍未获得帮助，请县级牵头"
    assert found["/drafts"] == "1 份政策草案等另一位经办人决定"


def test_they_are_said_in_english_too(desk):
    found = waiting(desk.browser().get("/?lang=en").text)
    assert found["/drafts"] == "1 policy drafts wait for a second officer"
