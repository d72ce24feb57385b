"""Every role at every page: of a class that it may not see, no value stands in what it is answered."""

import io
import re
import unicodedata
import zipfile
from html import unescape

import pytest

from flows import files
from flows.access.roles import SEES, Role, Sight
from flows.desk.app import all_pages
from flows.desk.permissions import _SHOWS, Need, is_allowed
from flows.ledger import Ledger
from flows.meetings import DECIDED, PICKED
from tests.access.sights import leaked, values_of
from tests.desk.desk_client import OWN, TOWNSHIP, Desk, send, token
from tests.night import county
from tests.privacy.looking import joined

PAGES = [page for page in all_pages() if page.method == "GET" and page.path != "/login"]
ASKED = {"/audit": "?anchor=", "/who/people": "?id={person}"}
"""What an address asks, where a page shows more when it is asked."""

BESIDES = {"/back": Need.DECIDE}
"""Pages that show more to a reader who may more, and what that reader must be allowed."""

UNMASKED = {Sight.ID_NUMBER, Sight.PHONE}
"""Shown on no page, but of one person for a reason."""

WITH_PHONE = """
SELECT household_id, person_id FROM contact JOIN member USING (household_id, person_id)
WHERE kind = 'phone' AND length(id_last4) > 4 ORDER BY ALL LIMIT 1
"""

ON, DECISION = "2027-01-20", "由医保局牵头先行救助这一家"
SHEET = "工作单号,走访日期,走访人,是否见到本人,核实结论\n{order},{on},王走访,是,说不清楚\n"

MORE = {
    Sight.PLACE: "SELECT village_name FROM worklist WHERE village_name <> '' "
    "AND NOT EXISTS (FROM township WHERE contains(name, village_name))",
    Sight.MASKED: "SELECT name FROM member",
    Sight.POLICE: "SELECT what FROM timeline WHERE source = 'incident'",
}
"""Classes that only the desk shows, and where their values are published.

Sex, age and kinship, weights and probabilities are words and figures like any others: nobody could
tell one that leaked from one that is of something else.
"""

_RANDOM = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{16}|\d+(?:-[0-9a-f]{4}){4})\b")
"""Tokens, hashes, deliveries and anchors: in these a diagnosis' four letters may stand by chance."""


@pytest.fixture(scope="module")
def home(desk_home, tmp_path_factory):
    return county.copy(desk_home, tmp_path_factory.mktemp("columns") / "home")


@pytest.fixture(scope="module")
def desk(home):
    return Desk(home)


@pytest.fixture(scope="module")
def browsers(desk):
    """One for every role; the clock stands still meanwhile."""
    return {role: desk.browser(role) for role in Role}


@pytest.fixture(scope="module")
def order(home):
    """An order of our clerk's township."""
    ledger = Ledger(home.ledger)
    orders = ledger.orders(ledger.position())
    return next(one for one in orders if one.township_code == TOWNSHIP)


@pytest.fixture(scope="module")
def address(home, browsers, order):
    """Where a page is found, once a case is decided and the clerk has handed in a faulty sheet."""
    decide_a_case(home, order.household_id)
    content = hand_in(browsers[Role.TOWNSHIP], home, order)
    named = {
        "household": order.household_id,
        "person": order.members[0],
        "day": ON,
        "month": str(order.issued_on)[:7],
        "content": content,
    }

    def of(page):
        kind = "errors" if page.path.startswith("/back") else "xlsx"
        return (page.path + ASKED.get(page.path, "")).format(**named, kind=kind)

    return of


def decide_a_case(home, household):
    said = {"persons": [], "who": "officer", "at": f"{ON}T09:00:00"}
    ledger = Ledger(home.ledger)
    case = {"on": ON, "household_id": household, "reason": "多部门会商"}
    number = ledger.note(PICKED, {**said, **case})
    decided = {"item": number, "decision": DECISION, "owner": "医保局", "due": "2027-02-01"}
    ledger.note(DECIDED, {**said, **decided})


def hand_in(browser, home, order):
    """The clerk's sheet; what it is called in addresses."""
    sheet = SHEET.format(order=order.order_no, on=order.issued_on).encode()
    form = {"csrf": token(browser.get("/me"))}
    browser.post("/back/upload", data=form, files={"file": ("反馈.csv", sheet)}, headers=OWN)
    ledger = Ledger(home.ledger)
    return ledger.returned(ledger.position())[0]["content"]


@pytest.fixture(scope="module")
def values(home):
    """By class: the values that stand for it, written as `told` writes an answer."""
    found = values_of(home) | {Sight.NOTE: {DECISION}}
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        for sight, sql in MORE.items():
            found[sight] = {value for (value,) in snapshot.execute(sql).fetchall()}
    return {sight: {even(value) for value in known} for sight, known in found.items()}


def even(text):
    """A text without what typesetting changes."""
    return joined(unicodedata.normalize("NFKC", text))


def told(answer):
    """What an answer says: with its tags, because of what they hold, and without them."""
    text = answer.text
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            text = "|".join(book.read(name).decode(errors="ignore") for name in book.namelist())
    text = _RANDOM.sub("", text)
    return [even(unescape(text)), even(unescape(re.sub("<[^>]+>", "|", text)))]


def shown(values, answer):
    """The classes of which an answer holds a value."""
    texts = told(answer)
    return {sight for sight, known in values.items() if leaked(known, texts)}


@pytest.mark.parametrize("role", Role, ids=lambda role: role.name.lower())
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_shows_nothing_that_the_role_may_not_see(page, role, browsers, address, values):
    answer = browsers[role].get(address(page))
    is_open = page.needs is Need.SELF or is_allowed(role, page.needs)
    assert answer.status_code == (200 if is_open else 403)
    found = shown(values, answer)
    assert found - SEES[role] == set()
    assert found - declared(page, role) == set()


def declared(page, role):
    """The classes that permissions.py says the page shows this role."""
    needs = [page.needs, BESIDES.get(page.path)]
    return set().union(*(_SHOWS[one] for one in needs if one in _SHOWS and is_allowed(role, one)))


def test_the_search_finds_what_officers_are_shown(browsers, address, values, listed, home):
    officer, found = browsers[Role.OFFICER], set()
    for place in [*map(address, PAGES), *(f"/household/{one}" for one in listed[:25])]:
        found |= shown(values, officer.get(place))
    assert found == set(values) - UNMASKED
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        household, person = snapshot.execute(WITH_PHONE).fetchone()
    place, reason = f"/household/{household}/unmask", "电话核实住址"
    found |= shown(values, send(officer, place, person=person, reason=reason))
    assert found == set(values)
