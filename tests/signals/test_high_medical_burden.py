from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signals.asking import ask, days_ago, facts, flagged, people
from transforms.signals.high_medical_burden import high_medical_burden

LIMITS = SimpleNamespace(
    money_base="personal_amount",
    window_days=365,
    threshold=Decimal("26000.00"),
    excluded_population=("dibao", "low_income_margin"),
)
EXAMPLE = {
    "settlement": f"""
        record_key | person_id | settled_on      | visit_kind | personal_amount
        s1         | ana       | {days_ago(85)}  | inpatient  | 15500
        s2         | ana       | {days_ago(360)} | outpatient | 12000
        s3         | cho       | {days_ago(95)}  | inpatient  | 14500
        s4         | gus       | {days_ago(5)}   | inpatient  | 10500
        """,
}


def everybody(names: str):
    rows = "\n".join(f"{name} | h-{name}" for name in names.split())
    return people(f"person_id | household_id\n{rows}")


def settled(text: str):
    return facts(
        "settlement", "record_key | person_id | settled_on | is_refund | personal_amount\n" + text
    )


def test_fires_at_the_threshold_and_not_a_fen_below_it():
    bills = settled(
        f"""
        a1 | ana | {days_ago(10)} | no | 20000
        a2 | ana | {days_ago(40)} | no | 6000
        b1 | ben | {days_ago(10)} | no | 25999.99
        """
    )
    rows = ask(high_medical_burden, everybody("ana ben"), LIMITS, settlement=bills)
    assert [(row["record_key"], row["measure"], row["severity"]) for row in rows] == [
        ("a1", Decimal("26000.00"), 3),
        ("a2", Decimal("26000.00"), 3),
    ]


def test_the_window_holds_its_first_day_and_today_and_nothing_else():
    bills = settled(
        f"""
        a | ana | {days_ago(365)} | no | 26000
        b | ben | {days_ago(366)} | no | 26000
        c | cho | {days_ago(0)}   | no | 26000
        d | dia | {days_ago(-1)}  | no | 26000
        e | eli |                 | no | 26000
        """
    )
    rows = ask(high_medical_burden, everybody("ana ben cho dia eli"), LIMITS, settlement=bills)
    assert flagged(rows) == ["ana", "cho"]


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_refund_takes_its_bill_out_whatever_its_sign(sign):
    bills = facts(
        "settlement",
        f"""
        record_key | settlement_no | person_id | settled_on | is_refund | personal_amount
        a1 | A | ana | {days_ago(20)} | no  | 26000
        a2 | A | ana | {days_ago(10)} | yes | {sign}26000
        b1 | B | ben | {days_ago(20)} | no  | 30000
        b2 | B | ben | {days_ago(10)} | yes | {sign}4000
        c1 | C | cho | {days_ago(20)} | no  | 30000
        c2 | C | cho | {days_ago(10)} | yes | {sign}4000.01
        """,
    )
    rows = ask(high_medical_burden, everybody("ana ben cho"), LIMITS, settlement=bills)
    assert flagged(rows) == ["ben"]
    assert {row["measure"] for row in rows} == {Decimal("26000.00")}


def test_the_refund_of_a_bill_that_has_expired_does_not_eat_into_the_others():
    bills = settled(
        f"""
        a1 | ana | {days_ago(370)} | no  | 9000
        a2 | ana | {days_ago(5)}   | yes | -9000
        a3 | ana | {days_ago(30)}  | no  | 26000
        """
    )
    rows = ask(high_medical_burden, everybody("ana"), LIMITS, settlement=bills)
    assert [row["record_key"] for row in rows] == ["a3"]


def test_unknown_amounts_add_nothing_and_unknown_refund_flags_take_nothing():
    bills = settled(
        f"""
        a1 | ana | {days_ago(9)} | no |
        a2 | ana | {days_ago(8)} |    | 26000
        b1 | ben | {days_ago(8)} | no |
        """
    )
    rows = ask(high_medical_burden, everybody("ana ben"), LIMITS, settlement=bills)
    assert [row["record_key"] for row in rows] == ["a2"]


def test_the_excluded_population_is_who_is_in_those_categories_today():
    names = "ana ben cho dia eli"
    bills = settled("\n".join(f"{n} | {n} | {days_ago(9)} | no | 30000" for n in names.split()))
    register = facts(
        "assistance",
        f"""
        record_key | person_id | category  | approved_on     | exit_on
        1          | ana       | dibao     | {days_ago(0)}   |
        2          | ben       | dibao     | {days_ago(-1)}  |
        3          | cho       | dibao     | {days_ago(500)} | {days_ago(0)}
        4          | dia       | monitored | {days_ago(500)} |
        5          | eli       | dibao     |                 |
        """,
    )
    rows = ask(high_medical_burden, everybody(names), LIMITS, settlement=bills, assistance=register)
    assert flagged(rows) == ["ben", "cho", "dia", "eli"]


@pytest.mark.parametrize(
    ("base", "who"), [("personal_amount", "ana"), ("in_scope", "ben"), ("cash", "cho")]
)
def test_each_money_base_reads_its_own_columns(base, who):
    bills = facts(
        "settlement",
        "record_key | person_id | settled_on | personal_amount | in_scope_amount | fund_amount"
        f""" | cash_amount
        a | ana | {days_ago(1)} | 26000 | 30000 | 4001 | 25999
        b | ben | {days_ago(1)} | 1     | 30000 | 4000 | 1
        c | cho | {days_ago(1)} | 1     | 30000 |      | 26000
        """,
    )
    limits = SimpleNamespace(**{**vars(LIMITS), "money_base": base})
    rows = ask(high_medical_burden, everybody("ana ben cho"), limits, settlement=bills)
    assert flagged(rows) == [who]


def test_the_dead_and_the_unattached_are_not_flagged_and_the_reported_dead_are():
    who = people(
        """
        person_id | household_id | life_status
        ana       | h1           | dead
        ben       | h2           | death_pending
        """
    )
    bills = settled(
        f"""
        a | ana | {days_ago(9)} | no | 30000
        b | ben | {days_ago(9)} | no | 30000
        c |     | {days_ago(9)} | no | 30000
        d | dia | {days_ago(9)} | no | 30000
        """
    )
    assert flagged(ask(high_medical_burden, who, LIMITS, settlement=bills)) == ["ben"]


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from([400, 366, 365, 200, 10, 0]),
        st.sampled_from(["no", "no", "yes"]),
        st.sampled_from([8000, 9000, 26000]),
    ),
    min_size=1,
    max_size=7,
)


def _is_flagged(entries):
    text = "\n".join(
        f"r{at} | ana | {days_ago(age)} | {refund} | {amount}"
        for at, (age, refund, amount) in enumerate(entries)
    )
    return bool(ask(high_medical_burden, everybody("ana"), LIMITS, settlement=settled(text)))


@settings(max_examples=25, deadline=None)
@given(ENTRIES, st.sampled_from([100, 1000, 18000]))
def test_a_larger_or_a_further_bill_never_clears(entries, more):
    if not _is_flagged(entries):
        return
    larger = [
        (age, refund, amount + more if refund == "no" and age <= 365 else amount)
        for age, refund, amount in entries
    ]
    assert _is_flagged([*entries, (3, "no", more)])
    assert _is_flagged(larger)
