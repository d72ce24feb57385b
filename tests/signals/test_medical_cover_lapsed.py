from types import SimpleNamespace

import pytest

from data_contracts.records import RECORDS
from tests.signals.asking import ask, complete, days_ago, facts, people
from transforms.signals.medical_cover_lapsed import medical_cover_lapsed

LIMITS = SimpleNamespace(patience_days=60, window_days=365, excluded_population=("tekun",))
EXAMPLE = {
    "enrolment": f"""
        record_key | person_id | insurance        | payment_status | status_since
        e1         | ana       | resident_medical | paused         | {days_ago(92)}
        e2         | cho       | employee_medical | ended          | {days_ago(175)}
        """,
}
ANA = people("person_id | household_id\nana | h1")
LAPSED = f"resident_medical | paused | {days_ago(100)}"


def asked(*rows: str, who=ANA, coverage=None, **records):
    """Insurances of ana as: insurance, payment_status, status_since."""
    text = "\n".join(f"e{at} | ana | {row}" for at, row in enumerate(rows))
    head = "record_key | person_id | insurance | payment_status | status_since\n"
    insured = facts("enrolment", head + text)
    return ask(medical_cover_lapsed, who, LIMITS, coverage, enrolment=insured, **records)


@pytest.mark.parametrize("cover", ["resident_medical | paused", "employee_medical | ended"])
@pytest.mark.parametrize(
    ("days", "fires"), [(59, False), (60, True), (365, True), (366, False), (-1, False)]
)
def test_fires_from_the_end_of_patience_to_the_end_of_the_window(cover, days, fires):
    assert bool(asked(f"{cover} | {days_ago(days)}")) is fires


def test_is_yellow_and_measures_the_days_since_the_last_cover_stopped():
    rows = asked(LAPSED, f"employee_medical | ended | {days_ago(300)}")
    assert [(row["record_key"], row["severity"], row["measure"]) for row in rows] == [
        ("e0", 2, 100),
        ("e1", 2, 100),
    ]


@pytest.mark.parametrize(
    "row",
    [
        f"resident_medical | paying | {days_ago(100)}",
        f"resident_medical |  | {days_ago(100)}",
        "resident_medical | paused | ",
        f"employee_pension | paused | {days_ago(100)}",
        f" | paused | {days_ago(100)}",
    ],
)
def test_only_medical_cover_known_to_have_stopped_has_lapsed(row):
    assert asked(row) == []


@pytest.mark.parametrize(
    ("other", "fires"),
    [
        (f"employee_medical | paying | {days_ago(30)}", False),
        ("employee_medical | paying | ", False),
        (f"employee_medical |  | {days_ago(300)}", False),
        (f"employee_medical | ended | {days_ago(-1)}", False),
        (f"employee_medical | ended | {days_ago(10)}", False),
        ("employee_medical | ended | ", False),
        (f" | paying | {days_ago(300)}", False),
        (f"employee_medical | ended | {days_ago(400)}", True),
        (f"resident_pension | paying | {days_ago(400)}", True),
    ],
)
def test_medical_cover_that_is_or_may_be_paid_holds_it_back(other, fires):
    assert bool(asked(LAPSED, other)) is fires


@pytest.mark.parametrize(
    ("paid", "fires"),
    [
        ("employee_pension | paying |", False),
        ("employee_pension |  |", False),
        ("unemployment | paying |", False),
        (f"unemployment | stopped | {days_ago(1)}", True),
        (f"unemployment | paying | {days_ago(0)}", True),
        (f"unemployment | paying | {days_ago(-1)}", False),
        ("resident_pension | paying |", True),
    ],
)
def test_cover_that_a_benefit_brings_with_it_has_not_lapsed(paid, fires):
    head = "record_key | person_id | benefit | benefit_status | ends_on\n"
    assert bool(asked(LAPSED, benefit=facts("benefit", f"{head}b | ana | {paid}"))) is fires


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        (f"tekun | {days_ago(9)} |", False),
        (f"dibao | {days_ago(9)} |", True),
        (f"tekun | {days_ago(9)} | {days_ago(0)}", True),
        ("tekun |  |", True),
    ],
)
def test_the_excluded_population_is_who_is_in_those_categories_today(row, fires):
    head = "record_key | person_id | category | approved_on | exit_on\n"
    assert bool(asked(LAPSED, assistance=facts("assistance", f"{head}a | ana | {row}"))) is fires


@pytest.mark.parametrize("missing", ["enrolment", "benefit"])
def test_silence_tells_nothing_where_a_source_is_not_complete_and_fresh(missing):
    coverage = complete(*(name for name in RECORDS if name != missing))
    assert asked(LAPSED, coverage=coverage) == []


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        ("alive | true", True),
        ("death_pending | true", True),
        ("dead | true", False),
        ("alive | false", False),
        ("alive | ", False),
    ],
)
def test_only_the_living_whom_the_register_knows_are_flagged(row, fires):
    who = people(f"person_id | household_id | life_status | in_register\nana | h1 | {row}")
    assert bool(asked(LAPSED, who=who)) is fires
