"""The console in a real headless Chromium, served as `doorstep console` serves it."""

import os
import shutil
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright
from snapshot_fixture import STORY, build_snapshot
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

CHROMIUM = os.environ.get("DOORSTEP_CHROMIUM") or shutil.which("chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SERVE = """
import sys
from pathlib import Path
from flows.console import serve
serve(Path(sys.argv[1]), port=0)
"""
PATIENCE = 60_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(
        not CHROMIUM,
        reason="no Chromium here: install Debian's chromium, or name one in DOORSTEP_CHROMIUM",
    ),
]


def served(snapshot):
    """A running console and its link."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(snapshot)], stdout=subprocess.PIPE, text=True
    )
    link = next(line.strip() for line in server.stdout if line.startswith("http://"))
    return server, link


@pytest.fixture(scope="module")
def link(tmp_path_factory):
    snapshot = build_snapshot(tmp_path_factory.mktemp("published") / "snapshot.duckdb")
    server, link = served(snapshot)
    yield link
    server.terminate()
    server.wait()
    server.stdout.close()


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


def rows_of_list(page):
    return page.locator("marimo-table tbody tr")


def test_the_officer_narrows_the_list_opens_a_household_and_reads_the_proof(page, link):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda websocket: asked.append(websocket.url))
    page.goto(link)
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
    assert hosts == {urlsplit(link).netloc}


def test_a_row_opens_its_own_household_after_sorting(page, link):
    page.goto(link)
    header = page.locator("marimo-table th").filter(has_text="户号")
    expect(rows_of_list(page).first).to_contain_text(STORY)
    for first in (STORY, "H000030"):
        header.hover()
        header.locator("button").first.click()
        expect(rows_of_list(page).first).to_contain_text(first)
    rows_of_list(page).first.locator("td").nth(3).click()
    expect(page.locator(".ds-household[data-household=H000030]")).to_be_visible()


def test_an_address_opens_a_household_and_back_leads_to_the_list(page, link):
    page.goto(link)
    expect(rows_of_list(page).first).to_be_visible()
    page.goto(f"{link.split('?')[0]}?household={STORY}")
    expect(page.locator(".ds-household h2")).to_contain_text(STORY)
    page.go_back()
    expect(rows_of_list(page).first).to_be_visible()


def test_an_unknown_household_is_said_in_words_and_its_text_is_not_run(page, link):
    page.goto(f"{link}&household=<img src=x onerror=alert(1)>")
    expect(page.locator(".ds-notice")).to_contain_text("名单中没有户 <img")


def test_before_the_first_night_a_page_says_what_to_do(page, tmp_path):
    server, link = served(tmp_path / "snapshot.duckdb")
    try:
        page.goto(link)
        expect(page.locator(".ds-notice")).to_contain_text("doorstep nightly")
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()


def test_without_the_link_page_and_websocket_are_refused(page, link):
    place = urlsplit(link)
    assert page.goto(f"http://{place.netloc}/").status == 401
    with pytest.raises(InvalidStatus, match="403"):
        connect(f"ws://{place.netloc}/ws?session_id=s_123456")


def test_the_console_runs_no_code_that_a_browser_sends(page, link):
    page.goto(link)
    expect(rows_of_list(page).first).to_be_visible()
    answer = page.request.post(
        f"{link.split('?')[0]}api/kernel/run", data={"cellIds": ["x"], "codes": ["1"]}
    )
    assert answer.status in {401, 403}
