"""Names and notes that are code: every page that shows some shows them as text and runs none."""

import json
from datetime import timedelta

import pytest

from flows import files
from flows.access.roles import Role
from flows.audit.entries import Deed
from flows.audit.trail import Trail
from flows.desk import trials
from flows.ledger import Ledger
from flows.meetings import DECIDED, PICKED
from flows.planning import trial
from flows.policy.drafts import save_draft
from flows.review.known_pairs import KIND
from flows.review.verdicts import SAME
from tests.desk.desk_client import Desk
from tests.night import county
from transforms.escalated import IN_VAIN

HOSTILE = "<script>alert(1)</script>'\"&{{31337*3}}"
PRODUCT = "94011"
"""What a template that ran the note would print; no count of the page comes to as much."""
HOSTILE_FILE = HOSTILE.replace("/", "")
"""No file's name has a slash in it."""
EXAMPLE = ("household", "place", "said")
ON = "2027-01-20"
PUBLISHED = {
    "member": ["name"],
    "worklist": ["lead_name", "village_name"],
    "timeline": ["what"],
    "proof": ["file_name"],
    "contact": ["shown"],
    '"case"': ["visitor", "conclusions"],
}
"""Columns in which somebody else's words were published."""


@pytest.fixture(scope="module")
def desk(desk_home, tmp_path_factory):
    home = county.copy(desk_home, tmp_path_factory.mktemp("hostile") / "home")
    with files.duckdb_database(home.snapshot) as snapshot:
        for table, columns in PUBLISHED.items():
            for column in columns:
                snapshot.execute(f"UPDATE {table} SET {column} = ?", [HOSTILE])
        said = [f"{IN_VAIN}{HOSTILE}"]
        snapshot.execute("UPDATE worklist SET state = 'county', state_reason = ?", said)
    ledger = Ledger(home.ledger)
    put_on_the_agenda(ledger)
    put_up_for_adoption(home, ledger)
    answer_and_try(home, ledger)
    Trail(home).note(Deed(what="desk unmask", on="P00000001", reason=HOSTILE), HOSTILE, HOSTILE)
    return Desk(home)


def put_on_the_agenda(ledger):
    said = {"persons": [], "who": HOSTILE, "at": HOSTILE}
    household = ledger.orders(ledger.position())[0].household_id
    case = {"on": ON, "household_id": household, "reason": HOSTILE}
    number = ledger.note(PICKED, {**said, **case})
    ledger.note(DECIDED, {**said, "item": number, "decision": HOSTILE, "owner": HOSTILE, "due": ON})


def answer_and_try(home, ledger):
    """An answer by somebody of an odd name, a file of an odd name, and a trial whose words are odd."""
    body = {"question_no": "1", "record_keys": ["a", "b"], "same": True, "answer": SAME}
    ledger.decide(KIND, [{**body, "given_at": HOSTILE}], HOSTILE)
    files.write(home.held / "vehicle" / f"0123456789abcdef__{HOSTILE_FILE}", b"x")
    files.write(home.held / "vehicle" / f"0123456789abcdef__{HOSTILE_FILE}.说明.txt", HOSTILE)
    folder = trials.folder_of(home, "officer")
    change = {"before": 1, "after": 2, "added": [HOSTILE], "removed": []}
    row = {"title": HOSTILE, "flagged": change, "visited": change}
    example = {"what": HOSTILE, "count": 1, "rows": [dict.fromkeys(EXAMPLE, HOSTILE)]}
    told = {"flagged": change, "visited": change, "waiting": {"before": 1, "after": 2}}
    told |= {"by_township": [row], "by_signal": [row], "examples": [example], "lines": [HOSTILE]}
    told |= {"state": "done", "night": HOSTILE, "sooner": 0, "later": 0}
    files.write(folder / trial.RESULT, json.dumps(told))


def put_up_for_adoption(home, ledger):
    night = ledger.orders(ledger.position())[0].issued_on
    change = {"before": 1, "after": 2, "added": 1, "removed": 0}
    save_draft(
        home,
        {"township_capacity": 3},
        since=night + timedelta(days=30),
        document=HOSTILE,
        document_date=night,
        reason=HOSTILE,
        figures={"night": str(night), "flagged": change, "visited": change},
        who=HOSTILE,
        at=HOSTILE,
    )


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.OFFICER, "/list"),
        (Role.OFFICER, "/household/{household}"),
        (Role.OFFICER, "/back"),
        (Role.OFFICER, "/meeting"),
        (Role.OFFICER, f"/meeting/{ON}"),
        (Role.OFFICER, "/drafts"),
        (Role.OFFICER, "/"),
        (Role.OFFICER, "/who/people"),
        (Role.OFFICER, "/what-if/result"),
        (Role.AUDITOR, "/audit"),
    ],
    ids=lambda one: one.name.lower() if isinstance(one, Role) else one,
)
def test_names_and_notes_that_are_code_are_shown_and_never_run(desk, listed, role, place):
    page = desk.browser(role).get(place.format(household=listed[0])).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert PRODUCT not in page


def test_they_stand_in_an_export_as_they_are(desk):
    exported = desk.browser().get("/list/export?as=csv").content.decode("utf-8-sig")
    assert "alert(1)" in exported
