from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, flagged, people
from transforms.signals.high_medical_burden_low_income import high_medical_burden_low_income

LIMITS = SimpleNamespace(
    money_base="personal_amount",
    window_days=365,
    threshold=Decimal("10000.00"),
    low_income_population=("low_income_margin", "monitored"),
    left_within_days=730,
)
EXAMPLE = {
    "assistance": f"""
        record_key | person_id | category          | approved_on     | exit_on
        a1         | ana       | low_income_margin | {days_ago(400)} |
        a2         | cho       | dibao             | {days_ago(900)} | {days_ago(725)}
        """,
    "settlement": f"""
        record_key | person_id | settled_on      | personal_amount
        s1         | ana       | {days_ago(85)}  | 6000
        s2         | ana       | {days_ago(360)} | 4500
        s3         | cho       | {days_ago(5)}   | 10200
        s4         | gus       | {days_ago(5)}   | 25000
        """,
}
MARGIN = f"1 | {{}} | low_income_margin | {days_ago(400)} |"


def asked(register: str, bills: str, who: str = "ana ben cho dia eli", **changed):
    rows = "\n".join(f"{name} | h-{name}" for name in who.split())
    return ask(
        high_medical_burden_low_income,
        people(f"person_id | household_id\n{rows}"),
        SimpleNamespace(**{**vars(LIMITS), **changed}),
        assistance=facts(
            "assistance", "record_key | person_id | category | approved_on | exit_on\n" + register
        ),
        settlement=facts(
            "settlement",
            "record_key | person_id | settled_on | is_refund | personal_amount\n" + bills,
        ),
    )


def bill_of_each(names: str, amount: str = "10000") -> str:
    return "\n".join(f"s-{name} | {name} | {days_ago(9)} | no | {amount}" for name in names.split())


@pytest.mark.parametrize(
    ("amount", "fires"), [("10000", True), ("9999.99", False), ("", False), ("40000", True)]
)
def test_fires_at_the_threshold_and_not_a_fen_below_it(amount, fires):
    rows = asked(MARGIN.format("ana"), bill_of_each("ana", amount))
    assert [(row["measure"], row["severity"]) for row in rows] == (
        [(Decimal(amount), 3)] if fires else []
    )


def test_bills_add_up_within_the_window_net_of_refunds():
    register = "\n".join(MARGIN.format(name) for name in ("ana", "ben", "cho"))
    rows = asked(
        register,
        f"""
        a1 | ana | {days_ago(365)} | no  | 4000
        a2 | ana | {days_ago(0)}   | no  | 6000
        b1 | ben | {days_ago(366)} | no  | 4000
        b2 | ben | {days_ago(1)}   | no  | 6000
        c1 | cho | {days_ago(20)}  | no  | 10000
        c2 | cho | {days_ago(10)}  | yes | -10000
        """,
    )
    assert [row["record_key"] for row in rows] == ["a1", "a2"]


def test_the_population_is_who_stands_in_a_low_income_category_today():
    register = f"""
        1 | ana | low_income_margin | {days_ago(0)}   |
        2 | ben | monitored         | {days_ago(500)} | {days_ago(-1)}
        3 | cho | low_income_margin | {days_ago(-1)}  |
        4 | dia | dibao             | {days_ago(500)} |
        5 | eli | low_income_margin |                 |
        """
    assert flagged(asked(register, bill_of_each("ana ben cho dia eli"))) == ["ana", "ben"]


def test_who_left_assistance_lately_has_the_lower_line_too():
    register = f"""
        1 | ana | dibao     | {days_ago(900)} | {days_ago(730)}
        2 | ben | dibao     | {days_ago(900)} | {days_ago(731)}
        3 | cho | dibao     |                 | {days_ago(0)}
        4 | dia | temporary | {days_ago(90)}  | {days_ago(60)}
        5 | eli |           | {days_ago(90)}  | {days_ago(60)}
        """
    assert flagged(asked(register, bill_of_each("ana ben cho dia eli"))) == ["ana", "cho"]


def test_who_passed_from_one_category_to_another_has_not_left():
    register = f"""
        1 | ana | low_income_margin | {days_ago(900)} | {days_ago(30)}
        2 | ana | dibao             | {days_ago(30)}  |
        """
    assert asked(register, bill_of_each("ana")) == []


def test_the_money_base_is_a_choice():
    assert asked(MARGIN.format("ana"), bill_of_each("ana"), money_base="cash") == []


def test_the_dead_are_not_flagged_and_the_reported_dead_are():
    who = people(
        "person_id | household_id | life_status\nana | h1 | dead\nben | h2 | death_pending"
    )
    rows = ask(
        high_medical_burden_low_income,
        who,
        LIMITS,
        assistance=facts(
            "assistance",
            f"""
            record_key | person_id | category  | approved_on
            1          | ana       | monitored | {days_ago(9)}
            2          | ben       | monitored | {days_ago(9)}
            """,
        ),
        settlement=facts(
            "settlement",
            f"""
            record_key | person_id | settled_on    | personal_amount
            a          | ana       | {days_ago(9)} | 20000
            b          | ben       | {days_ago(9)} | 20000
            """,
        ),
    )
    assert flagged(rows) == ["ben"]
