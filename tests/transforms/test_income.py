"""What is known of a family's income, and what nobody can know of it."""

from decimal import Decimal

import pytest

from tests.signals.asking import ON, days_ago, facts, people
from transforms.income import INCOME, known_income

FAMILY = people(
    """
    person_id | household_id | age
    ana       | h            | 40
    ben       | h            | 38
    cho       | h            | 70
    """
)
WAGES = "record_key | person_id | insurance | payment_status | status_since | contribution_base\n"
BENEFITS = (
    "record_key | person_id | benefit | benefit_status | monthly_amount | starts_on | ends_on\n"
)


def income(wages: str = "", benefits: str = "", who=FAMILY):
    known = known_income(
        facts("enrolment", WAGES + wages),
        facts("benefit", BENEFITS + benefits),
        who,
        ON,
        adult_age=18,
        elder_age=60,
    )
    assert known.schema() == known.cast(INCOME).schema()
    return {row["household_id"]: row for row in known.to_pyarrow().to_pylist()}


def of_the_family(wages: str = "", benefits: str = "", who=FAMILY):
    row = income(wages, benefits, who)["h"]
    assert row["monthly_known"].as_tuple().exponent == -2
    return row


def test_wages_and_benefits_of_all_living_members_add_up():
    known = of_the_family(
        """
        e1 | ana | employee_pension | paying | 2020-01-01 | 4000.50
        e2 | ben | employee_medical | paying | 2020-01-01 | 3000
        """,
        """
        b1 | cho | employee_pension | paying | 220.25 | 2016-01-01 |
        b2 | cho | survivor         | paying | 100    | 2016-01-01 |
        """,
    )
    assert known == {
        "household_id": "h",
        "monthly_known": Decimal("7320.75"),
        "earners": 2,
        "pensioners": 1,
        "members": 3,
        "unclear": 0,
        "unseen": 0,
    }


def test_several_insurances_of_one_person_are_one_wage_the_largest():
    known = of_the_family(
        """
        e1 | ana | employee_pension | paying | 2020-01-01 | 4000
        e2 | ana | employee_medical | paying | 2020-01-01 | 4200
        e3 | ana | unemployment     | paying | 2020-01-01 |
        e4 | ana | injury           |        | 2020-01-01 | 9000
        """
    )
    assert (known["monthly_known"], known["earners"], known["unclear"]) == (Decimal(4200), 1, 0)


@pytest.mark.parametrize(
    ("row", "earners", "unclear"),
    [
        (f"employee_pension | paying | {days_ago(0)}  | 4000", 1, 0),
        (f"employee_pension | paying | {days_ago(-1)} | 4000", 0, 0),
        ("employee_pension  | paying |                | 4000", 1, 0),
        (f"employee_pension | paused | {days_ago(0)}  | 4000", 0, 0),
        (f"employee_pension | paused | {days_ago(-1)} | 4000", 1, 0),
        (f"employee_pension | ended  | {days_ago(-1)} | 4000", 1, 0),
        ("employee_pension  | ended  |                | 4000", 0, 0),
        (f"employee_pension |        | {days_ago(9)}  | 4000", 0, 1),
        (f"employee_pension | paying | {days_ago(9)}  |     ", 0, 1),
        (f"employee_pension | paying | {days_ago(9)}  | 0   ", 0, 1),
        (f"                 | paying | {days_ago(9)}  | 4000", 0, 1),
        (f"resident_pension | paying | {days_ago(9)}  | 4000", 0, 0),
        (f"resident_medical | paying | {days_ago(9)}  | 4000", 0, 0),
    ],
)
def test_a_wage_is_the_base_of_insurance_at_work_that_is_being_paid(row, earners, unclear):
    known = of_the_family(f"e | ana | {row}")
    assert (known["earners"], known["unclear"]) == (earners, unclear)
    assert known["monthly_known"] == 4000 * earners


@pytest.mark.parametrize(
    ("row", "pensioners", "unclear"),
    [
        (f"paying    | 200 | {days_ago(0)}  |                ", 1, 0),
        (f"paying    | 200 | {days_ago(-1)} |                ", 0, 0),
        ("paying     | 200 |                |                ", 1, 0),
        (f"paying    | 200 | {days_ago(9)}  | {days_ago(0)}  ", 0, 0),
        (f"paying    | 200 | {days_ago(9)}  | {days_ago(-1)} ", 1, 0),
        (f"suspended | 200 | {days_ago(9)}  |                ", 0, 0),
        (f"stopped   | 200 | {days_ago(9)}  |                ", 0, 0),
        (f"stopped   | 200 | {days_ago(9)}  | {days_ago(0)}  ", 0, 0),
        (f"stopped   | 200 | {days_ago(9)}  | {days_ago(-1)} ", 0, 1),
        (f"          | 200 | {days_ago(9)}  |                ", 0, 1),
        (f"          | 200 | {days_ago(9)}  | {days_ago(0)}  ", 0, 0),
        (f"paying    |     | {days_ago(9)}  |                ", 0, 1),
    ],
)
def test_a_benefit_counts_while_it_is_being_paid(row, pensioners, unclear):
    known = of_the_family(benefits=f"b | cho | unemployment | {row}")
    assert (known["pensioners"], known["unclear"]) == (pensioners, unclear)
    assert known["monthly_known"] == 200 * pensioners


def test_unknown_amounts_add_nothing_to_the_known_ones_and_each_is_counted():
    known = of_the_family(
        "e | ana | employee_pension | paying | 2020-01-01 |",
        """
        b1 | ana | survivor         | paying | 500 | 2016-01-01 |
        b2 | cho | survivor         | paying |     | 2016-01-01 |
        b3 | cho | employee_pension | paying |     | 2016-01-01 |
        """,
    )
    assert (known["monthly_known"], known["unclear"]) == (Decimal(500), 3)


@pytest.mark.parametrize(("age", "unseen"), [(17, 0), (18, 1), (59, 1), (60, 0), ("", 1)])
def test_an_adult_not_old_yet_or_of_unknown_age_without_wage_and_benefit_is_unseen(age, unseen):
    who = people(f"person_id | household_id | age\nana | h | {age}")
    assert of_the_family(who=who)["unseen"] == unseen
    assert of_the_family(benefits="b | ana | injury | paying | 9 | |", who=who)["unseen"] == 0


@pytest.mark.parametrize("kind", ["resident_pension", ""])
def test_a_residents_pension_is_income_but_makes_no_pensioner(kind):
    known = of_the_family(benefits=f"b | cho | {kind} | paying | 220 | |")
    assert (known["monthly_known"], known["pensioners"]) == (Decimal(220), 0)
    both = f"b1 | cho | {kind} | paying | 220 | |\nb2 | cho | survivor | paying | 300 | |"
    assert of_the_family(benefits=both)["pensioners"] == 1


def test_only_the_living_members_of_families_are_counted():
    who = people(
        """
        person_id | household_id | age | life_status   | household_kind
        ana       | h            | 40  | alive         | family
        ben       | h            | 41  | dead          | family
        cho       | h            | 70  | death_pending | family
        dia       | h2           | 30  | alive         | collective
        eli       |              | 30  | alive         | family
        """
    )
    rows = income(
        "\n".join(
            f"{name} | {name} | employee_pension | paying | 2020-01-01 | 1000"
            for name in ("ana", "ben", "cho", "dia", "eli")
        ),
        who=who,
    )
    assert set(rows) == {"h"}
    assert (rows["h"]["members"], rows["h"]["monthly_known"]) == (2, Decimal(2000))
