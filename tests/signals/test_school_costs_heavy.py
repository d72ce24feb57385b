from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, people
from transforms.signals.school_costs_heavy import school_costs_heavy

LIMITS = SimpleNamespace(
    threshold=Decimal("10000.00"), window_days=365, excluded_population=("dibao", "tekun")
)
EXAMPLE = {
    "schooling": f"""
        record_key | person_id | stage   | own_cost | year_begins_on
        y1         | ana       | college | 10100    | {days_ago(360)}
        """,
}
WHO = people("person_id | life_status\nana | alive\nben | dead")


def asked(cost="10000", stage="college", status="enrolled", days=80, who="ana", helped=""):
    head = "record_key | person_id | stage | own_cost | enrolment_status | year_begins_on"
    begins = "" if days is None else days_ago(days)
    years = facts("schooling", f"{head}\ny | {who} | {stage} | {cost} | {status} | {begins}")
    aid = facts("assistance", f"record_key | person_id | category | approved_on\n{helped}")
    return ask(school_costs_heavy, WHO, LIMITS, schooling=years, assistance=aid)


@pytest.mark.parametrize(
    ("cost", "fires"), [("10000", True), ("9999.99", False), ("10000.01", True), ("", False)]
)
def test_what_the_family_bears_is_compared_with_the_line(cost, fires):
    rows = asked(cost)
    assert bool(rows) is fires
    assert all(row["severity"] == 1 and row["measure"] == Decimal(cost) for row in rows)


@pytest.mark.parametrize(
    ("stage", "fires"),
    [
        ("preschool", True),
        ("compulsory", False),
        ("high_school", True),
        ("vocational", True),
        ("college", True),
        ("university", True),
        ("", False),
    ],
)
def test_compulsory_education_is_free_and_an_unknown_stage_may_be_it(stage, fires):
    assert bool(asked(stage=stage)) is fires


@pytest.mark.parametrize(
    ("status", "fires"),
    [("enrolled", True), ("dropout_suspected", True), ("", True), ("left", False)],
)
def test_who_has_left_school_pays_no_more(status, fires):
    assert bool(asked(status=status)) is fires


@pytest.mark.parametrize(
    ("days", "fires"), [(0, True), (365, True), (366, False), (-1, False), (None, False)]
)
def test_a_school_year_expires(days, fires):
    assert bool(asked(days=days)) is fires


def test_whose_schooling_is_provided_for_is_left_out():
    assert asked(helped=f"a | ana | dibao | {days_ago(9)}") == []
    assert asked(helped=f"a | ana | low_income_margin | {days_ago(9)}")
    assert asked(helped="a | ana | dibao | ")


def test_the_dead_are_not_flagged():
    assert asked(who="ben") == []
