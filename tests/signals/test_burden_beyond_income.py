from decimal import Decimal
from types import SimpleNamespace

import pytest

from data_contracts.records import RECORDS
from tests.signals.asking import ask, complete, days_ago, facts, flagged, people
from transforms.signals.burden_beyond_income import burden_beyond_income

LIMITS = SimpleNamespace(
    money_base="in_scope",
    window_days=365,
    income_share=Decimal("0.6"),
    least_burden=Decimal("5000.00"),
    excluded_population=("dibao",),
    adult_age=18,
    elder_age=60,
)
EXAMPLE = {
    "enrolment": f"""
        record_key | person_id | insurance        | payment_status | status_since     | contribution_base
        e1         | ana       | employee_pension | paying         | {days_ago(1000)} | 1400
        """,
    "benefit": f"""
        record_key | person_id | benefit          | benefit_status | starts_on        | monthly_amount
        b1         | cho       | resident_pension | paying         | {days_ago(3000)} | 300
        """,
    "settlement": f"""
        record_key | person_id | settled_on      | in_scope_amount | fund_amount
        s1         | ana       | {days_ago(360)} | 8000            | 2000
        s2         | ben       | {days_ago(85)}  | 9000            | 4800
        s3         | cho       | {days_ago(5)}   | 9100            | 4000
        s4         | gus       | {days_ago(5)}   | 90000           | 4000
        """,
}
COUPLE = """
    person_id | household_id | relation | age | birth_date
    ana       | h            | head     | 40  | 1986-01-01
    ben       | h            | spouse   | 39  | 1987-01-01
    """
ONE_WAGE_EACH = "ana | paying | 500\nben | paying | 500"
BILLS = "person_id|settled_on|is_refund|in_scope_amount|fund_amount"
SEVEN_TWO = f"ana | {days_ago(9)} | no | 17200 | 10000"


def asked(
    bills: str = SEVEN_TWO,
    wages: str = ONE_WAGE_EACH,
    pensions: str = "",
    who: str = COUPLE,
    assistance: str = "",
    coverage=None,
    head: str = BILLS,
    **changed,
):
    """Bills and wages numbered by their rows; a couple with 12000 yuan a year unless drawn else."""
    return ask(
        burden_beyond_income,
        people(who),
        SimpleNamespace(**{**vars(LIMITS), **changed}),
        coverage,
        settlement=facts("settlement", _keyed("s", head, bills)),
        enrolment=facts(
            "enrolment",
            _keyed(
                "e",
                "insurance|person_id|payment_status|contribution_base",
                "\n".join(f"employee_pension | {line}" for line in wages.splitlines() if line),
            ),
        ),
        benefit=facts("benefit", _keyed("b", "person_id|benefit_status|monthly_amount", pensions)),
        assistance=facts("assistance", _keyed("a", "person_id|category|approved_on", assistance)),
    )


def _keyed(prefix: str, header: str, rows: str) -> str:
    lines = [line for line in rows.splitlines() if line.strip()]
    return "\n".join(
        [f"record_key|{header}", *(f"{prefix}{at} | {line}" for at, line in enumerate(lines, 1))]
    )


@pytest.mark.parametrize(("fund", "fires"), [("10000", True), ("10000.01", False)])
def test_fires_when_the_burden_reaches_its_share_of_a_years_known_income(fund, fires):
    rows = asked(f"ana | {days_ago(9)} | no | 17200 | {fund}")
    assert [(row["person_id"], row["measure"], row["severity"]) for row in rows] == (
        [("ana", Decimal("7200.00"), 3)] if fires else []
    )


def test_the_bills_of_all_members_add_up_and_each_carries_their_own():
    rows = asked(
        f"""
        ana | {days_ago(9)}   | no | 6000 | 2000
        ben | {days_ago(365)} | no | 3200 | 0
        """
    )
    assert [(row["person_id"], row["record_key"], row["measure"]) for row in rows] == [
        ("ana", "s1", Decimal("7200.00")),
        ("ben", "s2", Decimal("7200.00")),
    ]


@pytest.mark.parametrize(("days", "fires"), [(365, True), (366, False), (0, True), (-1, False)])
def test_expires_with_the_window(days, fires):
    assert bool(asked(f"ana | {days_ago(days)} | no | 7200 | 0")) is fires


def test_refunded_and_unknown_bills_add_nothing():
    bills = f"""
        ana | {days_ago(9)} | no  | 7100 | 0
        ana | {days_ago(8)} | no  | 9000 |
        ana | {days_ago(8)} | no  |      | 0
        ana |               | no  | 9000 | 0
        """
    assert asked(bills) == []
    refunded = f"{SEVEN_TWO} | 20000\nana | {days_ago(5)} | yes | -100 | 0 | -100"
    assert asked(refunded, head=f"{BILLS}|total_amount") == []


@pytest.mark.parametrize(("base", "fires"), [("in_scope", True), ("cash", False)])
def test_the_money_base_is_a_choice(base, fires):
    assert bool(asked(money_base=base)) is fires


@pytest.mark.parametrize(("floor", "fires"), [("7200.00", True), ("7200.01", False)])
def test_a_small_burden_is_none_however_small_the_income(floor, fires):
    assert bool(asked(least_burden=Decimal(floor))) is fires


@pytest.mark.parametrize(
    "wages",
    [
        "",
        "ana | paying | 500",
        "ana | paying | 500\nben |        | 500",
        "ana | paying | 500\nben | paying |",
        "ana | paying | 500\nben | paused | 500",
    ],
)
def test_an_income_that_is_not_known_whole_proves_nothing(wages):
    assert asked(wages=wages) == []


def test_a_benefit_beside_the_wages_that_may_be_paid_leaves_the_income_unclear():
    assert asked(pensions="ben | | 300") == []
    assert flagged(asked(pensions="ben | stopped | 300")) == ["ana"]


def test_old_people_and_children_need_no_wage_of_their_own():
    who = """
        person_id | household_id | age
        ana       | h            | 40
        ben       | h            | 17
        cho       | h            | 60
        """
    assert flagged(asked(wages="ana | paying | 1000", who=who)) == ["ana"]
    assert asked(wages="ana | paying | 1000", who=who.replace("60", "59")) == []
    assert asked(wages="ana | paying | 1000", who=who.replace("60", "")) == []


def test_only_old_people_without_any_benefit_are_not_known_to_live_on_nothing():
    who = "person_id | household_id | age\nana | h | 70"
    assert asked(wages="", who=who) == []
    assert flagged(asked(wages="", pensions="ana | paying | 300", who=who)) == ["ana"]
    assert flagged(asked(wages="", pensions="ana | paying | 0.01", who=who)) == ["ana"]
    assert asked(wages="", pensions="ana | paying | 0", who=who) == []


@pytest.mark.parametrize("silent", ["enrolment", "benefit"])
def test_silence_is_believed_only_where_both_insurance_records_are_complete(silent):
    assert asked(coverage=complete(*(set(RECORDS) - {silent}))) == []


def test_a_patients_bills_outlive_the_patient_and_are_carried_by_a_survivor():
    who = """
        person_id | household_id | relation | age | life_status
        ana       | h            | head     | 40  | dead
        ben       | h            | spouse   | 39  | alive
        """
    rows = asked(wages="ben | paying | 1000", who=who)
    assert [(row["person_id"], row["record_key"]) for row in rows] == [("ben", "s1")]
    assert asked(who=who.replace("alive", "dead")) == []


def test_a_dormitory_is_no_family():
    who = """
        person_id | household_id | age | household_kind
        ana       | h            | 40  | collective
        ben       | h            | 39  | collective
        """
    assert asked(who=who) == []


def test_the_excluded_population_is_not_flagged():
    bills = f"{SEVEN_TWO}\nben | {days_ago(3)} | no | 50 | 0"
    assert flagged(asked(bills)) == ["ana", "ben"]
    assert flagged(asked(bills, assistance=f"ana | dibao | {days_ago(9)}")) == ["ben"]
    assert flagged(asked(bills, assistance="ana | dibao |")) == ["ana", "ben"]
