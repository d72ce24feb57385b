"""The notebook of the console in a real headless Chromium, behind the login of the desk."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright
from snapshot_fixture import STORY, build_snapshot
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from flows import files
from flows.access.roles import Role
from flows.desk.accounts import Accounts, enrol, renew
from flows.home import CONFIG_FILE, Home
from tests.browser import ARGUMENTS, CHROMIUM, MARKS, PATIENCE, log_in, served, stop

pytestmark = MARKS
NOTEBOOK = "/notebooks/console/"


def made_home(root):
    """A home with a desk account and, as yet, no published night."""
    files.write(root / CONFIG_FILE, '[site]\nname = "示例县"\ncounty = "370881"\n')
    home = Home(root)
    accounts = Accounts(home.state / "accounts.json")
    enrol(accounts, "officer", "数据员", Role.OFFICER, None)
    return home


def entered(page, home, link):
    """Somebody logged in; every login has a second factor of its own, since a code works once."""
    accounts = Accounts(home.state / "accounts.json")
    log_in(page, link, renew(accounts, accounts.all()["officer"]))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = made_home(tmp_path_factory.mktemp("published"))
    build_snapshot(files.folder(made.state) / "snapshot.duckdb")
    return made


@pytest.fixture(scope="module")
def link(home):
    server, link = served(home)
    yield link
    stop(server)


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1360, "height": 900})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def notebook(page, home, link):
    """The address of the notebook, for somebody who has logged in."""
    entered(page, home, link)
    return f"{link}{NOTEBOOK}"


def rows_of_list(page):
    return page.locator("marimo-table tbody tr")


def test_the_officer_narrows_the_list_opens_a_household_and_reads_the_proof(page, notebook):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda websocket: asked.append(websocket.url))
    page.goto(notebook)
    expect(page.locator(".ds-head")).to_contain_text("2026 年 3 月 7 日")
    expect(page.locator(".ds-count")).to_contain_text("名单 30 户")
    expect(rows_of_list(page)).to_have_count(15)

    page.get_by_label("乡镇").select_option(label="姚村镇")
    expect(page.locator(".ds-count")).to_contain_text("名单 11 户")
    expect(rows_of_list(page)).to_have_count(11)
    expect(rows_of_list(page).filter(has_text="姚村镇")).to_have_count(11)

    rows_of_list(page).filter(has_text=STORY).locator("td").first.click()
    household = page.locator(f".ds-household[data-household={STORY}]")
    expect(household).to_contain_text("家庭成员")
    expect(household).to_contain_text("居民养老金 发放中")
    proof = household.locator(".ds-finding").filter(has_text="单次大额住院")
    expect(proof).to_contain_text("jiesuan_20260306.xlsx 第 1203 行")
    assert urlsplit(page.url).query == f"household={STORY}"

    page.get_by_text("返回名单").click()
    expect(page.locator(".ds-count")).to_contain_text("名单 11 户")
    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme not in {"data", "blob"}}
    assert hosts == {urlsplit(notebook).netloc}


@pytest.mark.long
def test_a_row_opens_its_own_household_after_sorting(page, notebook):
    page.goto(notebook)
    header = page.locator("marimo-table th").filter(has_text="户号")
    expect(rows_of_list(page).first).to_contain_text(STORY)
    for first in (STORY, "H000030"):
        header.hover()
        header.locator("button").first.click()
        expect(rows_of_list(page).first).to_contain_text(first)
    rows_of_list(page).first.locator("td").nth(3).click()
    expect(page.locator(".ds-household[data-household=H000030]")).to_be_visible()


def test_an_address_opens_a_household_and_back_leads_to_the_list(page, notebook):
    page.goto(notebook)
    expect(rows_of_list(page).first).to_be_visible()
    page.goto(f"{notebook}?household={STORY}")
    expect(page.locator(".ds-household h2")).to_contain_text(STORY)
    page.go_back()
    expect(rows_of_list(page).first).to_be_visible()


@pytest.mark.long
def test_an_unknown_household_is_said_in_words_and_its_text_is_not_run(page, notebook):
    page.goto(f"{notebook}?household=<img src=x onerror=alert(1)>")
    expect(page.locator(".ds-notice")).to_contain_text("名单中没有户 <img")


@pytest.mark.long
def test_before_the_first_night_a_page_says_what_to_do(page, tmp_path):
    home = made_home(tmp_path)
    server, link = served(home)
    try:
        entered(page, home, link)
        page.goto(f"{link}{NOTEBOOK}")
        expect(page.locator(".ds-notice")).to_contain_text("doorstep nightly")
    finally:
        stop(server)


def test_without_a_login_page_and_websocket_are_refused(page, link):
    page.goto(f"{link}{NOTEBOOK}")
    assert urlsplit(page.url).path == "/login"
    place = urlsplit(link).netloc
    with pytest.raises(InvalidStatus, match="403"):
        connect(f"ws://{place}{NOTEBOOK}ws?session_id=s_123456", origin=link)


def test_the_console_runs_no_code_that_a_browser_sends(page, notebook):
    page.goto(notebook)
    expect(rows_of_list(page).first).to_be_visible()
    answer = page.request.post(
        f"{notebook}api/kernel/run",
        data={"cellIds": ["x"], "codes": ["1"]},
        headers={"origin": notebook.removesuffix(NOTEBOOK)},
    )
    assert answer.status in {401, 403}
