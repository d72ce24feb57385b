"""审计: the auditor reads who did what, whether the trail is whole, and the anchor of this moment."""

import pytest

from flows import files
from flows.access.roles import Role
from flows.audit.trail import Trail
from flows.desk.pages.audit import MOST_SHOWN
from tests.desk.desk_client import Desk, trail
from tests.night import county

SOUND, BROKEN = "首尾相接，未被改动", "内容被改动过"


@pytest.fixture
def desk(desk_home, tmp_path):
    return Desk(county.copy(desk_home, tmp_path / "home"))


@pytest.fixture
def auditor(desk):
    return desk.browser(Role.AUDITOR)


def rows(browser, **asked):
    """The lines of the table."""
    return browser.get("/audit", params=asked).text.split("<tbody>")[1].count('<tr><td class="n">')


def test_it_shows_who_did_what_about_whom(desk, auditor, listed):
    desk.browser().get(f"/household/{listed[0]}")
    last = trail(desk.home)[-1]
    page = auditor.get("/audit").text
    for said in (last.number, last.who, last.role, "desk view household", listed[0]):
        assert f"<td>{said}</td>" in page or f'<td class="n">{said}</td>' in page
    assert f"{last.number}-{last.hash[:4]}-{last.hash[4:8]}" in page


def test_it_can_be_narrowed_to_one_id(desk, auditor, listed):
    officer = desk.browser()
    for household in (listed[0], listed[1], listed[0]):
        officer.get(f"/household/{household}")
    about = [one for one in trail(desk.home) if listed[0] in one.on.split()]
    assert rows(auditor, on=listed[0]) == len(about) >= 2
    assert rows(auditor, on=listed[0][:-1]) == 0


def test_reading_it_is_noted_but_not_what_no_entry_names(desk, auditor, listed):
    desk.browser().get(f"/household/{listed[0]}")
    auditor.get("/audit", params={"on": listed[0]})
    auditor.get("/audit", params={"on": "13912345678"})
    noted = [(one.what, one.on, one.who) for one in trail(desk.home)[-2:]]
    assert noted == [("desk view audit", on, "auditor") for on in (listed[0], "")]


def test_only_the_newest_are_listed(desk, auditor):
    for _ in range(MOST_SHOWN):
        auditor.get("/audit")
    assert len(trail(desk.home)) > MOST_SHOWN
    assert rows(auditor) == MOST_SHOWN


def test_the_whole_trail_is_verified_with_an_anchor_off_paper(desk, auditor):
    number, last = len(trail(desk.home)), trail(desk.home)[-1].hash
    anchor = "-".join([str(number), *(last[place : place + 4] for place in range(0, 16, 4))])
    assert SOUND in auditor.get("/audit", params={"anchor": ""}).text
    assert SOUND in auditor.get("/audit", params={"anchor": anchor}).text
    wrong = anchor[:-1] + ("0" if anchor[-1] != "0" else "1")
    assert "起被重写" in auditor.get("/audit", params={"anchor": wrong}).text
    assert auditor.get("/audit", params={"anchor": "12"}).status_code == 400


def test_a_changed_entry_is_named(desk, auditor):
    path = Trail(desk.home).file
    files.write(path, files.read(path).replace(b'"what":"publish"', b'"what":"publisc"', 1))
    page = auditor.get("/audit", params={"anchor": ""}).text
    assert BROKEN in page
    assert SOUND not in page


@pytest.mark.parametrize("role", Role, ids=lambda role: role.name.lower())
def test_it_is_in_the_menu_of_auditors_and_of_nobody_else(desk, role):
    page = desk.browser(role).get("/me").text
    assert ('href="/audit"' in page) == (role is Role.AUDITOR)
