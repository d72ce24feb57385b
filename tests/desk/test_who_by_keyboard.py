"""Pairs reviewed in a real Chromium with the keyboard alone; every answer is in the ledger."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from flows import files
from flows.access.roles import Role
from flows.desk.accounts import Accounts, enrol
from flows.ledger import Ledger
from flows.review.verdicts import effective, unhonoured
from tests.browser import ARGUMENTS, CHROMIUM, MARKS, PATIENCE, log_in, served, stop
from tests.desk.doubted_home import answers, doubted, known_answers
from tests.night import county

pytestmark = MARKS
SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
KEYS = {"1": "same", "2": "different", "3": "unsure"}
SETTINGS = "\n[review]\nknown_share = 0.1\ntwice_share = 0\n"


def reviewed(home, pairs):
    """Log in and press keys until nothing is left; what was pressed, by question."""
    (home.state / "accounts.json").unlink(missing_ok=True)
    accounts = Accounts(home.state / "accounts.json")
    enrolment = enrol(accounts, "reviewer", "核对员", Role.REVIEWER, None)
    server, link = served(home)
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = chromium.new_page()
            page.set_default_timeout(PATIENCE)
            expect.set_options(timeout=PATIENCE)
            log_in(page, link, enrolment)
            page.goto(f"{link}/who")
            pressed = _answer_all(page, 2 * pairs)
            chromium.close()
    finally:
        stop(server)
    return pressed


def _answer_all(page, most):
    pressed, undone = {}, False
    table = page.locator("table.pair")
    while table.count() and len(pressed) < most:
        number = table.get_attribute("data-question")
        key = "123"[len(pressed) % 3]
        _press(page, key)
        pressed[number] = KEYS[key]
        if len(pressed) == 1:
            _look(page)
        if len(pressed) == 5 and not undone:
            undone = True
            _press(page, "u")
            expect(page.locator("table.pair")).to_have_attribute("data-question", number)
            del pressed[number]
    return pressed


def _look(page):
    """The page with what the system thought of the last pair: a picture of it, and axe's opinion."""
    page.screenshot(path=files.folder(SHOTS) / "who-answered.png", full_page=True)
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []


def _press(page, key):
    """A key, and the page that comes of it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def checked(home, pressed, pairs):
    """Every answer is in the ledger: of real pairs in force, of known ones apart."""
    known = {body["question_no"]: body["answer"] for body in known_answers(home, "reviewer")}
    ledger = Ledger(home.ledger)
    given = {
        row["question_no"]: row["answer"]
        for row in ledger.answers(ledger.position()).iter_rows(named=True)
        if row["answer"]
    }
    assert given | known == pressed
    assert len(given) == pairs
    assert sum(answer is None for *_, answer in answers(home, "reviewer")) <= 1
    return given


def test_twenty_pairs_by_keyboard_alone(after_first_night, tmp_path):
    home = doubted(after_first_night, tmp_path / "home", 20, SETTINGS)
    checked(home, reviewed(home, 20), 20)


@pytest.mark.long
def test_three_hundred_pairs_by_keyboard_alone_and_the_next_night_honours_them(
    after_baseline, tmp_path
):
    home = doubted(after_baseline, tmp_path / "home", 300, SETTINGS)
    given = checked(home, reviewed(home, 300), 300)
    county.run(home, 1)
    ledger = Ledger(home.ledger)
    verdicts = effective(ledger.answers(ledger.position()))
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        links = snapshot.execute("SELECT record_key, person_id FROM link").pl()
    assert verdicts.height == sum(answer != "unsure" for answer in given.values())
    assert unhonoured(verdicts, links).height == 0
