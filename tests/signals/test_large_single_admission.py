from decimal import Decimal
from types import SimpleNamespace

from tests.signals.asking import ask, days_ago, facts, flagged, people, severities
from transforms.signals.large_single_admission import large_single_admission

LIMITS = SimpleNamespace(
    window_days=90,
    threshold=Decimal("10000.00"),
    low_income_threshold=Decimal("6000.00"),
    low_income_population=("low_income_margin",),
    disposable_income_per_head=Decimal("30000.00"),
)
EXAMPLE = {
    "settlement": f"""
        record_key | person_id | settled_on      | visit_kind | personal_amount
        s1         | ana       | {days_ago(85)}  | inpatient  | 15500
        s2         | ana       | {days_ago(360)} | outpatient | 12000
        s3         | cho       | {days_ago(95)}  | inpatient  | 14500
        s4         | gus       | {days_ago(5)}   | inpatient  | 10500
        """,
    "assistance": f"""
        record_key | person_id | category          | approved_on
        a1         | gus       | low_income_margin | {days_ago(900)}
        """,
}
WHO = people("person_id | household_id\nana | h1\nben | h2\ncho | h3\ndia | h4")


def stays(text: str):
    return facts(
        "settlement",
        "record_key | person_id | settled_on | visit_kind | is_refund | personal_amount\n" + text,
    )


def test_fires_at_the_threshold_yellow_and_red_at_a_years_income():
    bills = stays(
        f"""
        a | ana | {days_ago(9)} | inpatient | no | 10000
        b | ben | {days_ago(9)} | inpatient | no | 9999.99
        c | cho | {days_ago(9)} | inpatient | no | 30000
        d | dia | {days_ago(9)} | inpatient | no | 29999.99
        """
    )
    rows = ask(large_single_admission, WHO, LIMITS, settlement=bills)
    assert severities(rows) == {"ana": 2, "cho": 3, "dia": 2}


def test_two_stays_do_not_add_up_and_only_inpatients_count():
    bills = stays(
        f"""
        a1 | ana | {days_ago(9)} | inpatient          | no | 9000
        a2 | ana | {days_ago(8)} | inpatient          | no | 9000
        b  | ben | {days_ago(8)} | chronic_outpatient | no | 90000
        c  | cho | {days_ago(8)} |                    | no | 90000
        """
    )
    assert ask(large_single_admission, WHO, LIMITS, settlement=bills) == []


def test_low_income_people_have_the_lower_line():
    bills = stays(
        f"""
        a | ana | {days_ago(9)} | inpatient | no | 6000
        b | ben | {days_ago(9)} | inpatient | no | 6000
        c | cho | {days_ago(9)} | inpatient | no | 5999.99
        """
    )
    register = facts(
        "assistance",
        f"""
        record_key | person_id | category          | approved_on
        1          | ana       | low_income_margin | {days_ago(40)}
        2          | ben       | monitored         | {days_ago(40)}
        3          | cho       | low_income_margin | {days_ago(40)}
        """,
    )
    rows = ask(large_single_admission, WHO, LIMITS, settlement=bills, assistance=register)
    assert flagged(rows) == ["ana"]


def test_expires_after_the_window():
    bills = stays(
        f"""
        a | ana | {days_ago(90)} | inpatient | no | 10000
        b | ben | {days_ago(91)} | inpatient | no | 10000
        c | cho | {days_ago(-1)} | inpatient | no | 10000
        """
    )
    assert flagged(ask(large_single_admission, WHO, LIMITS, settlement=bills)) == ["ana"]


def test_a_refund_on_the_day_or_later_cancels_the_only_stay_of_the_same_amount():
    bills = stays(
        f"""
        a1 | ana | {days_ago(9)}  | inpatient | no  | 12000
        a2 | ana | {days_ago(9)}  | inpatient | yes | -12000
        b1 | ben | {days_ago(9)}  | inpatient | no  | 12000
        b2 | ben | {days_ago(10)} | inpatient | yes | -12000
        c1 | cho | {days_ago(9)}  | inpatient | no  | 12000
        c2 | cho | {days_ago(5)}  | inpatient | no  | 12000
        c3 | cho | {days_ago(3)}  |           | yes | -12000
        d1 | dia | {days_ago(9)}  | inpatient | no  | 12000
        d2 | dia | {days_ago(5)}  | inpatient | yes | -11999
        """
    )
    rows = ask(large_single_admission, WHO, LIMITS, settlement=bills)
    assert [row["record_key"] for row in rows] == ["b1", "c1", "c2", "d1"]


def test_a_refund_that_came_before_does_not_cancel_a_later_stay():
    bills = stays(
        f"""
        a1 | ana | {days_ago(30)} | inpatient | yes | -12000
        a2 | ana | {days_ago(20)} | inpatient | no  | 12000
        a3 | ana | {days_ago(10)} | inpatient | yes | -12000
        a4 | ana | {days_ago(5)}  | inpatient | no  | 12000
        """
    )
    rows = ask(large_single_admission, WHO, LIMITS, settlement=bills)
    assert [row["record_key"] for row in rows] == ["a4"]


def test_somebody_elses_refund_cancels_nothing_nor_does_one_to_come():
    bills = stays(
        f"""
        a | ana | {days_ago(9)}  | inpatient | no  | 12000
        b | ben | {days_ago(5)}  | inpatient | yes | -12000
        c | ana | {days_ago(-2)} | inpatient | yes | -12000
        """
    )
    assert flagged(ask(large_single_admission, WHO, LIMITS, settlement=bills)) == ["ana"]
