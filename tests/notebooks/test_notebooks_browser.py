"""The notebooks in a real headless Chromium, behind the login of the desk."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from flows.access.roles import Role
from flows.desk.accounts import Accounts, enrol
from tests.browser import ARGUMENTS, CHROMIUM, MARKS, PATIENCE, log_in, served, stop
from tests.night import county

pytestmark = MARKS
NOTEBOOK = "/notebooks/quality/"


@pytest.fixture(scope="module")
def home(after_first_night, tmp_path_factory):
    return county.copy(after_first_night, tmp_path_factory.mktemp("published") / "home")


@pytest.fixture(scope="module")
def link(home):
    server, link = served(home)
    yield link
    stop(server)


@pytest.fixture
def page():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = chromium.new_context()
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield context.new_page()
        chromium.close()


def test_without_a_login_page_and_websocket_are_refused(page, link):
    page.goto(f"{link}{NOTEBOOK}")
    assert urlsplit(page.url).path == "/login"
    place = urlsplit(link).netloc
    with pytest.raises(InvalidStatus, match="403"):
        connect(f"ws://{place}{NOTEBOOK}ws?session_id=s_123456", origin=link)


def test_it_shows_its_tables_gives_none_away_and_runs_no_code_that_a_browser_sends(
    page, home, link
):
    accounts = Accounts(home.state / "accounts.json")
    log_in(page, link, enrol(accounts, "officer", "数据员", Role.OFFICER, None))
    page.goto(f"{link}{NOTEBOOK}")
    expect(page.locator("marimo-table tbody tr").first).to_be_visible()
    assert page.get_by_text("Download").count() == 0
    answer = page.request.post(
        f"{link}{NOTEBOOK}api/kernel/run",
        data={"cellIds": ["x"], "codes": ["1"]},
        headers={"origin": link},
    )
    assert answer.status in {401, 403}
