import pytest

from tests.signals.asking import ON, days_ago, facts
from transforms.disabilities import severe


def counted(kind="physical", grade="1", status="valid", issued=None, of_the_mind=("3",)):
    issued = days_ago(900) if issued is None else issued
    head = "record_key | person_id | disability | disability_grade | card_status | issued_on"
    cards = facts("disability", f"{head}\nc | ana | {kind} | {grade} | {status} | {issued}")
    return bool(severe(cards, ON, *of_the_mind).count().to_pyarrow().as_py())


@pytest.mark.parametrize(
    ("kind", "grades"),
    [
        ("visual", "12"),
        ("hearing", "12"),
        ("speech", "12"),
        ("physical", "12"),
        ("multiple", "12"),
        ("intellectual", "123"),
        ("mental", "123"),
        ("", "12"),
    ],
)
def test_grades_one_and_two_are_severe_and_of_the_mind_three_as_well(kind, grades):
    assert "".join(grade for grade in "1234" if counted(kind, grade)) == grades


def test_a_rule_may_take_in_grade_four_of_the_mind_and_of_nothing_else():
    assert counted("mental", "4", of_the_mind=("3", "4"))
    assert not counted("multiple", "4", of_the_mind=("3", "4"))


@pytest.mark.parametrize(
    ("status", "is_counted"),
    [("valid", True), ("expired", False), ("cancelled", False), ("", False)],
)
def test_only_a_valid_card_proves_anything(status, is_counted):
    assert counted(status=status) is is_counted


def test_a_grade_or_day_that_is_unknown_or_a_day_to_come_proves_nothing():
    assert not counted(grade="")
    assert not counted(issued="")
    assert not counted(issued=days_ago(-1))
    assert counted(issued=days_ago(0))
