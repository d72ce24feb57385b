from decimal import Decimal
from types import SimpleNamespace

import pytest

from data_contracts.records import RECORDS
from tests.signals.asking import ask, complete, days_ago, facts, people
from transforms.signals.benefit_suspended import benefit_suspended

LIMITS = SimpleNamespace(window_days=365)
EXAMPLE = {
    "benefit": f"""
        record_key | person_id | benefit          | benefit_status | monthly_amount | ends_on
        b          | cho       | resident_pension | suspended      | 225            | {days_ago(360)}
        """,
    "resident": "record_key | person_id | life_status\nr | cho | normal",
}
ANA = people("person_id | household_id\nana | h1")
SUSPENDED = "resident_pension | suspended | |"


def registered(status: str = "normal"):
    return facts("resident", f"record_key | person_id | life_status\nr | ana | {status}")


def asked(*rows: str, who=ANA, coverage=None, **records):
    """Benefits of ana as: benefit, benefit_status, starts_on, ends_on."""
    head = "record_key | person_id | benefit | benefit_status | starts_on | ends_on\n"
    text = "\n".join(f"b{at} | ana | {row}" for at, row in enumerate(rows))
    given = {"benefit": facts("benefit", head + text), "resident": registered(), **records}
    return ask(benefit_suspended, who, LIMITS, coverage, **given)


@pytest.mark.parametrize("kind", ["employee_pension", "resident_pension", "survivor", "injury"])
def test_every_lasting_benefit_counts_and_is_yellow(kind):
    (row,) = asked(f"{kind} | stopped | | {days_ago(30)}")
    assert (row["record_key"], row["severity"]) == ("b0", 1)


@pytest.mark.parametrize("kind", ["unemployment", ""])
def test_other_benefits_do_not(kind):
    assert asked(f"{kind} | stopped | | {days_ago(30)}") == []


@pytest.mark.parametrize("status", ["suspended", "stopped"])
@pytest.mark.parametrize(("days", "fires"), [(0, True), (365, True), (366, False), (-1, False)])
def test_expires_after_the_window(status, days, fires):
    assert bool(asked(f"resident_pension | {status} | | {days_ago(days)}")) is fires


@pytest.mark.parametrize(
    ("status", "fires"), [("suspended", True), ("stopped", False), ("", False), ("paying", False)]
)
def test_without_a_date_only_a_suspension_that_stands_counts(status, fires):
    assert bool(asked(f"resident_pension | {status} | |")) is fires


@pytest.mark.parametrize(
    ("other", "fires"),
    [
        ("employee_pension | paying | |", False),
        ("employee_pension |  | |", False),
        (" | paying | |", False),
        (f"survivor | paying | {days_ago(0)} |", False),
        (f"survivor | paying | {days_ago(-1)} |", True),
        (f"survivor | paying | | {days_ago(0)}", True),
        (f"survivor | stopped | | {days_ago(-1)}", False),
        ("unemployment | paying | |", True),
    ],
)
def test_another_pension_that_is_or_may_be_paid_holds_it_back(other, fires):
    assert bool(asked(SUSPENDED, other)) is fires


@pytest.mark.parametrize(("amount", "measure"), [("225.50", Decimal("225.50")), ("", Decimal(0))])
def test_measures_what_is_missing_a_month(amount, measure):
    head = "record_key | person_id | benefit | benefit_status | monthly_amount\n"
    rows = facts("benefit", f"{head}b | ana | resident_pension | suspended | {amount}")
    (found,) = ask(benefit_suspended, ANA, LIMITS, benefit=rows, resident=registered())
    assert found["measure"] == measure


@pytest.mark.parametrize(
    ("status", "fires"),
    [
        ("normal", True),
        ("death_pending", True),
        ("moved_out", False),
        ("cancelled", False),
        ("dead", False),
        ("", False),
    ],
)
def test_the_register_must_say_that_the_receiver_lives_here(status, fires):
    assert bool(asked(SUSPENDED, resident=registered(status))) is fires


def test_nobody_outside_the_register_is_known_to_live():
    assert asked(SUSPENDED, resident=facts("resident")) == []


@pytest.mark.parametrize(("status", "fires"), [("death_pending", True), ("dead", False)])
def test_a_confirmed_death_explains_it_and_a_reported_one_does_not(status, fires):
    who = people(f"person_id | household_id | life_status\nana | h1 | {status}")
    assert bool(asked(SUSPENDED, who=who)) is fires


@pytest.mark.parametrize("missing", ["benefit", "resident"])
def test_silence_tells_nothing_where_a_source_is_not_complete_and_fresh(missing):
    coverage = complete(*(name for name in RECORDS if name != missing))
    assert asked(SUSPENDED, coverage=coverage) == []
