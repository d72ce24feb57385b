from types import SimpleNamespace

import pytest

from data_contracts.records import RECORDS
from tests.signals.asking import ask, complete, days_ago, facts, found, people
from transforms.signals.no_home_and_trouble import no_home_and_trouble

LIMITS = SimpleNamespace(window_days=365)
EXAMPLE = {
    "people": """
        person_id | household_id | in_county | township_code
        ana       | h1           | true      | 370881001
        ben       | h1           | true      | 370881001
        cho       | h2           | true      | 370881100
        """,
    "found": f"""
        signal               | person_id | record_key | occurred_on     | family
        new_serious_disease  | ana       | m1         | {days_ago(360)} | M
        new_serious_disease  | cho       | m2         | {days_ago(5)}   | M
        """,
    "tenancy": "record_key | person_id | lease_status\nt1 | ben | ended",
}
TOWN = """
    person_id | household_id | in_county | township_code
    ana       | h            | true      | 370881001
    ben       | h            | true      | 370881001
    """


def troubles(*signals: str, person: str = "ana", days: str = days_ago(9)) -> str:
    return "\n".join(
        f"{each.split('.')[1]} | {person} | k-{each.split('.')[1]} | {days} | {each.split('.')[0]}"
        for each in signals
    )


ILL = troubles("M.new_serious_disease")


def asked(proofs: str = ILL, who: str = TOWN, coverage=None, **records: str):
    return ask(
        no_home_and_trouble,
        people(who),
        LIMITS,
        coverage,
        found=found("signal | person_id | record_key | occurred_on | family\n" + proofs),
        **{name: facts(name, rows) for name, rows in records.items()},
    )


def test_is_blue_and_rests_on_the_rows_of_the_trouble():
    rows = asked(troubles("M.new_serious_disease", "M.high_medical_burden"))
    assert [(row["person_id"], row["record_key"], row["severity"]) for row in rows] == [
        ("ana", "k-high_medical_burden", 1),
        ("ana", "k-new_serious_disease", 1),
    ]
    assert {int(row["measure"]) for row in rows} == {2}


def test_troubles_of_the_whole_family_are_counted_by_kind():
    both = ILL + "\n" + troubles("M.new_serious_disease", "D.child_without_carer", person="ben")
    assert {(row["person_id"], int(row["measure"])) for row in asked(both)} == {
        ("ana", 2),
        ("ben", 2),
    }


@pytest.mark.parametrize(
    ("trouble", "fires"),
    [
        ("M.care_given_up", True),
        ("D.child_without_carer", True),
        ("D.death_of_main_earner", False),
        ("S.cover_stopped", False),
        ("R.rent_arrears", False),
    ],
)
def test_only_illness_and_children_without_care_are_this_trouble(trouble, fires):
    assert bool(asked(troubles(trouble))) is fires


@pytest.mark.parametrize(
    ("day", "fires"),
    [
        (days_ago(365), True),
        (days_ago(366), False),
        (days_ago(0), True),
        (days_ago(-1), False),
        ("", False),
    ],
)
def test_a_trouble_expires_and_one_without_a_day_is_none(day, fires):
    assert bool(asked(troubles("M.new_serious_disease", days=day))) is fires


@pytest.mark.parametrize(
    ("right", "fires"),
    [
        ("dwelling   | current   |                ", False),
        ("           | current   |                ", False),
        ("dwelling   |           |                ", False),
        (f"dwelling  | current   | {days_ago(-1)} ", False),
        (f"dwelling  | current   | {days_ago(0)}  ", True),
        ("dwelling   | cancelled |                ", True),
        ("commercial | current   |                ", True),
        ("parking    |           |                ", True),
    ],
)
def test_whatever_may_be_a_dwelling_of_the_family_is_a_home(right, fires):
    owned = f"record_key | person_id | use | right_status | cancelled_on\np | ben | {right}"
    assert bool(asked(property_right=owned)) is fires


@pytest.mark.parametrize(
    ("lease", "fires"),
    [
        ("active |                ", False),
        ("       |                ", False),
        (f"active | {days_ago(-1)} ", False),
        (f"active | {days_ago(0)}  ", True),
        ("ended  |                ", True),
    ],
)
def test_whatever_may_be_a_lease_in_force_is_a_home(lease, fires):
    rented = f"record_key | person_id | lease_status | leased_to\nt | ben | {lease}"
    assert bool(asked(tenancy=rented)) is fires


def test_a_surveyed_house_is_a_home_however_it_was_graded():
    surveyed = "record_key | person_id | grade\nd | ben | D"
    assert asked(dangerous_house=surveyed) == []


def test_a_home_of_another_family_or_of_nobody_known_is_none_of_this_family():
    owned = "record_key | person_id | use\np | cho | dwelling\nq |  | dwelling"
    assert asked(property_right=owned) != []


def test_a_home_that_a_dead_member_left_is_a_home():
    who = """
        person_id | household_id | in_county | township_code | life_status
        ana       | h            | true      | 370881001     | alive
        ben       | h            | true      | 370881001     | dead
        """
    owned = "record_key | person_id | use\np | ben | dwelling"
    assert asked(who=who, property_right=owned) == []
    assert asked(who=who) != []


@pytest.mark.parametrize("silent", ["property_right", "tenancy"])
def test_silence_is_believed_only_where_both_registers_are_complete(silent):
    assert asked(coverage=complete(*(set(RECORDS) - {silent}))) == []


@pytest.mark.parametrize(
    ("place", "fires"),
    [
        ("true  | 370881001", True),
        ("true  | 370881099", True),
        ("true  | 370881000", False),
        ("true  | 370881100", False),
        ("true  | 370881   ", False),
        ("true  |          ", False),
        ("      | 370881001", False),
        ("false | 370881001", False),
        ("      |          ", False),
    ],
)
def test_only_a_town_sub_district_of_the_county_is_concluded_about(place, fires):
    who = f"person_id | household_id | in_county | township_code\nana | h | {place}"
    assert bool(asked(who=who)) is fires


@pytest.mark.parametrize(
    ("place", "fires"),
    [
        ("true  | 370881100", False),
        ("false |          ", False),
        ("true  |          ", False),
        ("      |          ", True),
    ],
)
def test_a_member_who_is_known_to_live_elsewhere_may_have_a_home_there(place, fires):
    who = TOWN.replace("ben       | h            | true      | 370881001", f"ben | h | {place}")
    assert bool(asked(who=who)) is fires


@pytest.mark.parametrize(
    ("state", "fires"),
    [
        ("dead          | family    ", False),
        ("death_pending | family    ", True),
        ("alive         | collective", False),
    ],
)
def test_only_the_living_of_families_count(state, fires):
    who = f"""
        person_id | household_id | in_county | township_code | life_status | household_kind
        ana       | h            | true      | 370881001     | {state}
        """
    assert bool(asked(who=who)) is fires
