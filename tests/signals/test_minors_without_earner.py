from types import SimpleNamespace

import pytest

from data_contracts.records import RECORDS
from tests.signals.asking import ask, complete, days_ago, facts, people
from transforms.signals.minors_without_earner import minors_without_earner

LIMITS = SimpleNamespace(adult_age=18, patience_days=90, window_days=365)
EXAMPLE = {
    "people": """
        person_id | household_id | relation | age | marital
        ana       | h1           | head     | 40  | married
        ben       | h1           | spouse   | 41  | married
        kid       | h1           | son      | 17  |
        """,
    "enrolment": f"""
        record_key | person_id | insurance        | payment_status | status_since
        e1         | ana       | employee_pension | paused         | {days_ago(92)}
        e2         | ben       | employee_pension | ended          | {days_ago(360)}
        """,
}
ANA = "ana | head | 40 | married | alive"
BEN = "ben | spouse | 41 | married | alive"
KID = "kid | son | 10 | | alive"
LOST = f"ana | employee_pension | paused | {days_ago(100)}"


def family(*members: str, kind: str = "family"):
    """Members as: name, relation, age, marital, life_status."""
    head = "person_id | relation | age | marital | life_status | household_id | household_kind"
    return people("\n".join([head, *(f"{member} | h | {kind}" for member in members)]))


FAMILY = family(ANA, BEN, KID)


def asked(*insured: str, who=FAMILY, coverage=None, **records):
    """Insurances as: person, insurance, payment_status, status_since."""
    text = "\n".join(f"e{at} | {row}" for at, row in enumerate(insured))
    head = "record_key | person_id | insurance | payment_status | status_since\n"
    enrolment = facts("enrolment", head + text)
    return ask(minors_without_earner, who, LIMITS, coverage, enrolment=enrolment, **records)


def test_is_yellow_carried_by_who_lost_cover_and_measures_the_minors():
    who = family(ANA, BEN, KID, "girl | daughter | 17 | | alive", "grown | son | 18 | | alive")
    (row,) = asked(LOST, who=who)
    assert (row["person_id"], row["record_key"]) == ("ana", "e0")
    assert (row["severity"], row["measure"]) == (2, 2)


def test_a_family_of_farmers_who_never_were_employed_is_not_flagged():
    farming = [f"{name} | resident_pension | paying | {days_ago(900)}" for name in ("ana", "ben")]
    assert asked(*farming) == []
    assert asked() == []


@pytest.mark.parametrize(
    ("days", "fires"), [(89, False), (90, True), (365, True), (366, False), (-1, False)]
)
def test_fires_from_the_end_of_patience_to_the_end_of_the_window(days, fires):
    assert bool(asked(f"ana | employee_medical | ended | {days_ago(days)}")) is fires


@pytest.mark.parametrize(
    "row",
    [
        f"ana | employee_pension | paying | {days_ago(100)}",
        f"ana | employee_pension |  | {days_ago(100)}",
        "ana | employee_pension | paused | ",
        f"ana | resident_medical | paused | {days_ago(100)}",
        f"ana |  | paused | {days_ago(100)}",
        f"kid | employee_pension | paused | {days_ago(100)}",
        f"zoe | employee_pension | paused | {days_ago(100)}",
    ],
)
def test_only_an_adult_members_job_known_to_have_ended_is_a_loss(row):
    assert asked(row) == []


@pytest.mark.parametrize(
    ("cover", "fires"),
    [
        (f"injury | paying | {days_ago(5)}", False),
        (f"employee_pension |  | {days_ago(300)}", False),
        (f"employee_pension | ended | {days_ago(10)}", False),
        (f"employee_pension | ended | {days_ago(-1)}", False),
        ("employee_pension | ended | ", False),
        (" | paying | ", False),
        (f"employee_pension | ended | {days_ago(400)}", True),
        (f"resident_pension | paying | {days_ago(400)}", True),
        (f"resident_medical | paying | {days_ago(400)}", True),
    ],
)
def test_a_member_who_is_or_may_be_at_work_holds_it_back(cover, fires):
    assert bool(asked(LOST, f"ben | {cover}")) is fires


@pytest.mark.parametrize("who", ["ana", "kid"])
def test_any_member_may_be_the_one_at_work(who):
    assert asked(LOST, f"{who} | injury | paying | {days_ago(5)}") == []


@pytest.mark.parametrize(
    ("payment", "fires"),
    [
        ("resident_pension | paying |", False),
        ("unemployment |  |", False),
        (f"unemployment | paying | {days_ago(-1)}", False),
        (f"unemployment | paying | {days_ago(0)}", True),
        ("employee_pension | suspended |", True),
        ("employee_pension | stopped |", True),
    ],
)
def test_any_benefit_that_is_or_may_be_paid_holds_it_back(payment, fires):
    head = "record_key | person_id | benefit | benefit_status | ends_on\n"
    rows = facts("benefit", f"{head}b | ben | {payment}")
    assert bool(asked(LOST, benefit=rows)) is fires


def test_the_income_of_the_dead_and_of_other_families_is_not_theirs():
    who = family(ANA, "ben | spouse | 41 | married | dead", KID)
    assert asked(LOST, f"ben | injury | paying | {days_ago(5)}", who=who)
    assert asked(LOST, f"zoe | injury | paying | {days_ago(5)}")


ALONE = "ana | head | 40 | {} | alive"


@pytest.mark.parametrize(
    ("members", "fires"),
    [
        ((ANA, BEN, KID), True),
        ((ANA, "ben | spouse | 41 | married | dead", KID), True),
        ((ANA, KID), False),
        ((ALONE.format(""), KID), False),
        ((ALONE.format("unknown"), KID), False),
        ((ALONE.format("divorced"), KID), True),
        ((ALONE.format("widowed"), KID), True),
        ((ALONE.format("single"), KID), True),
        ((ANA, BEN, "kid | grandchild | 10 | | alive"), False),
        ((ANA, BEN, "kid |  | 10 | | alive"), False),
    ],
)
def test_the_childs_parents_must_all_be_shown_by_the_register(members, fires):
    assert bool(asked(LOST, who=family(*members))) is fires


@pytest.mark.parametrize(
    ("kid", "fires"),
    [
        ("kid | daughter | 17 | | alive", True),
        ("kid | daughter | 18 | | alive", False),
        ("kid | daughter |  | | alive", False),
        ("kid | daughter | 10 | | dead", False),
    ],
)
def test_there_must_be_a_living_minor(kid, fires):
    assert bool(asked(LOST, who=family(ANA, BEN, kid))) is fires


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        ("ana | head | 40 | married | dead", False),
        ("ana | head |    |         | alive", False),
        ("ana | head | 17 |         | alive", False),
        ("ana | head | 18 |         | alive", True),
    ],
)
def test_whoever_lost_cover_must_be_a_living_adult(row, fires):
    assert bool(asked(LOST, who=family(row, BEN, KID))) is fires


def test_a_dormitory_is_no_family():
    assert asked(LOST, who=family(ANA, BEN, KID, kind="collective")) == []


@pytest.mark.parametrize("missing", ["enrolment", "benefit", "resident"])
def test_silence_tells_nothing_where_a_source_is_not_complete_and_fresh(missing):
    coverage = complete(*(name for name in RECORDS if name != missing))
    assert asked(LOST, coverage=coverage) == []
