from datetime import date
from decimal import Decimal

import pytest

from tests.drawn import drawn
from transforms.helped import BEFORE_HELP, answered, any_help, hanging_on, last_help

ON = date(2026, 11, 22)
ANSWERS = drawn("signal | category\nbill | dibao\nbill | medical_aid\nfire | temporary")
KINDS = drawn("signal | by_event\nbill | false\nfire | true", by_event="boolean")


def homes(text):
    return drawn(text, since="date", until="date")


def granted(text):
    return drawn(text, approved_on="date", exit_on="date")


def bearers(former_homes, people, approved_on="2026-06-01"):
    assistance = granted(
        f"person_id | category | approved_on | exit_on\nana | dibao | {approved_on} |"
    )
    rows = hanging_on(assistance, homes(former_homes), drawn(people)).to_pyarrow().to_pylist()
    assert {(row["category"], row["approved_on"].isoformat()) for row in rows} == {
        ("dibao", approved_on)
    }
    return sorted(row["person_id"] for row in rows)


NOBODY_MOVED = "person_id | household_id | since | until"
TOGETHER = "person_id | household_id\nana | h1\nben | h1\ncai | h2\ndan |"


def test_help_hangs_on_everybody_who_lives_with_its_recipient():
    assert bearers(NOBODY_MOVED, TOGETHER) == ["ana", "ben"]


def test_who_lives_with_nobody_known_bears_their_own_help():
    assert bearers(NOBODY_MOVED, "person_id | household_id\nana |\nben |") == ["ana"]


@pytest.mark.parametrize("mover", ["ana", "ben"])
@pytest.mark.parametrize(
    ("approved_on", "who"), [("2026-05-31", ["ana", "ben"]), ("2026-06-01", ["ana"])]
)
def test_after_a_split_both_parts_bear_the_help_of_before(mover, approved_on, who):
    former = f"{NOBODY_MOVED}\n{mover} | h1 | | 2026-06-01"
    people = "\n".join(f"{name} | {'h2' if name == mover else 'h1'}" for name in ("ana", "ben"))
    assert bearers(former, f"person_id | household_id\n{people}", approved_on) == who


@pytest.mark.parametrize(
    ("approved_on", "who"),
    [
        ("2026-03-31", ["ana"]),
        ("2026-04-01", ["ana", "ben"]),
        ("2026-04-30", ["ana", "ben"]),
        ("2026-05-01", ["ana"]),
    ],
)
def test_who_lived_there_for_a_while_bears_the_help_of_that_while(approved_on, who):
    former = """
        person_id | household_id | since      | until
        ben       | h0           |            | 2026-04-01
        ben       | h1           | 2026-04-01 | 2026-05-01
        """
    people = "person_id | household_id\nana | h1\nben | h2"
    assert bearers(former, people, approved_on) == who


@pytest.mark.parametrize(
    ("approved_on", "who"), [("2026-04-30", ["ana"]), ("2026-05-01", ["ana", "ben"])]
)
def test_who_came_last_bears_what_was_granted_since(approved_on, who):
    former = """
        person_id | household_id | since      | until
        ben       | h0           |            | 2026-04-01
        ben       | h2           | 2026-04-01 | 2026-05-01
        """
    assert bearers(former, "person_id | household_id\nana | h1\nben | h1", approved_on) == who


def last(help_given, people=TOGETHER):
    rows = last_help(ANSWERS, drawn(people), granted(help_given), ON).to_pyarrow().to_pylist()
    return {(row["household_id"], row["signal"]): row["helped_on"].isoformat() for row in rows}


def test_the_last_fitting_help_counts_for_the_household_of_whoever_bears_it():
    help_given = """
        person_id | category    | approved_on | exit_on
        ana       | dibao       | 2026-01-01  |
        ben       | medical_aid | 2026-02-01  | 2026-02-02
        cai       | temporary   | 2026-03-01  | 2026-03-02
        cai       | other       | 2026-04-01  |
        """
    assert last(help_given) == {("h1", "bill"): "2026-02-01", ("h2", "fire"): "2026-03-01"}


@pytest.mark.parametrize(
    ("approved_on", "exit_on", "counts"),
    [
        ("2026-11-22", "", True),
        ("2026-11-23", "", False),
        ("2026-11-01", "2026-11-22", False),
        ("2026-11-01", "2026-11-23", True),
    ],
)
def test_help_counts_from_its_approval_and_until_it_ends(approved_on, exit_on, counts):
    text = f"person_id | category | approved_on | exit_on\nana | dibao | {approved_on} | {exit_on}"
    assert bool(last(text)) is counts


@pytest.mark.parametrize(("approved_on", "counts"), [("2026-11-22", True), ("2026-11-23", False)])
def test_help_of_whatever_kind_is_known_from_its_day_even_after_it_ended(approved_on, counts):
    helps = granted(
        f"""
        person_id | category | approved_on   | exit_on
        ana       | other    | {approved_on} | 2026-11-22
        ben       | dibao    | 2020-01-01    |
        """
    )
    rows = any_help(drawn(TOGETHER), helps, ON).to_pyarrow().to_pylist()
    expected = approved_on if counts else "2020-01-01"
    assert [(row["household_id"], row["helped_on"].isoformat()) for row in rows] == [
        ("h1", expected)
    ]


def judged(finding, before="", helped="h1 | bill | 2026-06-01\nh1 | fire | 2026-06-01"):
    header = "signal | person_id | household_id | severity | occurred_on | measure"
    findings = drawn(
        f"{header}\n{finding}", severity="int8", occurred_on="date", measure="decimal(16, 2)"
    )
    then = drawn(f"person_id | signal | measure | severity\n{before}").cast(BEFORE_HELP)
    known = drawn(f"household_id | signal | helped_on\n{helped}", helped_on="date")
    rows = answered(findings, KINDS, known, then, Decimal("1.5")).to_pyarrow().to_pylist()
    return [row["answered"] for row in rows]


@pytest.mark.parametrize(
    ("occurred_on", "is_answered"), [("2026-06-01", True), ("2026-06-02", False), ("", False)]
)
def test_what_happened_before_the_help_is_answered(occurred_on, is_answered):
    assert judged(f"bill | ana | h1 | 2 | {occurred_on} | 1000") == [is_answered]


@pytest.mark.parametrize(
    ("severity", "measure", "is_answered"),
    [
        (2, "1012.00", True),  # twelve yuan more
        (2, "1499.99", True),
        (2, "1500.00", False),  # grown by half
        (1, "1012.00", True),
        (3, "1012.00", False),  # worse than it was
        (2, "", False),  # nobody knows by how much
    ],
)
def test_after_help_the_same_need_counts_again_only_when_it_has_grown(
    severity, measure, is_answered
):
    finding = f"bill | ana | h1 | {severity} | 2026-06-09 | {measure}"
    assert judged(finding, "ana | bill | 1000.00 | 2") == [is_answered]


@pytest.mark.parametrize(
    "before", ["ana | bill | | 2", "ben | bill | 1000 | 2", "ana | fire | 1 | 2"]
)
def test_a_need_that_was_not_there_when_help_came_counts(before):
    assert judged("bill | ana | h1 | 2 | 2026-06-09 | 1000", before) == [False]


def test_a_further_event_after_the_help_counts_by_itself():
    assert judged("fire | ana | h1 | 2 | 2026-06-09 | 1", "ana | fire | 1 | 2") == [False]
    assert judged("fire | ana | h1 | 2 | 2026-06-01 | 1", "ana | fire | 1 | 2") == [True]


def test_a_kind_of_finding_that_nobody_described_is_not_renewed_by_its_event():
    assert judged("wind | ana | h1 | 2 | 2026-06-09 | 1", "ana | wind | 1 | 2") == [True]


def test_what_nobody_was_helped_for_is_not_answered():
    assert judged("bill | ana | h1 | 2 | 2026-05-01 | 1", helped="h2 | bill | 2026-06-01") == [
        False
    ]
