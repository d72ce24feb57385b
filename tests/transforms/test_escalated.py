from datetime import date

import pytest

from tests.drawn import drawn
from transforms.covered import ORDERS
from transforms.escalated import AT_DESK, HELPFUL, HELPLESS, sent_to_county

ON = date(2026, 11, 22)


NEVER = drawn("household_id | helped_on", helped_on="date")


def sent(text, after=3, helped=NEVER):
    """Orders of one household, drawn; who is sent to the county, and why."""
    header = text.strip().splitlines()[0]
    kinds = {name: kind for name, kind in ORDERS.items() if kind != "string" and name in header}
    drawing = drawn(text, **kinds)
    missing = {name: None for name in ORDERS if name not in drawing.columns}
    orders = drawing.mutate(**missing).cast({name: ORDERS[name] for name in missing})
    return sent_to_county(orders, helped, after, ON).to_pyarrow().to_pylist()


def words(rows):
    return [row["sent_because"][:4] for row in rows]


@pytest.mark.parametrize("outcome", HELPLESS)
def test_every_outcome_that_leaves_the_family_without_help_counts(outcome):
    orders = f"""
        household_id | order_no | issued_on  | until      | outcome
        h            | o1       | 2026-08-05 | 2026-08-10 | {outcome}
        h            | o2       | 2026-09-05 | 2026-09-10 | {outcome}
        h            | o3       | 2026-10-05 | 2026-10-10 | {outcome}
        """
    assert words(sent(orders)) == ["多次发单"]
    assert sent(orders, after=4) == []


@pytest.mark.parametrize(("until", "counts"), [("2026-11-22", True), ("2026-11-23", False)])
def test_an_order_that_nobody_answered_counts_from_the_day_it_lapses(until, counts):
    orders = f"""
        household_id | order_no | issued_on  | until
        h            | o1       | 2026-10-05 | 2026-10-10
        h            | o2       | 2026-11-05 | {until}
        """
    assert bool(sent(orders, after=2)) is counts


@pytest.mark.parametrize(("issued_on", "counts"), [("2026-11-22", True), ("2026-11-23", False)])
def test_an_order_dated_later_says_nothing_yet(issued_on, counts):
    orders = f"""
        household_id | order_no | issued_on   | goes_to
        h            | o1       | {issued_on} | county
        """
    assert bool(sent(orders)) is counts


@pytest.mark.parametrize(
    ("earlier", "later", "sent_on"),
    [("2026-10-01", "2026-11-01", False), ("2026-11-01", "2026-10-01", True)],
)
def test_the_last_visit_decides_where_the_household_goes(earlier, later, sent_on):
    orders = f"""
        household_id | order_no | issued_on | goes_to
        h            | o1       | {earlier} | county
        h            | o2       | {later}   |
        """
    assert bool(sent(orders)) is sent_on


@pytest.mark.parametrize("decision", AT_DESK)
def test_what_an_officer_decides_at_the_desk_is_no_visit(decision):
    orders = f"""
        household_id | order_no | issued_on  | outcome    | goes_to
        h            | o1       | 2026-10-01 | away       | county
        h            | o2       | 2026-11-01 | {decision} |
        """
    assert words(sent(orders)) == ["上次走访"]


def test_of_two_orders_of_one_day_the_higher_number_is_the_last():
    orders = """
        household_id | order_no | issued_on  | goes_to
        h            | o1       | 2026-11-01 |
        h            | o2       | 2026-11-01 | county
        """
    assert words(sent(orders)) == ["上次走访"]
    assert sent(orders.replace("o1", "o3")) == []


@pytest.mark.parametrize(("after", "if_unmoved"), [(2, True), (1, False)])
def test_who_has_moved_is_the_countys_wherever_they_live_only_after_too_many_tries(
    after, if_unmoved
):
    orders = """
        household_id | order_no | issued_on  | until      | outcome | goes_to   | township_code
        h            | o1       | 2026-10-01 | 2026-10-10 | away    |           | t1
        h            | o2       | 2026-11-01 | 2026-11-10 | x       | elsewhere | t2
        """
    (row,) = sent(orders, after)
    assert (row["if_unmoved"], row["sent_from"]) == (if_unmoved, "t2")


def test_a_household_whose_visits_went_well_is_not_sent():
    orders = """
        household_id | order_no | issued_on  | until      | outcome
        h            | o1       | 2026-10-01 | 2026-10-10 | helped
        """
    assert sent(orders, after=1) == []


@pytest.mark.parametrize("outcome", HELPFUL)
@pytest.mark.parametrize(
    ("visited_on", "is_sent"), [("2026-08-04", True), ("2026-08-05", False), ("", True)]
)
def test_only_tries_since_the_last_help_of_a_visit_count(outcome, visited_on, is_sent):
    orders = f"""
        household_id | order_no | issued_on  | until      | outcome   | visited_on
        h            | o0       | 2026-07-05 | 2026-07-10 | {outcome} | 2026-07-10
        h            | o1       | 2026-07-15 | 2026-07-20 | {outcome} | {visited_on}
        h            | o2       | 2026-08-05 | 2026-08-10 | away      | 2026-08-10
        h            | o3       | 2026-09-05 | 2026-09-10 | away      | 2026-09-10
        """
    assert bool(sent(orders, after=2)) is is_sent


@pytest.mark.parametrize(("helped_on", "is_sent"), [("2026-08-04", True), ("2026-08-05", False)])
def test_only_tries_since_help_was_last_granted_count(helped_on, is_sent):
    orders = """
        household_id | order_no | issued_on  | until      | outcome | visited_on
        h            | o1       | 2026-08-05 | 2026-08-10 | away    | 2026-08-10
        h            | o2       | 2026-09-05 | 2026-09-10 | away    | 2026-09-10
        """
    granted = drawn(f"household_id | helped_on\nh | {helped_on}\nh2 | 2026-09-05", helped_on="date")
    assert bool(sent(orders, after=2, helped=granted)) is is_sent


def test_help_after_some_tries_in_vain_ends_their_count():
    orders = """
        household_id | order_no | issued_on  | until      | outcome      | visited_on
        h            | o1       | 2026-02-05 | 2026-02-20 | away         | 2026-02-06
        h            | o2       | 2026-03-05 | 2026-06-06 | in_procedure | 2026-03-06
        h            | o3       | 2026-07-05 | 2026-07-20 | away         | 2026-07-06
        h            | o4       | 2026-08-05 | 2026-11-06 | helped       | 2026-08-06
        """
    assert sent(orders, after=3) == []
    assert words(sent(orders.replace("helped", "away  "), after=3)) == ["多次发单"]


@pytest.mark.parametrize(("until", "counts"), [("2026-11-22", True), ("2026-11-23", False)])
def test_an_application_under_way_is_in_vain_only_when_its_time_is_over(until, counts):
    orders = f"""
        household_id | order_no | issued_on  | until      | outcome      | visited_on
        h            | o1       | 2026-08-05 | 2026-08-10 | away         | 2026-08-06
        h            | o2       | 2026-09-05 | {until}    | in_procedure | 2026-09-06
        """
    assert bool(sent(orders, after=2)) is counts
