from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, people, severities
from transforms.signal import RenewedBy
from transforms.signals.reported_by_people import reported_by_people

LIMITS = SimpleNamespace(window_days=60)
EXAMPLE = {
    "lead": f"""
        record_key | person_id | reported_on    | channel | need   | urgent
        l1         | ana       | {days_ago(58)} | hotline | income | no
        """,
}
WHO = people(
    "person_id | life_status | in_register\nana | alive | true\nben | dead | true\ncho | alive | false"
)


def told(*leads: str):
    """Leads as: person, days ago, urgent, channel, need."""
    text = "record_key | person_id | reported_on | urgent | channel | need"
    for at, lead in enumerate(leads):
        person, days, *more = lead.split(",")
        cells = [*more, "", "", ""][:3]
        text += f"\nl{at} | {person} | {days_ago(int(days)) if days else ''} | {' | '.join(cells)}"
    return ask(reported_by_people, WHO, LIMITS, lead=facts("lead", text))


@pytest.mark.parametrize(("urgent", "severity"), [("yes", 3), ("no", 2), ("", 2)])
def test_an_urgent_lead_is_red_and_any_other_yellow(urgent, severity):
    assert severities(told(f"ana,5,{urgent}")) == {"ana": severity}


@pytest.mark.parametrize(
    ("days", "fires"), [("0", True), ("60", True), ("61", False), ("-1", False), ("", False)]
)
def test_a_lead_expires(days, fires):
    assert bool(told(f"ana,{days},yes")) is fires


@pytest.mark.parametrize("channel", ["hotline", "village", "visitor", "self", ""])
@pytest.mark.parametrize("need", ["illness", "other", ""])
def test_a_lead_counts_whoever_brought_it_and_whatever_it_is_about(channel, need):
    assert severities(told(f"ana,5,no,{channel},{need}")) == {"ana": 2}


def test_every_lead_of_the_window_is_a_proof_and_is_counted():
    rows = told("ana,5,no", "ana,40,yes", "ana,61,yes")
    assert [(row["record_key"], row["measure"], row["severity"]) for row in rows] == [
        ("l0", 2, 2),
        ("l1", 2, 3),
    ]


def test_somebody_whom_no_register_knows_is_found_and_the_dead_are_not():
    assert severities(told("cho,5", "ben,5")) == {"cho": 2}


def test_a_further_lead_is_new_evidence_after_a_visit():
    assert reported_by_people.renewed_by is RenewedBy.EVENT


def test_the_family_is_not_told_who_told():
    said = reported_by_people.township_sentence + reported_by_people.verify
    assert not [word for word in ("热线", "村", "邻居", "反映", "举报", "群众") if word in said]
