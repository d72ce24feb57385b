from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from data_contracts.records import RECORDS
from tests.signals.asking import ON, ask, complete, days_ago, facts, flagged, people
from transforms.coverage import Coverage, Covered
from transforms.signals.income_below_margin import income_below_margin

LIMITS = SimpleNamespace(
    margin_multiple=Decimal("1.50"),
    dibao_standard_rural=Decimal("600.00"),
    window_days=60,
    excluded_population=("dibao", "low_income_margin"),
    adult_age=18,
    elder_age=60,
)
EXAMPLE = {
    "enrolment": f"""
        record_key | person_id | insurance        | payment_status | status_since     | contribution_base
        e1         | ana       | employee_pension | paying         | {days_ago(1000)} | 2000
        e2         | gus       | employee_pension | paying         | {days_ago(1000)} | 9000
        """,
    "benefit": f"""
        record_key | person_id | benefit          | benefit_status | starts_on        | monthly_amount
        b1         | cho       | employee_pension | paying         | {days_ago(3000)} | 900
        """,
}
MOTHER_AND_CHILD = """
    person_id | household_id | age
    ana       | h            | 40
    ben       | h            | 10
    """


def asked(
    wages: str = "e1 | ana | employee_pension | paying | 1799.99",
    pensions: str = "",
    who: str = MOTHER_AND_CHILD,
    assistance: str = "",
    coverage=None,
    **changed,
):
    """A mother and her child, who together need 1800 yuan a month, unless drawn otherwise."""
    return ask(
        income_below_margin,
        people(who),
        SimpleNamespace(**{**vars(LIMITS), **changed}),
        coverage,
        enrolment=facts(
            "enrolment",
            "record_key | person_id | insurance | payment_status | contribution_base\n" + wages,
        ),
        benefit=facts(
            "benefit",
            "record_key | person_id | benefit | benefit_status | monthly_amount\n" + pensions,
        ),
        assistance=facts(
            "assistance", "record_key | person_id | category | approved_on\n" + assistance
        ),
    )


@pytest.mark.parametrize(
    ("wage", "lacking"), [("1799.99", "0.01"), ("1800", None), ("1000", "800")]
)
def test_fires_below_the_margin_per_head_and_measures_what_is_lacking(wage, lacking):
    rows = asked(f"e1 | ana | employee_pension | paying | {wage}")
    assert [(row["person_id"], row["measure"], row["severity"]) for row in rows] == (
        [("ana", Decimal(lacking), 1)] if lacking else []
    )


def test_every_row_of_income_in_the_family_proves_it():
    rows = asked(
        """
        e1 | ana | employee_pension | paying | 1000
        e2 | ana | employee_medical | paying | 1000
        e3 | ana | employee_medical | paused | 9000
        e4 | ana | resident_medical | paying | 9000
        e5 | ana | injury           | paying |
        """,
        "b1 | ben | survivor | paying | 300\nb2 | ben | survivor | stopped | 9000",
    )
    assert [(row["person_id"], row["record_key"], row["measure"]) for row in rows] == [
        ("ana", "e1", Decimal(500)),
        ("ana", "e2", Decimal(500)),
        ("ben", "b1", Decimal(500)),
    ]


@pytest.mark.parametrize(
    "wages",
    [
        "e1 | ana | employee_pension | paying |",
        "e1 | ana | employee_pension |        | 1000",
        "e1 | ana |                  | paying | 1000",
        "e1 | ana | resident_medical | paying |",
        "",
    ],
)
def test_an_income_that_is_unclear_or_unseen_proves_nothing(wages):
    assert asked(wages) == []


def test_a_benefit_beside_the_wage_that_may_be_paid_leaves_the_income_unclear():
    assert asked(pensions="b1 | ana | survivor | | 100") == []


@pytest.mark.parametrize(("age", "fires"), [(17, True), (18, False), (59, False), (60, True)])
def test_an_adult_without_wage_or_benefit_is_unseen_and_children_and_elders_are_not(age, fires):
    who = MOTHER_AND_CHILD.replace("10", str(age))
    assert bool(asked(who=who)) is fires
    assert asked(who=MOTHER_AND_CHILD.replace("10", "")) == []


def test_a_family_of_which_nothing_at_all_is_known_is_not_poor_but_unknown():
    old = "person_id | household_id | age\nana | h | 80"
    assert asked("", who=old) == []
    assert flagged(asked("", "b1 | ana | employee_pension | paying | 200", who=old)) == ["ana"]


def test_a_residents_pension_alone_does_not_tell_what_an_old_farmer_lives_on():
    old = "person_id | household_id | age\nana | h | 80"
    pension = "b1 | ana | resident_pension | paying | 200"
    assert asked("", pension, who=old) == []
    rows = asked("", f"{pension}\nb2 | ana | survivor | paying | 300", who=old)
    assert [(row["record_key"], row["measure"]) for row in rows] == [
        ("b1", Decimal(400)),
        ("b2", Decimal(400)),
    ]


@pytest.mark.parametrize("silent", ["enrolment", "benefit"])
def test_silence_is_believed_only_where_both_sources_are_complete(silent):
    assert asked(coverage=complete(*(set(RECORDS) - {silent}))) == []


@pytest.mark.parametrize(("days", "fires"), [(60, True), (61, False)])
def test_expires_with_the_freshness_of_the_sources(days, fires):
    old = Covered(
        complete_since=date(2020, 1, 1), latest=ON - timedelta(days=days), cadence_days=90
    )
    told = {"enrolment": old, "benefit": complete("benefit").by_record["benefit"]}
    assert bool(asked(coverage=Coverage(by_record=told, on=ON))) is fires


def test_a_family_of_which_somebody_is_helped_is_left_out():
    assert asked(assistance=f"1 | ben | dibao | {days_ago(9)}") == []
    assert flagged(asked(assistance="1 | ben | dibao |")) == ["ana"]
    assert flagged(asked(assistance=f"1 | ben | temporary | {days_ago(9)}")) == ["ana"]


def test_the_dead_neither_earn_nor_eat_and_a_dormitory_is_no_family():
    widow = """
        person_id | household_id | age | life_status
        ana       | h            | 40  | alive
        ben       | h            | 41  | dead
        """
    assert asked("e1 | ana | employee_pension | paying | 900", who=widow) == []
    earned = """
        e1 | ana | employee_pension | paying | 899
        e2 | ben | employee_pension | paying | 9000
        """
    assert flagged(asked(earned, who=widow)) == ["ana"]
    dormitory = "person_id | household_id | age | household_kind\nana | h | 40 | collective"
    assert asked(who=dormitory) == []


@pytest.mark.parametrize(("multiple", "fires"), [("1.50", False), ("1.51", True)])
def test_the_multiple_is_a_choice(multiple, fires):
    rows = asked("e1 | ana | employee_pension | paying | 1800", margin_multiple=Decimal(multiple))
    assert bool(rows) is fires


def test_a_line_that_is_no_whole_number_of_fen_is_rounded_to_one():
    rows = asked(
        "e1 | ana | employee_pension | paying | 1900",
        margin_multiple=Decimal("1.33"),
        dibao_standard_rural=Decimal("725.55"),
    )
    assert [row["measure"] for row in rows] == [Decimal("29.96")]
