"""What an officer's pause means to triage: a rest that new evidence ends, and never a visit."""

from datetime import date

import pytest

from tests.drawn import drawn
from transforms.covered import ORDERS, covered, standing
from transforms.escalated import AT_DESK, sent_to_county

ON = date(2026, 11, 22)
NEVER_HELPED = drawn("household_id | helped_on", helped_on="date")


def orders(text):
    header = text.strip().splitlines()[0]
    kinds = {name: kind for name, kind in ORDERS.items() if kind != "string" and name in header}
    drawing = drawn(text, **kinds)
    missing = {name: None for name in ORDERS if name not in drawing.columns}
    return drawing.mutate(**missing).cast({name: ORDERS[name] for name in missing})


@pytest.mark.parametrize("kind", AT_DESK)
def test_a_pause_is_no_try_that_ended_without_help(kind):
    paused = orders(
        f"""
        household_id | order_no | issued_on  | until      | outcome
        h            | o1       | 2026-08-05 | 2026-08-10 | not_eligible
        h            | desk-7   | 2026-09-05 | 2026-09-10 | {kind}
        h            | desk-8   | 2026-10-05 | 2026-10-10 | {kind}
        """
    )
    assert sent_to_county(paused, NEVER_HELPED, 2, ON).to_pyarrow().to_pylist() == []


@pytest.mark.parametrize("kind", AT_DESK)
def test_a_pause_does_not_hide_what_the_last_visit_asked_for(kind):
    paused = orders(
        f"""
        household_id | order_no | issued_on  | until      | outcome   | goes_to
        h            | o1       | 2026-10-05 | 2026-10-10 | not_found | county
        h            | desk-7   | 2026-11-05 | 2026-11-10 | {kind}    |
        """
    )
    assert len(sent_to_county(paused, NEVER_HELPED, 9, ON).to_pyarrow().to_pylist()) == 1


@pytest.mark.parametrize(
    ("severity", "first_found", "signal", "until", "is_covered"),
    [
        (2, "2026-10-01", "rent", "2026-12-01", True),
        (3, "2026-10-01", "rent", "2026-12-01", False),  # something worse
        (2, "2026-11-11", "bill", "2026-12-01", False),  # a need that is new since
        (2, "2026-11-10", "bill", "2026-12-01", True),  # it was known on the day itself
        (1, "2026-11-11", "bill", "2026-12-01", True),  # a mere hint
        (2, "2026-10-01", "rent", "2026-11-22", False),  # the day has come
        (2, "2026-10-01", "rent", "2026-11-23", True),
    ],
)
def test_a_pause_covers_until_its_day_and_unless_there_is_new_evidence(
    severity, first_found, signal, until, is_covered
):
    findings = drawn(
        f"""
        household_id | person_id | signal   | severity   | measure | occurred_on | first_found   | is_sensitive
        h            | p         | {signal} | {severity} | 100.00  | 2026-10-01  | {first_found} | false
        """,
        severity="int8", measure="decimal(16, 2)", occurred_on="date", first_found="date",
        is_sensitive="boolean",
    )  # fmt: skip
    kinds = drawn("signal | by_event\nrent | false\nbill | false", by_event="boolean")
    paused = orders(
        f"""
        household_id | order_no | severity | issued_on  | until   | visited_on | outcome
        h            | desk-7   | 2        | 2026-11-10 | {until} | 2026-11-10 | desk_snooze
        """
    )
    issued_for = drawn(
        "order_no | signal | measure\ndesk-7 | rent | 100.00", measure="decimal(16, 2)"
    )
    judged = covered(findings, kinds, standing(paused, issued_for, ON), 2)
    assert judged.to_pyarrow().to_pylist()[0]["covered"] is is_covered
