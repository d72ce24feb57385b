"""Every page of the desk against every role; and what the door lets nobody do."""

import re

import pytest
from starlette.websockets import WebSocketDisconnect

from flows.access.roles import SEES, Role
from flows.desk.app import all_pages
from flows.desk.guard import LARGEST_BODY
from flows.desk.permissions import _SHOWS, _WHO, Need, is_allowed
from tests.desk.desk_client import HOST, OWN, send, trail

PAGES = all_pages()
WORKS = {
    Role.OPERATOR: {Need.MORNING},
    Role.OFFICER: set(Need) - {Need.NOBODY, Need.SELF, Need.AUDIT},
    Role.REVIEWER: {Need.MORNING, Need.REVIEW},
    Role.TOWNSHIP: {Need.RETURNS},
    Role.AUDITOR: {Need.MORNING, Need.YIELD, Need.AUDIT},
    Role.ADMINISTRATOR: {Need.MORNING},
}
"""What each role may do, written out a second time: a change must be meant."""


@pytest.fixture(scope="module")
def browsers(desk):
    """One for every role; the clock stands still meanwhile."""
    opened = {role: desk.browser(role) for role in Role}
    for role in Role:
        assert opened[role].get("/me").status_code == 200
    return opened


def place(page):
    return page.path.replace("{household}", "H00000000")


@pytest.mark.parametrize("role", Role, ids=lambda role: role.name.lower())
@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.method} {page.path}")
def test_a_page_opens_for_whom_it_is_and_for_nobody_else(page, role, browsers, desk):
    if page.path in {"/login", "/logout"}:
        pytest.skip("these are tested with the login")
    allowed = page.needs is Need.SELF or page.needs in WORKS[role]
    browser = browsers[role]
    if page.method == "GET":
        status = browser.get(place(page)).status_code
    else:
        status = send(browser, place(page)).status_code
    assert (status != 403) == allowed
    assert status < 500
    assert desk.stranger().request(page.method, place(page), headers=OWN).status_code in {303, 401}


def test_no_role_may_more_than_the_table_of_roles_lets_it_see():
    for need, roles in _WHO.items():
        for role in roles:
            assert _SHOWS[need] <= SEES[role], (need, role)
    assert set(_WHO) == set(Need) - {Need.NOBODY, Need.SELF}
    assert not any(is_allowed(None, need) for need in Need if need is not Need.NOBODY)


def test_a_refusal_is_in_the_trail(desk, browsers):
    browsers[Role.TOWNSHIP].get("/list")
    last = trail(desk.home)[-1]
    assert (last.what, last.on, last.who) == ("desk refused", "/list", "township")


def test_a_post_needs_the_token_and_a_page_of_this_desk(desk, officer):
    form = {"delivery": "0" * 16, "reason": "核实过了"}
    assert officer.post("/release", data=form, headers=OWN).status_code == 403
    assert officer.post("/release", data=form).status_code == 403
    elsewhere = {"origin": "http://elsewhere.example"}
    assert officer.post("/release", data=form, headers=elsewhere).status_code == 403


def test_a_token_of_somebody_else_is_worth_nothing(desk, officer):
    from tests.desk.desk_client import token

    other = token(desk.browser(Role.AUDITOR).get("/me"))
    assert officer.post("/release", data={"csrf": other}, headers=OWN).status_code == 403


def test_every_answer_forbids_scripts_that_are_not_ours(officer, desk):
    for answer in (officer.get("/"), officer.get("/nowhere"), desk.stranger().get("/login")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_pages_of_persons_are_kept_by_no_browser(officer):
    assert officer.get("/list").headers["cache-control"] == "no-store"


def test_no_template_holds_a_script_or_a_style_or_another_host():
    from flows.desk import rendering

    loader = rendering.environment("zh").loader
    for name in loader.list_templates():
        text = loader.get_source(rendering.environment("zh"), name)[0]
        assert not re.search(r"<script>|<style|style=|\son[a-z]+=\"|https?://|\|\s*safe", text), (
            name
        )


def test_too_large_a_body_is_refused_before_it_is_read(officer):
    headers = {**OWN, "content-length": str(LARGEST_BODY + 1)}
    assert officer.post("/release", headers=headers, content=b"x").status_code == 413


def test_an_unknown_page_is_said_so_in_words(officer):
    answer = officer.get("/nowhere")
    assert answer.status_code == 404
    assert "没有这一页" in answer.text


class Room:
    """Stands for the notebooks; remembers who came in."""

    def __init__(self):
        self.visits = []

    async def __call__(self, scope, receive, send):
        self.visits.append(scope["type"])
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close"})
        else:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"inside"})


@pytest.fixture(scope="module")
def room():
    return Room()


@pytest.fixture(scope="module")
def with_notebooks(desk_home, room, tmp_path_factory):
    from tests.desk.desk_client import Desk
    from tests.night import county

    home = county.copy(desk_home, tmp_path_factory.mktemp("notebooks") / "home")
    return Desk(home, notebooks=room)


def opens(browser, origin=HOST):
    try:
        with browser.websocket_connect(
            "ws://desk/notebooks/console/ws", headers={"origin": origin}
        ):
            return True
    except WebSocketDisconnect:
        return False


def test_notebooks_open_for_officers_on_http_and_websocket(with_notebooks, room):
    browser = with_notebooks.browser()
    assert browser.get("/notebooks/console/").text == "inside"
    assert opens(browser)
    assert room.visits == ["http", "websocket"]


@pytest.mark.parametrize(
    "role", [None, *(role for role in Role if role is not Role.OFFICER)], ids=str
)
def test_notebooks_stay_shut_for_everybody_else(with_notebooks, room, role):
    room.visits.clear()
    browser = with_notebooks.browser(role) if role else with_notebooks.stranger()
    assert browser.get("/notebooks/console/").status_code in {303, 403}
    assert not opens(browser)
    assert room.visits == []


def test_another_page_cannot_open_the_websocket_with_the_readers_cookie(with_notebooks, room):
    room.visits.clear()
    assert not opens(with_notebooks.browser(), origin="http://elsewhere.example")
    assert room.visits == []
