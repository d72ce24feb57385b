"""Every page of the desk in a real Chromium: seen, printed, by keyboard, and by the rules of axe."""

from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from flows import files
from flows.access.roles import Role
from flows.desk import trials
from flows.desk.accounts import Accounts, enrol
from flows.desk.app import all_pages
from flows.desk.notebooks import notebook_titles
from flows.desk.permissions import Need, is_allowed
from flows.ledger import Ledger
from flows.meetings import PICKED
from flows.planning import trial
from flows.policy.drafts import draft_text
from tests.browser import ARGUMENTS, CHROMIUM, MARKS, PATIENCE, log_in, served, stop
from tests.desk.desk_client import TOWNSHIP
from tests.night import county

pytestmark = MARKS
SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
SCREEN = {"width": 1360, "height": 900}
A4_WIDTH = 794
"""Of a page at 96 dots an inch."""

OF_THE_PAGE = {"data", "blob"}
"""What a page asks of itself."""


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
def chromium():
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def page(chromium, home, address):
    """A page in which an officer has logged in, in Chinese, without any network but the desk."""
    return opened(chromium, home, address, Role.OFFICER)


def opened(chromium, home, address, role):
    """A page of a browser of its own, in which somebody of a role has logged in, or nobody."""
    context = chromium.new_context(viewport=SCREEN, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    if role:
        township = TOWNSHIP if role is Role.TOWNSHIP else None
        accounts = Accounts(home.state / "accounts.json")
        log_in(page, address, enrol(accounts, role.name.lower(), role.value, role, township))
    return page


MEETING = "2026-12-01"


def officers_places(home, listed):
    """Every page that officers open, with a name for its picture; a meeting has a case to decide."""
    body = {"on": MEETING, "household_id": listed[0], "persons": [], "reason": "多部门会商"}
    Ledger(home.ledger).note(PICKED, {**body, "who": "officer", "at": f"{MEETING}T09:00:00"})
    pages = [one for one in all_pages() if one.method == "GET" and one.path != "/list/export"]
    open_to_them = [one for one in pages if one.needs is Need.SELF or may(one.needs)]
    plain = [one.path for one in open_to_them if "{" not in one.path]
    return {
        **{path: path.strip("/").replace("/", "-") or "morning" for path in plain},
        f"/household/{listed[0]}": "household",
        f"/meeting/{MEETING}": "meeting-day",
        "/list?lang=en": "list-en",
        "/?lang=zh": "morning",
    }


def may(need):
    return need is not Need.NOBODY and is_allowed(Role.OFFICER, need)


def problems(page):
    """What axe finds that is serious or worse."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


def look_at(page, address, place, name):
    """Open a page: it is there, accessible, in a picture, and as wide as paper at most."""
    answer = page.goto(f"{address}{place}")
    assert answer.status == 200, place
    assert page.url == f"{address}{place}"
    page.screenshot(path=files.folder(SHOTS) / f"{name}.png", full_page=True)
    assert problems(page) == [], place
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4_WIDTH, "height": 1123})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= A4_WIDTH, f"{place} is {wide} wide on paper"
    printed = page.pdf(path=SHOTS / f"{name}.pdf", format="A4")
    assert printed.startswith(b"%PDF")
    page.emulate_media(media="screen")
    page.set_viewport_size(SCREEN)


@contextmanager
def alone_and_silent(page, address, kinds=None):
    """Meanwhile the page asks no other host, and its console says nothing (of some kinds)."""
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append((message.type, message.text)))
    page.on("pageerror", lambda error: said.append(("error", error.message)))
    yield
    assert [text for kind, text in said if kinds is None or kind in kinds] == []
    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme not in OF_THE_PAGE}
    assert hosts == {urlsplit(address).netloc}


def test_every_page_is_seen_accessible_and_fits_a4(page, address, home, listed):
    try_values(home)
    with alone_and_silent(page, address):
        for place, name in officers_places(home, listed).items():
            look_at(page, address, place, name)


def try_values(home):
    """A trial that the officer has made, as the desk would make it."""
    folder = trials.folder_of(home, "officer")
    night = date.fromisoformat(Ledger(home.ledger).nights()[-1]["night"])
    files.write(folder / trial.POLICY, draft_text({"township_capacity": 3}, night, "试算", night))
    assert trial.run(home, folder)["state"] == "done"


OTHERS = {
    "login": (None, "/login"),
    "audit": (Role.AUDITOR, "/audit?anchor="),
    "back-township": (Role.TOWNSHIP, "/back"),
    "who-reviewer": (Role.REVIEWER, "/who"),
    "morning-operator": (Role.OPERATOR, "/"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_page_as_others_see_it(chromium, home, address, name):
    role, place = OTHERS[name]
    page = opened(chromium, home, address, role)
    with alone_and_silent(page, address):
        look_at(page, address, place, name)
    page.context.close()


@pytest.mark.parametrize("name", notebook_titles())
def test_a_notebook_opens_behind_the_session_and_asks_nobody_else(page, address, name):
    notebook = page.context.new_page()
    with alone_and_silent(notebook, address, kinds={"error"}):
        notebook.goto(f"{address}/notebooks/{name}/")
        expect(notebook.get_by_role("heading", level=1).first).to_be_visible()
        notebook.wait_for_load_state("networkidle")
        notebook.screenshot(path=files.folder(SHOTS) / f"notebook-{name}.png", full_page=True)
        assert problems(notebook) == []
    notebook.close()


def test_a_notebook_speaks_the_language_that_was_chosen_at_the_desk(page, address):
    for language, title in (("en", "Data quality"), ("zh", "数据质量")):
        page.goto(f"{address}/me?lang={language}")
        page.goto(f"{address}/notebooks/quality/")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)


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


def test_the_values_that_can_be_tried_print_without_their_sliders(page, address):
    page.goto(f"{address}/what-if")
    page.emulate_media(media="print")
    expect(page.locator(".slide input[type=number]").first).to_be_visible()
    expect(page.locator(".slide input[type=range]").first).to_be_hidden()
    expect(page.get_by_role("button", name="开始试算")).to_be_hidden()
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
