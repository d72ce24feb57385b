from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from tests.signals.asking import ON, ask, complete, days_ago, facts, flagged, people
from transforms.coverage import Coverage, Covered
from transforms.signals.entitled_but_not_claimed import entitled_but_not_claimed

LIMITS = SimpleNamespace(adult_age=18, window_days=60)
EXAMPLE = {
    "assistance": f"""
        record_key | person_id | category | covered_alone | approved_on
        g          | ana       | dibao    | no            | {days_ago(900)}
        """,
    "resident": """
        record_key | person_id | person_type | life_status
        r          | ben       | registered  | normal
        """,
}
FAMILY = "person_id | household_id | relation | age | life_status\n"
PARENT = "ana | h1 | head | 40 | alive"
REGISTER = "record_key | person_id | category | covered_alone | approved_on | exit_on\n"
DIBAO = f"g1 | ana | dibao | no | {days_ago(900)} |"
RESIDENT = (
    "record_key | person_id | person_type | life_status | status_on | lives_at_registered_address\n"
)


def asked(child="ben | h1 | son | 1 | alive", grants=DIBAO, entry=None, **changes):
    row = "r-ben | ben | registered | normal | 2026-03-01 | yes" if entry is None else entry
    who = changes.pop("parents", PARENT)
    return ask(
        entitled_but_not_claimed,
        people(f"{FAMILY}{who}\n{child}"),
        changes.pop("limits", LIMITS),
        changes.pop("coverage", None),
        assistance=facts("assistance", REGISTER + grants),
        resident=facts("resident", RESIDENT + row),
    )


def test_a_newborn_of_a_family_in_dibao_is_shown_by_its_entry_and_the_parents_grant():
    grant, entry = asked()
    assert (grant["person_id"], grant["record_key"]) == ("ben", "g1")
    assert (entry["person_id"], entry["record_key"]) == ("ben", "r-ben")
    assert (entry["occurred_on"], entry["severity"]) == (date(2026, 3, 1), 1)
    assert {int(row["measure"]) for row in (grant, entry)} == {1}


@pytest.mark.parametrize(
    ("child", "fires"),
    [
        ("son | 0 | alive", True),
        ("daughter | 17 | alive", True),
        ("son | 18 | alive", False),
        ("son | | alive", False),
        ("son | 5 | death_pending", True),
        ("son | 5 | dead", False),
        ("grandchild | 5 | alive", False),
        ("sibling | 5 | alive", False),
        (" | 5 | alive", False),
    ],
)
def test_only_a_living_minor_whose_parents_relations_tell(child, fires):
    assert bool(asked(f"ben | h1 | {child}")) is fires


@pytest.mark.parametrize(
    ("grant", "fires"),
    [
        (f"dibao | no | {days_ago(0)} |", True),
        (f"dibao | no | {days_ago(-1)} |", False),
        ("dibao | no | |", False),
        (f"dibao | yes | {days_ago(900)} |", False),
        (f"dibao | | {days_ago(900)} |", False),
        (f"tekun | no | {days_ago(900)} |", False),
        (f"low_income_margin | no | {days_ago(900)} |", False),
        (f"dibao | no | {days_ago(900)} | {days_ago(0)}", False),
        (f"dibao | no | {days_ago(900)} | {days_ago(-1)}", True),
    ],
)
def test_the_parent_stands_in_dibao_today_and_not_alone(grant, fires):
    assert bool(asked(grants=f"g1 | ana | {grant}")) is fires


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        (f"dibao | no | {days_ago(9)} |", False),
        (f"dibao | no | {days_ago(90)} | {days_ago(9)}", False),
        ("dibao | no | |", False),
        (f"other | | {days_ago(9)} |", False),
        (f" | | {days_ago(9)} |", False),
        (f"temporary | | {days_ago(9)} |", True),
        (f"medical_aid | | {days_ago(9)} |", True),
    ],
)
def test_any_row_about_the_child_but_a_single_payment_shows_a_decision(row, fires):
    assert bool(asked(grants=f"{DIBAO}\ng2 | ben | {row}")) is fires


@pytest.mark.parametrize(
    ("parents", "fires"),
    [
        ("ana | h1 | spouse | 40 | alive", True),
        ("ana | h1 | head | 40 | death_pending", True),
        ("ana | h1 | head | 40 | dead", False),
        ("ana | h1 | parent | 70 | alive", False),
        ("ana | h1 | | 40 | alive", False),
        ("ana | h2 | head | 40 | alive", False),
        ("ana | | head | 40 | alive", False),
    ],
)
def test_the_recipient_is_a_living_head_or_spouse_of_the_childs_household(parents, fires):
    assert bool(asked(parents=parents)) is fires


@pytest.mark.parametrize(
    ("entry", "fires"),
    [
        ("registered | normal | | yes", True),
        ("registered | normal | | ", True),
        ("registered | normal | | no", False),
        ("floating | normal | | yes", False),
        ("registered | moved_out | | yes", False),
        (" | normal | | yes", False),
        ("registered | | | yes", False),
    ],
)
def test_the_child_is_registered_and_not_known_to_live_elsewhere(entry, fires):
    assert bool(asked(entry=f"r-ben | ben | {entry}")) is fires


@pytest.mark.parametrize(("told", "fires"), [((), False), (("assistance",), True)])
def test_silence_tells_only_where_the_register_of_assistance_is_complete(told, fires):
    assert bool(asked(coverage=complete(*told))) is fires


@pytest.mark.parametrize(("age", "fires"), [(10, True), (11, False)])
def test_a_register_older_than_the_window_proves_nothing(age, fires):
    old = Covered(complete_since=date(2020, 1, 1), latest=ON - timedelta(days=age), cadence_days=30)
    coverage = Coverage(by_record={"assistance": old}, on=ON)
    limits = SimpleNamespace(adult_age=18, window_days=10)
    assert bool(asked(coverage=coverage, limits=limits)) is fires


def test_a_dormitory_is_no_family():
    who = people(
        """
        person_id | household_id | relation | age | household_kind
        ana       | h1           | head     | 40  | collective
        ben       | h1           | son      | 1   | collective
        """
    )
    rows = ask(
        entitled_but_not_claimed,
        who,
        LIMITS,
        assistance=facts("assistance", REGISTER + DIBAO),
        resident=facts("resident", RESIDENT + "r | ben | registered | normal | |"),
    )
    assert flagged(rows) == []
