from datetime import date, timedelta
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.drawn import drawn
from transforms.covered import ORDER_FINDINGS, ORDER_MEMBERS, ORDERS
from transforms.helped import BEFORE_HELP
from transforms.known import FINDINGS, PEOPLE
from transforms.triage import WORKLIST, Asked, Limits, worklist

ON = date(2026, 11, 22)

NO_HELP = drawn("person_id | category | approved_on | exit_on", approved_on="date", exit_on="date")
ANSWERS = drawn(
    """
    signal | category
    bill   | dibao
    bill   | medical_aid
    bill   | temporary
    house  | other
    """
)
TRAITS = drawn(
    """
    signal | by_event
    bill   | false
    house  | false
    cover  | false
    fire   | true
    blow   | true
    """,
    by_event="boolean",
)
NO_MEASURES = drawn("person_id | signal | measure | severity").cast(BEFORE_HELP)
NO_NEEDS = drawn("household_id | need", need="int64")
NO_VISITORS = drawn("township_code | visits", visits="int64")


def found(text):
    """Findings, drawn; what is about a blow is sensitive."""
    drawing = drawn(text, severity="int8", occurred_on="date", first_found="date")
    if "measure" not in drawing.columns:
        drawing = drawing.mutate(measure=ibis.null())
    return drawing.mutate(
        measure=drawing.measure.cast("decimal(16, 2)"),
        proof_count=ibis.literal(1, "int64"),
        is_sensitive=drawing.signal == "blow",
    )


def people(text):
    drawing = drawn(text, in_county="boolean")
    missing = {
        name: ibis.null(kind) for name, kind in PEOPLE.items() if name not in drawing.columns
    }
    return drawing.mutate(**missing).select(*PEOPLE)


def helped(text):
    return drawn(text, approved_on="date", exit_on="date")


def ordered(text):
    """Orders, drawn with the person each was issued for, and perhaps a signal and its measure."""
    header = text.strip().splitlines()[0]
    types = {name: kind for name, kind in ORDERS.items() if kind != "string" and name in header}
    drawing = drawn(text, **types)
    missing = {
        name: ibis.null(kind)
        for name, kind in {**ORDERS, **ORDER_FINDINGS, **ORDER_MEMBERS}.items()
        if name not in drawing.columns
    }
    rows = drawing.mutate(**missing)
    return {
        "orders": rows.select(*ORDERS).distinct(),
        "order_members": rows.select(*ORDER_MEMBERS).distinct(),
        "order_findings": rows.filter(rows.signal.notnull())
        .select(*ORDER_FINDINGS)
        .cast(ORDER_FINDINGS)
        .distinct(),
    }


NO_ORDERS = ordered("order_no | person_id")


def listed(
    findings,
    members,
    *,
    assistance=NO_HELP,
    before_help=NO_MEASURES,
    orders=NO_ORDERS,
    needs=NO_NEEDS,
    visitors=NO_VISITORS,
    capacity=10,
    waiting_share="0",
    county_after=3,
):
    asked = Asked(
        findings=findings,
        signals=TRAITS,
        answered_by=ANSWERS,
        people=members,
        helps=assistance,
        before_help=before_help,
        needs=needs,
        capacity=visitors,
        **orders,
    )
    limits = Limits(
        capacity=capacity,
        waiting_share=Decimal(waiting_share),
        county_after=county_after,
        renewal_growth=Decimal("1.5"),
    )
    table = worklist(asked, limits, ON)
    rows = table.order_by("household_id").to_pyarrow().to_pylist()
    return {row["household_id"]: row for row in rows}


def states(*given, **more):
    return {household: row["state"] for household, row in listed(*given, **more).items()}


ANNA = people(
    """
    person_id | household_id | in_county | township_code
    anna      | h1           | true      | 370881101
    """
)
ANNAS_BILL = found(
    """
    signal | person_id | household_id | severity | occurred_on | first_found
    bill   | anna      | h1           | 2        | 2026-11-01  | 2026-11-20
    """
)


def test_the_list_has_its_declared_columns_and_one_row_per_household():
    rows = listed(ANNAS_BILL, ANNA)
    assert list(rows) == ["h1"]
    assert list(rows["h1"]) == list(WORKLIST)
    assert rows["h1"]["position"] == 1
    assert rows["h1"]["state"] == "issued"
    assert rows["h1"]["need"] == 0


@pytest.mark.parametrize(
    ("category", "approved_on", "exit_on", "state"),
    [
        ("dibao", "2026-11-01", "", "suppressed"),
        ("dibao", "2026-10-31", "", "issued"),
        ("dibao", "2026-11-05", "2026-11-22", "issued"),
        ("dibao", "2026-11-05", "2026-11-23", "suppressed"),
        ("dibao", "2026-11-22", "", "suppressed"),
        ("dibao", "2026-11-23", "", "issued"),
        ("medical_aid", "2026-11-05", "2026-11-06", "suppressed"),
        ("temporary", "2026-11-05", "2026-11-06", "suppressed"),
        ("medical_aid", "2026-10-31", "", "issued"),
        ("other", "2026-11-05", "", "issued"),
    ],
)
def test_only_fitting_help_granted_after_the_fact_and_still_given_answers_a_finding(
    category, approved_on, exit_on, state
):
    assistance = helped(
        f"""
        person_id | category   | approved_on   | exit_on
        anna      | {category} | {approved_on} | {exit_on}
        """
    )
    row = listed(ANNAS_BILL, ANNA, assistance=assistance)["h1"]
    assert row["state"] == state
    assert ("事后已获得" in row["state_reason"]) == (state == "suppressed")


def test_of_several_grants_the_last_one_answers():
    assistance = helped(
        """
        person_id | category | approved_on | exit_on
        anna      | dibao    | 2025-11-01  |
        anna      | dibao    | 2026-11-05  |
        """
    )
    assert states(ANNAS_BILL, ANNA, assistance=assistance) == {"h1": "suppressed"}


def test_help_for_another_member_of_the_household_answers_and_for_a_neighbour_does_not():
    members = people(
        """
        person_id | household_id | in_county | township_code
        anna      | h1           | true      | 370881101
        bo        | h1           | true      | 370881101
        cai       | h2           | true      | 370881101
        """
    )
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | anna      | h1           | 2        | 2026-11-01  | 2026-11-20
        bill   | cai       | h2           | 2        | 2026-11-01  | 2026-11-20
        """
    )
    assistance = helped(
        """
        person_id | category | approved_on | exit_on
        bo        | dibao    | 2026-11-10  |
        """
    )
    assert states(findings, members, assistance=assistance) == {"h1": "suppressed", "h2": "issued"}


def test_an_unanswered_finding_keeps_a_household_in_line_with_only_what_is_unanswered():
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | anna      | h1           | 3        | 2026-11-01  | 2026-11-10
        house  | anna      | h1           | 1        | 2026-11-02  | 2026-11-12
        """
    )
    assistance = helped(
        """
        person_id | category | approved_on | exit_on
        anna      | dibao    | 2026-11-10  |
        """
    )
    row = listed(findings, ANNA, assistance=assistance)["h1"]
    assert (row["state"], row["severity"], row["signal_count"]) == ("issued", 1, 1)
    assert row["first_found"] == date(2026, 11, 12)


@pytest.mark.parametrize(
    ("issued_on", "until", "severity", "state"),
    [
        ("2026-11-22", "2026-12-22", 2, "open"),
        ("2026-10-24", "2026-11-23", 2, "open"),
        ("2026-10-24", "2026-11-22", 2, "issued"),
        ("2026-11-23", "2026-12-23", 2, "issued"),
        ("2026-11-20", "", 2, "issued"),
        ("2026-11-20", "2026-12-20", 1, "issued"),
        ("2026-11-20", "2026-12-20", 3, "open"),
    ],
)
def test_while_an_order_is_open_only_a_worse_need_makes_another(issued_on, until, severity, state):
    orders = ordered(
        f"""
        order_no | person_id | signal | severity   | issued_on   | until
        o1       | anna      | bill   | {severity} | {issued_on} | {until}
        """
    )
    row = listed(ANNAS_BILL, ANNA, orders=orders)["h1"]
    assert row["state"] == state
    assert (row["position"] is None) == (state == "open")
    assert ("工作单已发出" in row["state_reason"]) == (state == "open")
    stands = issued_on <= ON.isoformat() < until
    assert row["rests_until"] == (date.fromisoformat(until) if stands else None)


def test_an_open_order_covers_what_shows_or_happens_while_it_is_open():
    orders = ordered(
        """
        order_no | person_id | signal | measure | severity | issued_on  | until
        o1       | anna      | fire   | 1       | 3        | 2026-11-05 | 2026-12-25
        """
    )
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found | measure
        fire   | anna      | h1           | 3        | 2026-11-20  | 2026-11-04  | 9
        house  | anna      | h1           | 2        | 2026-11-20  | 2026-11-20  | 1
        """
    )
    assert states(findings, ANNA, orders=orders) == {"h1": "open"}


def test_what_an_open_order_covers_does_not_count_beside_a_worse_need_of_the_household():
    members = people(
        """
        person_id | household_id | in_county | township_code
        anna      | h1           | true      | 370881101
        bo        | h1           | true      | 370881101
        """
    )
    orders = ordered(
        """
        order_no | person_id | signal | severity | issued_on  | until
        o1       | anna      | bill   | 2        | 2026-11-05 | 2026-12-25
        """
    )
    findings = """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | anna      | h1           | 2        | 2026-11-01  | 2026-11-04
        """
    for worse in ("bill  | bo  ", "house | anna"):
        both = found(f"{findings}{worse} | h1 | 3 | 2026-11-01 | 2026-11-20")
        row = listed(both, members, orders=orders)["h1"]
        assert (row["state"], row["signal_count"]) == ("issued", 1)
        assert row["first_found"] == date(2026, 11, 20)


TWO_ORDERS = ordered(
    """
    order_no | person_id | signal | measure | severity | issued_on  | until      | visited_on | outcome
    o1       | anna      | bill   | 1000    | 2        | 2026-11-01 | 2026-12-25 | 2026-11-10 | relieved
    o2       | anna      | bill   | 1500    | 2        | 2026-11-15 | 2026-12-15 |            |
    """
)


def test_of_two_standing_orders_one_that_covers_is_enough_and_the_later_end_is_told():
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found | measure
        bill   | anna      | h1           | 2        | 2026-11-12  | 2026-11-01  | 1500
        """
    )
    row = listed(findings, ANNA, orders=TWO_ORDERS)["h1"]
    assert (row["state"], row["rests_until"]) == ("open", date(2026, 12, 25))


def test_a_household_of_which_one_need_is_answered_and_the_other_covered_is_not_yet_helped():
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | anna      | h1           | 2        | 2026-11-01  | 2026-11-04
        house  | anna      | h1           | 2        | 2026-11-12  | 2026-11-12
        """
    )
    assistance = helped(
        """
        person_id | category | approved_on | exit_on
        anna      | dibao    | 2026-11-05  |
        """
    )
    assert states(findings, ANNA, assistance=assistance, orders=TWO_ORDERS) == {"h1": "open"}


def visited(result):
    """An order for Anna's bill of 1000, visited on the 10th with a result that rests till Christmas."""
    return ordered(
        f"""
        order_no | person_id | signal | measure | severity | issued_on  | until      | visited_on | outcome
        o1       | anna      | bill   | 1000    | 2        | 2026-11-05 | 2026-12-25 | 2026-11-10 | {result}
        """
    )


@pytest.mark.parametrize(
    ("signal", "severity", "measure", "occurred_on", "first_found", "state"),
    [
        ("bill", 2, "1000", "2026-11-01", "2026-11-04", "resting"),
        ("bill", 2, "1499.99", "2026-11-20", "2026-11-04", "resting"),
        ("bill", 2, "1500", "2026-11-20", "2026-11-04", "issued"),
        ("bill", 2, "1500", "2026-11-10", "2026-11-04", "resting"),
        ("bill", 3, "1000", "2026-11-01", "2026-11-04", "issued"),
        ("bill", 2, "", "2026-11-20", "2026-11-04", "resting"),
        ("bill", 2, "1000", "2026-11-01", "2026-11-11", "resting"),
        ("house", 2, "1", "2026-11-01", "2026-11-11", "issued"),
        ("house", 2, "1", "2026-11-01", "2026-11-10", "resting"),
        ("house", 1, "1", "2026-11-01", "2026-11-11", "resting"),
    ],
)
def test_after_a_visit_only_new_evidence_ends_the_rest(
    signal, severity, measure, occurred_on, first_found, state
):
    findings = found(
        f"""
        signal   | person_id | household_id | severity   | occurred_on   | first_found   | measure
        {signal} | anna      | h1           | {severity} | {occurred_on} | {first_found} | {measure}
        """
    )
    row = listed(findings, ANNA, orders=visited("not_eligible"))["h1"]
    assert row["state"] == state
    assert ("冷却期" in row["state_reason"]) == (state == "resting")
    assert row["rests_until"] == date(2026, 12, 25)


@pytest.mark.parametrize(
    ("occurred_on", "state"), [("2026-11-10", "resting"), ("2026-11-11", "issued")]
)
def test_a_further_event_after_the_visit_is_new_evidence_by_itself(occurred_on, state):
    orders = ordered(
        """
        order_no | person_id | signal | measure | severity | issued_on  | until      | visited_on | outcome
        o1       | anna      | fire   | 1       | 3        | 2026-11-05 | 2026-12-25 | 2026-11-10 | helped
        """
    )
    findings = found(
        f"""
        signal | person_id | household_id | severity | occurred_on   | first_found | measure
        fire   | anna      | h1           | 3        | {occurred_on} | 2026-11-04  | 1
        """
    )
    assert states(findings, ANNA, orders=orders) == {"h1": state}


def test_after_a_split_both_parts_inherit_the_case_and_after_a_merge_the_stricter_holds():
    members = people(
        """
        person_id | household_id | in_county | township_code
        anna      | h1           | true      | 370881101
        bo        | h2           | true      | 370881101
        """
    )
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | anna      | h1           | 2        | 2026-11-01  | 2026-11-04
        bill   | bo        | h2           | 2        | 2026-11-01  | 2026-11-04
        """
    )
    orders = ordered(
        """
        order_no | person_id | signal | severity | issued_on  | until
        o1       | anna      | bill   | 2        | 2026-11-05 | 2026-12-25
        o1       | bo        | bill   | 2        | 2026-11-05 | 2026-12-25
        """
    )
    assert states(findings, members, orders=orders) == {"h1": "open", "h2": "open"}
    together = people(
        """
        person_id | household_id | in_county | township_code
        anna      | h1           | true      | 370881101
        bo        | h1           | true      | 370881101
        """
    )
    one_order = ordered(
        """
        order_no | person_id | signal | severity | issued_on  | until
        o1       | bo        | bill   | 2        | 2026-11-05 | 2026-12-25
        """
    )
    assert states(ANNAS_BILL, together, orders=one_order) == {"h1": "open"}


@pytest.mark.parametrize(
    ("goes_to", "ordered_in", "state", "words"),
    [
        ("county", "370881101", "county", "县级处理"),
        ("county", "370881105", "county", "县级处理"),
        ("elsewhere", "370881101", "county", "新住址还不清楚"),
        ("elsewhere", "370881105", "issued", "列入名单"),
        ("", "370881101", "issued", "列入名单"),
    ],
)
def test_a_result_sends_the_household_where_it_belongs(goes_to, ordered_in, state, words):
    orders = ordered(
        f"""
        order_no | person_id | signal | severity | issued_on  | until      | visited_on | outcome | goes_to   | township_code
        o1       | anna      | bill   | 2        | 2026-11-05 | 2026-11-10 | 2026-11-10 | x       | {goes_to} | {ordered_in}
        """
    )
    row = listed(ANNAS_BILL, ANNA, orders=orders)["h1"]
    assert row["state"] == state
    assert words in row["state_reason"]


def test_who_has_moved_and_is_known_nowhere_is_the_countys_for_want_of_an_address():
    orders = ordered(
        """
        order_no | person_id | signal | severity | issued_on  | until      | visited_on | outcome | goes_to   | township_code
        o1       | anna      | bill   | 2        | 2026-11-05 | 2026-11-10 | 2026-11-10 | x       | elsewhere | 370881101
        """
    )
    nowhere = people("person_id | household_id | in_county | township_code\nanna | h1 | |")
    row = listed(ANNAS_BILL, nowhere, orders=orders)["h1"]
    assert row["state"] == "county"
    assert "没有来源记载现住址" in row["state_reason"]


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        (["not_eligible", "away", "refused"], "county"),
        (["not_eligible", "", "refused"], "county"),
        (["not_eligible", "away"], "issued"),
        (["not_eligible", "away", "relieved"], "issued"),
        (["helped", "helped", "helped"], "issued"),
    ],
)
def test_a_household_flagged_again_and_again_without_help_goes_to_the_county(outcomes, state):
    rows = "\n".join(
        f"o{at} | anna | bill | 2 | 2026-0{at + 1}-05 | 2026-0{at + 2}-10 | {outcome}"
        for at, outcome in enumerate(outcomes)
    )
    orders = ordered(
        "order_no | person_id | signal | severity | issued_on | until | outcome\n" + rows
    )
    assert states(ANNAS_BILL, ANNA, orders=orders) == {"h1": state}


def test_a_household_with_a_sensitive_finding_is_the_countys():
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | anna      | h1           | 3        | 2026-11-01  | 2026-11-20
        blow   | anna      | h1           | 2        | 2026-11-01  | 2026-11-20
        """
    )
    row = listed(findings, ANNA)["h1"]
    assert (row["state"], row["position"]) == ("county", None)
    assert "不宜下发乡镇" in row["state_reason"]


A_BLOW_BESIDE_THE_BILL = found(
    """
    signal | person_id | household_id | severity | occurred_on | first_found
    bill   | anna      | h1           | 3        | 2026-11-01  | 2026-11-04
    blow   | anna      | h1           | 2        | 2026-11-01  | 2026-11-04
    """
)


@pytest.mark.parametrize(("visited_on", "outcome"), [("", ""), ("2026-11-10", "helped")])
@pytest.mark.parametrize(
    ("by_county", "state"),
    [("false", "county"), ("", "county"), ("true", "seen to")],
)
def test_an_order_of_a_township_covers_no_sensitive_finding_and_one_of_the_county_does(
    visited_on, outcome, by_county, state
):
    orders = ordered(
        f"""
        order_no | person_id | signal | severity | issued_on  | until      | visited_on   | outcome   | by_county
        o1       | anna      | bill   | 3        | 2026-11-05 | 2026-12-25 | {visited_on} | {outcome} | {by_county}
        """
    )
    row = listed(A_BLOW_BESIDE_THE_BILL, ANNA, orders=orders)["h1"]
    if state == "county":
        # Only what the township may not know of is left for the county.
        assert (row["state"], row["severity"], row["signal_count"]) == ("county", 2, 1)
        assert "不宜下发乡镇" in row["state_reason"]
    else:
        assert row["state"] == ("resting" if visited_on else "open")


@pytest.mark.parametrize("first", ["true", "false"])
def test_the_countys_order_covers_beside_the_townships(first):
    orders = ordered(
        f"""
        order_no | person_id | signal | severity | issued_on  | until      | by_county
        o1       | anna      | bill   | 3        | 2026-11-05 | 2026-12-25 | {first}
        o2       | anna      | bill   | 3        | 2026-11-06 | 2026-12-25 | {"false" if first == "true" else "true"}
        """
    )
    assert states(A_BLOW_BESIDE_THE_BILL, ANNA, orders=orders) == {"h1": "open"}


def test_after_the_countys_own_visit_a_further_sensitive_event_is_the_countys_again():
    orders = ordered(
        """
        order_no | person_id | signal | severity | issued_on  | until      | visited_on | outcome | by_county
        o1       | anna      | blow   | 3        | 2026-11-05 | 2026-12-25 | 2026-11-10 | helped  | true
        """
    )
    for occurred_on, state in (("2026-11-10", "resting"), ("2026-11-11", "county")):
        findings = found(
            f"""
            signal | person_id | household_id | severity | occurred_on   | first_found
            blow   | anna      | h1           | 2        | {occurred_on} | 2026-11-04
            """
        )
        assert states(findings, ANNA, orders=orders) == {"h1": state}


@pytest.mark.parametrize(("measure", "state"), [("1499", "suppressed"), ("1500", "issued")])
def test_a_helped_household_is_listed_again_when_its_need_has_grown_by_what_the_policy_says(
    measure, state
):
    findings = found(
        f"""
        signal | person_id | household_id | severity | occurred_on | first_found | measure
        bill   | anna      | h1           | 2        | 2026-11-13  | 2026-11-01  | {measure}
        """
    )
    assistance = helped(
        """
        person_id | category    | approved_on | exit_on
        anna      | medical_aid | 2026-11-05  |
        """
    )
    before = drawn("person_id | signal | measure | severity\nanna | bill | 1000 | 2")
    known = {"assistance": assistance, "before_help": before.cast(BEFORE_HELP)}
    assert states(findings, ANNA, **known) == {"h1": state}


@pytest.mark.parametrize(
    ("approved_on", "state"),
    [("2026-02-04", "county"), ("2026-02-05", "issued"), ("2026-11-23", "county")],
)
def test_tries_before_the_last_help_of_whatever_kind_do_not_send_to_the_county(approved_on, state):
    orders = ordered(
        """
        order_no | person_id | signal | severity | issued_on  | until      | outcome
        o1       | anna      | bill   | 2        | 2026-02-05 | 2026-03-10 | away
        o2       | anna      | bill   | 2        | 2026-04-05 | 2026-05-10 | away
        o3       | anna      | bill   | 2        | 2026-06-05 | 2026-07-10 | away
        """
    )
    assistance = helped(
        f"""
        person_id | category | approved_on   | exit_on
        anna      | other    | {approved_on} | 2026-03-01
        """
    )
    assert states(ANNAS_BILL, ANNA, orders=orders, assistance=assistance) == {"h1": state}


def test_a_signal_without_traits_is_not_renewed_by_its_event():
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found | measure
        wind   | anna      | h1           | 2        | 2026-11-20  | 2026-11-04  | 1000
        """
    )
    assert states(findings, ANNA) == {"h1": "issued"}
    orders = ordered(
        """
        order_no | person_id | signal | measure | severity | issued_on  | until      | visited_on | outcome
        o1       | anna      | wind   | 1000    | 2        | 2026-11-05 | 2026-12-25 | 2026-11-10 | relieved
        """
    )
    assert states(findings, ANNA, orders=orders) == {"h1": "resting"}


def test_a_share_of_the_visits_is_kept_for_those_who_wait_longest():
    names = [f"h{at}" for at in range(6)]
    members = people(
        "person_id | household_id | in_county | township_code\n"
        + "\n".join(f"{name} | {name} | true | 370881101" for name in names)
    )
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | h0        | h0           | 3        | 2026-11-01  | 2026-11-20
        bill   | h1        | h1           | 3        | 2026-11-01  | 2026-11-21
        bill   | h2        | h2           | 2        | 2026-11-01  | 2026-11-20
        bill   | h3        | h3           | 1        | 2026-11-01  | 2026-09-20
        bill   | h4        | h4           | 1        | 2026-11-01  | 2026-11-20
        bill   | h5        | h5           | 2        | 2026-11-01  | 2026-10-20
        """
    )
    rows = listed(findings, members, capacity=3, waiting_share="0.4")
    line = sorted(rows, key=lambda name: rows[name]["position"])
    assert line == ["h0", "h1", "h3", "h5", "h2", "h4"]
    assert [rows[name]["state"] for name in line] == ["issued"] * 3 + ["carried"] * 3


def test_a_township_with_named_visitors_has_their_capacity():
    members = people(
        """
        person_id | household_id | in_county | township_code
        a         | h1           | true      | 370881101
        b         | h2           | true      | 370881101
        """
    )
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | a         | h1           | 1        | 2026-11-01  | 2026-11-20
        bill   | b         | h2           | 2        | 2026-11-01  | 2026-11-20
        """
    )
    for visits, expected in ((0, "carried"), (1, "issued")):
        visitors = drawn(f"township_code | visits\n370881101 | {visits}", visits="int64")
        assert states(findings, members, visitors=visitors)["h2"] == expected


@pytest.mark.parametrize(
    ("in_county", "township", "words"),
    [("false", "", "县外"), ("true", "", "乡镇不明"), ("", "", "没有来源")],
)
def test_without_a_township_the_county_gets_the_household_and_is_told_why(
    in_county, township, words
):
    members = people(
        f"""
        person_id | household_id | in_county   | township_code
        anna      | h1           | {in_county} | {township}
        """
    )
    row = listed(ANNAS_BILL, members)["h1"]
    assert (row["state"], row["position"], row["township_code"]) == ("county", None, None)
    assert words in row["state_reason"]


def test_a_finding_about_somebody_the_register_does_not_know_goes_to_the_county():
    nobody = people("person_id | household_id | in_county | township_code")
    row = listed(ANNAS_BILL, nobody)["h1"]
    assert (row["state"], row["lead_person_id"]) == ("county", "anna")


def test_an_unknown_place_is_borrowed_from_the_head_of_the_household_and_said_so():
    members = people(
        """
        person_id | household_id | relation | in_county | township_code
        anna      | h1           | daughter |           |
        aunt      | h1           | sibling  | true      | 370881103
        head      | h1           | head     | true      | 370881102
        """
    )
    row = listed(ANNAS_BILL, members)["h1"]
    assert (row["lead_person_id"], row["place_person_id"]) == ("anna", "head")
    assert (row["state"], row["township_code"]) == ("issued", "370881102")
    assert "其他家庭成员" in row["state_reason"]


def test_the_leads_own_place_counts_even_when_it_lies_outside_the_county():
    members = people(
        """
        person_id | household_id | relation | in_county | township_code
        anna      | h1           | daughter | false     |
        head      | h1           | head     | true      | 370881102
        """
    )
    row = listed(ANNAS_BILL, members)["h1"]
    assert (row["state"], row["place_person_id"]) == ("county", "anna")


def test_the_person_with_the_worst_and_then_the_oldest_need_leads():
    members = people(
        """
        person_id | household_id | in_county | township_code
        anna      | h1           | true      | 370881101
        bo        | h1           | true      | 370881102
        cai       | h1           | true      | 370881103
        """
    )
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | anna      | h1           | 2        | 2026-01-01  | 2026-11-20
        house  | bo        | h1           | 3        | 2026-11-09  | 2026-11-20
        bill   | cai       | h1           | 3        | 2026-11-08  | 2026-11-20
        """
    )
    row = listed(findings, members)["h1"]
    assert (row["lead_person_id"], row["township_code"]) == ("cai", "370881103")


def test_nobody_is_sent_to_ask_for_the_dead():
    members = people(
        """
        person_id | household_id | relation | life_status | in_county | township_code
        anna      | h1           | head     | dead        | true      | 370881101
        widow     | h1           | spouse   | alive       | true      | 370881101
        """
    )
    assert listed(ANNAS_BILL, members)["h1"]["lead_person_id"] == "widow"


def test_those_beyond_the_townships_capacity_are_carried_and_other_townships_do_not_feel_it():
    members = people(
        """
        person_id | household_id | in_county | township_code
        a         | h1           | true      | 370881101
        b         | h2           | true      | 370881101
        c         | h3           | true      | 370881102
        """
    )
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | a         | h1           | 1        | 2026-11-01  | 2026-11-20
        bill   | b         | h2           | 2        | 2026-11-01  | 2026-11-20
        bill   | c         | h3           | 1        | 2026-11-01  | 2026-11-20
        """
    )
    rows = listed(findings, members, capacity=1)
    assert {name: row["state"] for name, row in rows.items()} == {
        "h1": "carried",
        "h2": "issued",
        "h3": "issued",
    }
    assert rows["h1"]["position"] == 2
    assert "顺延" in rows["h1"]["state_reason"]


def test_the_line_runs_by_severity_want_kinds_of_need_waiting_time_recency_and_name():
    names = ["h_last", "h_recent", "h_waits", "h_twice", "h_red", "h_poor"]
    members = people(
        "person_id | household_id | in_county | township_code\n"
        + "\n".join(f"{name} | {name} | true | 370881101" for name in [*names, "h_later"])
    )
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | h_red     | h_red        | 3        | 2026-11-01  | 2026-11-22
        bill   | h_poor    | h_poor       | 2        | 2026-11-01  | 2026-11-22
        bill   | h_twice   | h_twice      | 2        | 2026-11-01  | 2026-11-21
        house  | h_twice   | h_twice      | 1        | 2026-11-01  | 2026-11-21
        bill   | h_waits   | h_waits      | 2        | 2026-11-01  | 2026-11-20
        bill   | h_recent  | h_recent     | 2        | 2026-11-02  | 2026-11-21
        bill   | h_last    | h_last       | 2        | 2026-11-01  | 2026-11-21
        bill   | h_later   | h_later      | 2        | 2026-11-01  | 2026-11-21
        """
    )
    needs = drawn("household_id | need\nh_poor | 3\nh_waits | 0", need="int64")
    rows = listed(findings, members, needs=needs)
    line = sorted(rows, key=lambda name: rows[name]["position"])
    assert line == ["h_red", "h_poor", "h_twice", "h_waits", "h_recent", "h_last", "h_later"]


def test_a_household_waits_since_its_first_need_and_its_latest_event_counts():
    members = people(
        """
        person_id | household_id | in_county | township_code
        anna      | h1           | true      | 370881101
        bo        | h2           | true      | 370881101
        """
    )
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | anna      | h1           | 2        | 2026-11-03  | 2026-11-19
        house  | anna      | h1           | 2        | 2026-11-03  | 2026-11-20
        bill   | bo        | h2           | 2        | 2026-11-01  | 2026-11-20
        house  | bo        | h2           | 2        | 2026-11-05  | 2026-11-19
        """
    )
    rows = listed(findings, members)
    assert {row["first_found"] for row in rows.values()} == {date(2026, 11, 19)}
    assert [rows[name]["position"] for name in ("h2", "h1")] == [1, 2]


def test_neither_the_settled_nor_another_township_take_anybodys_place_in_line():
    members = people(
        """
        person_id | household_id | in_county | township_code
        anna      | h1           | true      | 370881101
        bo        | h2           | true      | 370881101
        cai       | h3           | true      | 370881101
        dan       | h4           | true      | 370881102
        """
    )
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | anna      | h1           | 3        | 2026-11-01  | 2026-11-20
        bill   | bo        | h2           | 2        | 2026-11-01  | 2026-11-20
        bill   | cai       | h3           | 1        | 2026-11-01  | 2026-09-20
        bill   | dan       | h4           | 3        | 2026-11-01  | 2026-11-20
        """
    )
    assistance = helped(
        """
        person_id | category | approved_on | exit_on
        anna      | dibao    | 2026-11-05  |
        """
    )
    rows = listed(findings, members, assistance=assistance, capacity=1)
    assert [row["position"] for row in rows.values()] == [None, 1, 2, 1]


SIGNALS = ("bill", "house", "cover")
NEEDS = st.dictionaries(
    st.sampled_from(SIGNALS),
    st.tuples(st.integers(1, 3), st.integers(0, 40), st.integers(0, 9)),
    min_size=1,
)


def positions(towns, shuffled=None):
    """The place of every household in its town's line; a town is a list of households' needs."""
    homes = [f"h{town}_{at}" for town, homes in enumerate(towns) for at in range(len(homes))]
    rows = [
        {
            "signal": signal,
            "person_id": f"p_h{town}_{at}",
            "household_id": f"h{town}_{at}",
            "severity": severity,
            "occurred_on": ON - timedelta(days=days),
            "first_found": ON - timedelta(days=waited),
            "measure": None,
            "proof_count": 1,
            "is_sensitive": False,
        }
        for town, homes in enumerate(towns)
        for at, needs in enumerate(homes)
        for signal, (severity, days, waited) in needs.items()
    ]
    if shuffled:
        shuffled.shuffle(rows)
    kinds = {**FINDINGS, "first_found": "date", "is_sensitive": "boolean"}
    schema = ibis.schema({name: kinds[name] for name in rows[0]})
    findings = ibis.memtable(pa.Table.from_pylist(rows, schema=schema.to_pyarrow()))
    members = people(
        "person_id | household_id | in_county | township_code\n"
        + "\n".join(f"p_{home} | {home} | true | town{home.split('_')[0]}" for home in homes)
    )
    return {name: row["position"] for name, row in listed(findings, members).items()}


@st.composite
def trials(draw):
    """A town, the same town with one need that is worse or new, and whose need that is."""
    town = draw(st.lists(NEEDS, min_size=2, max_size=5))
    at, signal = draw(st.integers(0, len(town) - 1)), draw(st.sampled_from(SIGNALS))
    severity, days, waited = town[at].get(signal, (1, 0, 0))
    worse = town[at] | {signal: (draw(st.integers(severity, 3)), days, waited)}
    return town, [*town[:at], worse, *town[at + 1 :]], at


MANY_IN_ONE_QUERY = settings(
    max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


@MANY_IN_ONE_QUERY
@given(st.lists(trials(), min_size=10, max_size=20))
def test_a_worse_or_further_need_never_moves_a_household_back(drawn_trials):
    towns = [town for before, after, _at in drawn_trials for town in (before, after)]
    place = positions(towns)
    for number, (_before, _after, at) in enumerate(drawn_trials):
        assert place[f"h{2 * number + 1}_{at}"] <= place[f"h{2 * number}_{at}"]


@MANY_IN_ONE_QUERY
@given(
    st.lists(st.lists(NEEDS, min_size=1, max_size=5), min_size=5, max_size=10),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_rows_does_not_matter_and_positions_have_no_gaps(towns, random):
    place = positions(towns)
    for town, homes in enumerate(towns):
        line = sorted(place[f"h{town}_{at}"] for at in range(len(homes)))
        assert line == list(range(1, len(homes) + 1))
    assert positions(towns, random) == place
