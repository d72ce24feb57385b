from datetime import date, timedelta

import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.drawn import drawn
from transforms.known import FINDINGS, PEOPLE
from transforms.triage import WORKLIST, worklist

ON = date(2026, 11, 22)

NO_HELP = drawn(
    "person_id | record_key | category | approved_on | exit_on", approved_on="date", exit_on="date"
)
NO_ORDERS = drawn("household_id | signal | severity | issued_on", severity="int8", issued_on="date")
ANSWERS = drawn(
    """
    signal | category
    bill   | dibao
    bill   | medical_aid
    house  | other
    """
)


def found(text):
    drawing = drawn(text, severity="int8", occurred_on="date", first_found="date")
    return drawing.mutate(measure=ibis.null("decimal(16, 2)"), proof_count=ibis.literal(1, "int64"))


def people(text):
    drawing = drawn(text, in_county="boolean")
    missing = {
        name: ibis.null(kind) for name, kind in PEOPLE.items() if name not in drawing.columns
    }
    return drawing.mutate(**missing).select(*PEOPLE)


def helped(text):
    return drawn(text, approved_on="date", exit_on="date")


def ordered(text):
    return drawn(text, severity="int8", issued_on="date")


def listed(findings, members, *, assistance=NO_HELP, orders=NO_ORDERS, capacity=10, cool_down=30):
    table = worklist(
        findings,
        ANSWERS,
        members,
        assistance,
        orders,
        on=ON,
        capacity=capacity,
        cool_down_days=cool_down,
    )
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


@pytest.mark.parametrize(
    ("category", "approved_on", "exit_on", "state"),
    [
        ("dibao", "2026-11-01", "", "suppressed"),
        ("dibao", "2026-10-31", "", "issued"),
        ("dibao", "2026-11-05", "2026-11-22", "issued"),
        ("dibao", "2026-11-05", "2026-11-23", "suppressed"),
        ("dibao", "2026-11-23", "", "issued"),
        ("medical_aid", "2026-11-05", "2026-11-06", "suppressed"),
        ("medical_aid", "2026-10-31", "", "issued"),
        ("other", "2026-11-05", "", "issued"),
    ],
)
def test_only_fitting_help_granted_after_the_fact_and_still_given_answers_a_finding(
    category, approved_on, exit_on, state
):
    assistance = helped(
        f"""
        person_id | record_key | category   | approved_on   | exit_on
        anna      | k1         | {category} | {approved_on} | {exit_on}
        """
    )
    assert states(ANNAS_BILL, ANNA, assistance=assistance) == {"h1": state}


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
        person_id | record_key | category | approved_on | exit_on
        bo        | k1         | dibao    | 2026-11-10  |
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
        person_id | record_key | category | approved_on | exit_on
        anna      | k1         | dibao    | 2026-11-10  |
        """
    )
    row = listed(findings, ANNA, assistance=assistance)["h1"]
    assert (row["state"], row["severity"], row["signal_count"]) == ("issued", 1, 1)
    assert row["first_found"] == date(2026, 11, 12)


@pytest.mark.parametrize(
    ("issued_on", "severity", "state"),
    [
        ("2026-11-22", 2, "open"),
        ("2026-10-24", 2, "open"),
        ("2026-10-23", 2, "issued"),
        ("2026-11-23", 2, "issued"),
        ("2026-11-20", 1, "issued"),
        ("2026-11-20", 3, "open"),
    ],
)
def test_a_recent_order_of_at_least_the_same_severity_is_not_repeated(issued_on, severity, state):
    orders = ordered(
        f"""
        household_id | signal | severity   | issued_on
        h1           | bill   | {severity} | {issued_on}
        """
    )
    row = listed(ANNAS_BILL, ANNA, orders=orders)["h1"]
    assert row["state"] == state
    assert (row["position"] is None) == (state == "open")


def test_a_new_kind_of_need_is_ordered_although_an_older_order_is_open():
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | anna      | h1           | 2        | 2026-11-01  | 2026-11-10
        house  | anna      | h1           | 1        | 2026-11-02  | 2026-11-22
        """
    )
    orders = ordered(
        """
        household_id | signal | severity | issued_on
        h1           | bill   | 2        | 2026-11-20
        """
    )
    assert states(findings, ANNA, orders=orders) == {"h1": "issued"}


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


def test_the_line_runs_by_severity_kinds_of_need_waiting_time_recency_and_name():
    names = ["h_last", "h_recent", "h_waits", "h_twice", "h_red"]
    members = people(
        "person_id | household_id | in_county | township_code\n"
        + "\n".join(f"{name} | {name} | true | 370881101" for name in [*names, "h_later"])
    )
    findings = found(
        """
        signal | person_id | household_id | severity | occurred_on | first_found
        bill   | h_red     | h_red        | 3        | 2026-11-01  | 2026-11-22
        bill   | h_twice   | h_twice      | 2        | 2026-11-01  | 2026-11-22
        house  | h_twice   | h_twice      | 1        | 2026-11-01  | 2026-11-22
        bill   | h_waits   | h_waits      | 2        | 2026-11-01  | 2026-11-20
        bill   | h_recent  | h_recent     | 2        | 2026-11-02  | 2026-11-21
        bill   | h_last    | h_last       | 2        | 2026-11-01  | 2026-11-21
        bill   | h_later   | h_later      | 2        | 2026-11-01  | 2026-11-21
        """
    )
    rows = listed(findings, members)
    line = sorted(rows, key=lambda name: rows[name]["position"])
    assert line == ["h_red", "h_twice", "h_waits", "h_recent", "h_last", "h_later"]


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
        }
        for town, homes in enumerate(towns)
        for at, needs in enumerate(homes)
        for signal, (severity, days, waited) in needs.items()
    ]
    if shuffled:
        shuffled.shuffle(rows)
    schema = ibis.schema({name: FINDINGS.get(name, "date") for name in rows[0]})
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
    max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None
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
