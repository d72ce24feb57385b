"""Every page of the desk in a real Chromium: seen, printed, by keyboard, and by the rules of axe."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from flows import files
from flows.access.roles import Role
from flows.desk.accounts import Accounts, enrol
from flows.desk.app import all_pages
from flows.ledger import Ledger
from flows.meetings import PICKED
from tests.browser import ARGUMENTS, CHROMIUM, MARKS, PATIENCE, log_in, served, stop
from tests.night import county

pytestmark = MARKS
SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
A4_WIDTH = 794
"""Of a page at 96 dots an inch."""


@pytest.fixture(scope="module")
def home(desk_home, tmp_path_factory):
    home = county.copy(desk_home, tmp_path_factory.mktemp("browser") / "home")
    (home.state / "accounts.json").unlink(missing_ok=True)
    files.write(home.held / "vehicle" / "0123456789abcdef__机动车.csv", b"x")
    return home


@pytest.fixture(scope="module")
def address(home):
    server, link = served(home)
    yield link
    stop(server)


@pytest.fixture(scope="module")
def page(home, address):
    """A page in which an officer has logged in, in Chinese, without any network but the desk."""
    enrolment = enrol(
        Accounts(home.state / "accounts.json"), "officer", "数据员", Role.OFFICER, None
    )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = chromium.new_context(viewport={"width": 1360, "height": 900}, locale="zh-CN")
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page = context.new_page()
        log_in(page, address, enrolment)
        yield page
        chromium.close()


NO_PAGES = {"/what-if/result", "/list/export"}
"""A part of a page, and a file."""
MEETING = "2026-12-01"


def places(home, listed):
    """Every page of the desk, with a name for its picture; a meeting has a case to decide about."""
    body = {"on": MEETING, "household_id": listed[0], "persons": [], "reason": "多部门会商"}
    Ledger(home.ledger).note(PICKED, {**body, "who": "officer", "at": f"{MEETING}T09:00:00"})
    shown = [page.path for page in all_pages() if page.method == "GET"]
    plain = [path for path in shown if "{" not in path and path not in NO_PAGES]
    places = {path: path.strip("/").replace("/", "-") or "morning" for path in plain}
    return {
        **places,
        f"/household/{listed[0]}": "household",
        f"/meeting/{MEETING}": "meeting-day",
        "/list?lang=en": "list-en",
    }


def problems(page):
    """What axe finds that is serious or worse."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


def test_every_page_is_seen_accessible_and_fits_a4(page, address, home, listed):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    said = []
    page.on("console", lambda message: said.append(message.text))
    for place, name in places(home, listed).items():
        answer = page.goto(f"{address}{place}")
        assert answer.status == 200, place
        page.screenshot(path=files.folder(SHOTS) / f"{name}.png", full_page=True)
        assert problems(page) == [], place
        page.emulate_media(media="print")
        page.set_viewport_size({"width": A4_WIDTH, "height": 1123})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= A4_WIDTH, f"{place} is {wide} wide on paper"
        printed = page.pdf(path=SHOTS / f"{name}.pdf", format="A4")
        assert printed.startswith(b"%PDF")
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1360, "height": 900})
    page.goto(f"{address}/?lang=zh")
    assert said == []
    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme != "data"}
    assert hosts == {urlsplit(address).netloc}


def test_an_officer_searches_opens_and_puts_a_household_off_by_keyboard(page, address, home):
    page.goto(f"{address}/list")
    page.keyboard.press("j")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused.startswith("H")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "words"
    page.keyboard.type(focused)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "search=" in url)
    assert focused not in page.url
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/household/{focused}")
    page.locator("select[name=kind]").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=until]")).to_be_visible()
    expect(page.locator("[name=visitor]")).to_be_hidden()
    page.locator(".acts [name=reason]").focus()
    page.keyboard.type("全家外出,月底回来")
    page.locator("[name=until]").fill(_soon(home))
    page.locator(".acts button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_contain_text("下一夜起生效")
    expect(page.get_by_text("全家外出,月底回来")).to_be_visible()


def _soon(home):
    """A day that a pause may end on."""
    from datetime import timedelta

    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        (night,) = snapshot.execute('SELECT "on" FROM night').fetchone()
    return str(night + timedelta(days=20))


def test_the_list_prints_its_households_and_no_controls(page, address):
    page.goto(f"{address}/list")
    page.emulate_media(media="print")
    expect(page.locator("[data-row]").first).to_be_visible()
    expect(page.locator(".acts")).to_be_hidden()
    expect(page.locator(".facets")).to_be_hidden()
    page.emulate_media(media="screen")


def test_the_boxes_of_a_page_are_ticked_at_once_and_counted(page, address):
    page.goto(f"{address}/list")
    boxes = page.locator("input[name=household]").count()
    page.locator("[data-all]").check()
    expect(page.locator("[data-count]")).to_have_text(str(boxes))


def test_the_desk_works_without_its_script(page, address, home, listed):
    context = page.context.browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(f"{address}/household/{listed[0]}")
    expect(plain.locator(".acts [name=until]")).to_be_visible()
    context.close()
