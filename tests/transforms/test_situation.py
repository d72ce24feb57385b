from decimal import Decimal
from types import SimpleNamespace

import pytest

from data_contracts.records import RECORDS
from tests.signals.asking import ON, days_ago, facts, people
from transforms.categories import KINDS, possible_kinds
from transforms.programmes import PROGRAMMES, programmes_for
from transforms.signal import LeadsTo
from transforms.signals import SIGNALS
from transforms.situation import SITUATION, situations

SHARED = SimpleNamespace(
    adult_age=18,
    elder_age=60,
    serious_diseases=("C34",),
    dibao_standard_urban=Decimal("900.00"),
    dibao_standard_rural=Decimal("700.00"),
    margin_multiple=Decimal("1.50"),
    disposable_income_per_head=Decimal("30000.00"),
    rigid_expense_share=Decimal("0.6"),
)
YEAR = Decimal(700 * 12)
FAMILY = people(
    """
    person_id | household_id | age | life_status
    ana       | h1           | 40  | alive
    ben       | h1           | 17  | alive
    old       | h1           | 60  | death_pending
    gone      | h1           | 59  | dead
    """
)


def known(who=FAMILY, **drawn):
    given = {name: facts(name, drawn.get(name, "")) for name in RECORDS}
    rows = situations(who, given, SHARED, ON).to_pyarrow().to_pylist()
    return {row["household_id"]: row for row in rows}


def bill(amount):
    head = "record_key | person_id | settled_on | is_refund | personal_amount\n"
    return f"{head}b | ana | {days_ago(9)} | no | {amount}"


def test_counts_who_lives_there_and_nothing_of_what_nobody_knows():
    row = known()["h1"]
    assert list(row) == list(SITUATION)
    assert (row["members"], row["minors"], row["elders"]) == (3, 1, 1)
    assert (row["earners"], row["monthly_income"], row["unseen"]) == (0, 0, 1)
    assert (row["dwellings"], row["vehicles"], row["on_aid"]) == (0, 0, "")


@pytest.mark.parametrize(
    ("disabled", "helpless"), [("", 2), ("old", 2), ("ben", 2), ("ana", 3), ("gone", 2)]
)
def test_an_old_person_or_a_child_who_is_disabled_is_helpless_once(disabled, helpless):
    cards = "record_key | person_id | card_status | disability_grade\n"
    row = known(disability=cards + (f"c | {disabled} | valid | 1" if disabled else ""))["h1"]
    assert (row["minors"], row["elders"], row["helpless"]) == (1, 1, helpless)


def test_somebody_of_unknown_age_is_not_taken_to_be_helpless():
    who = people("person_id | household_id | age | life_status\nana | h1 |  | alive")
    assert known(who)["h1"]["helpless"] == 0


def test_what_is_short_is_the_margin_line_and_the_bills_less_the_known_income():
    wage = "record_key | person_id | insurance | payment_status | contribution_base\n"
    row = known(
        settlement=bill(5000),
        enrolment=f"{wage}e | ana | employee_pension | paying | 2000",
    )["h1"]
    assert row["shortfall"] == YEAR * 3 * Decimal("1.5") + 5000 - 24000


def test_whose_income_nobody_sees_is_taken_to_earn_their_own_keep():
    assert known()["h1"]["shortfall"] == YEAR * 2 * Decimal("1.5")


def test_a_known_income_lowers_what_is_short():
    wage = "record_key | person_id | insurance | payment_status | contribution_base\n"
    assert known(enrolment=f"{wage}e | ana | employee_pension | paying | 99000")["h1"]["need"] == 0


LONE = people("person_id | household_id | age | life_status\nana | h1 | 40 | alive")


@pytest.mark.parametrize(
    ("standards", "need"),
    [
        *[("0.1249", 0), ("0.125", 1), ("0.25", 2), ("0.4999", 2), ("0.5", 3)],
        *[("1", 4), ("2", 5), ("3.9999", 5), ("4", 6), ("100", 6)],
    ],
)
def test_the_level_of_need_doubles_with_each_step(standards, need):
    bills = (YEAR * Decimal(standards)).quantize(Decimal("0.01"))
    assert known(LONE, settlement=bill(bills))["h1"]["need"] == need


def test_what_is_short_of_the_line_counts_per_head_and_bills_per_grown_member():
    who = """
        person_id | household_id | age | life_status
        ana       | h1           | 40  | alive
        ben       | h1           | {age} | alive
        """
    bills = {"settlement": bill(YEAR)}
    assert known(LONE, **bills)["h1"]["need"] == 4
    assert known(people(who.format(age=41)), **bills)["h1"]["need"] == 3
    assert known(people(who.format(age=17)), **bills)["h1"]["need"] == 4
    assert known(people(who.format(age=17)))["h1"]["need"] == 3


def test_children_alone_pay_their_bills_themselves():
    child = people("person_id | household_id | age | life_status\nana | h1 | 10 | alive")
    assert known(child)["h1"]["need"] == 4
    assert known(child, settlement=bill(YEAR * Decimal("2.5")))["h1"]["need"] == 6


def test_bills_of_somebody_who_has_died_since_are_the_familys():
    assert known(settlement=bill(5000).replace("ana", "gone"))["h1"]["medical_burden"] == 5000


@pytest.mark.parametrize(
    ("record", "text", "column", "count"),
    [
        ("admission", f"record_key | person_id | discharged_on | diagnosis_main\na | ana | {days_ago(365)} | C34.1", "seriously_ill", 1),
        ("admission", f"record_key | person_id | discharged_on | diagnosis_main\na | ana | {days_ago(366)} | C34.1", "seriously_ill", 0),
        ("disability", "record_key | person_id | disability_grade | card_status\nd | ben | 2 | valid", "disabled", 1),
        ("disability", "record_key | person_id | disability_grade | card_status\nd | ben | 3 | valid", "disabled", 0),
        ("disability", "record_key | person_id | disability_grade | card_status\nd | ben | 2 |", "disabled", 0),
        ("property_right", "record_key | person_id | use\np | ana | dwelling", "dwellings", 1),
        ("property_right", f"record_key | person_id | use | cancelled_on\np | ana | dwelling | {days_ago(0)}", "dwellings", 0),
        ("tenancy", "record_key | person_id | lease_status\nt | ana | active", "rents", 1),
        ("dangerous_house", "record_key | person_id | grade\nh | ana | D", "unsafe_houses", 1),
        ("dangerous_house", f"record_key | person_id | grade | repaired_on\nh | ana | D | {days_ago(1)}", "unsafe_houses", 0),
        ("vehicle", "record_key | person_id | vehicle_kind\nv | ana | car", "vehicles", 1),
        ("vehicle", "record_key | person_id | vehicle_kind | vehicle_status\nv | ana | car | scrapped", "vehicles", 0),
        ("enrolment", "record_key | person_id | insurance | payment_status\ne | ana | resident_medical | ended", "uninsured", 1),
        ("enrolment", "record_key | person_id | insurance | payment_status\ne | ana | resident_medical |", "uninsured", 0),
    ],
)  # fmt: skip
def test_each_figure_counts_what_a_record_states_and_nothing_unknown(record, text, column, count):
    assert known(**{record: text})["h1"][column] == count


def test_standing_help_is_listed_by_category():
    aid = f"""
        record_key | person_id | category          | approved_on     | exit_on
        1          | ana       | dibao             | {days_ago(90)}  |
        2          | ben       | low_income_margin | {days_ago(900)} | {days_ago(1)}
        3          | old       | tekun             | {days_ago(90)}  |
        """
    assert known(assistance=aid)["h1"]["on_aid"] == "dibao tekun"


def household(**given):
    row = dict.fromkeys(SITUATION, 0) | {"on_aid": "", "members": 2}
    return row | {"monthly_income": Decimal(0), "medical_burden": Decimal(0)} | given


@pytest.mark.parametrize(
    ("given", "possible"),
    [
        ({"monthly_income": Decimal("1799.99")}, {"dibao", "low_income_margin"}),
        ({"monthly_income": Decimal(1800)}, {"low_income_margin"}),
        ({"monthly_income": Decimal("2699.99")}, {"low_income_margin"}),
        ({"monthly_income": Decimal(2700)}, set()),
        ({"monthly_income": Decimal(3000), "medical_burden": Decimal(21600)}, {"rigid_expense"}),
        ({"monthly_income": Decimal(3000), "medical_burden": Decimal("21599.99")}, set()),
        ({"monthly_income": Decimal(5000), "medical_burden": Decimal(90000)}, set()),
        ({"monthly_income": Decimal(9000), "helpless": 2}, {"tekun"}),
        ({"monthly_income": Decimal(9000), "helpless": 1}, set()),
        ({"monthly_income": Decimal(9000), "elders": 1, "disabled": 1, "helpless": 1}, set()),
        ({"monthly_income": Decimal(9000), "helpless": 2, "earners": 1}, set()),
        ({"monthly_income": Decimal(9000), "deaths": 1}, {"monitored"}),
        ({"monthly_income": Decimal(1000), "on_aid": "dibao"}, {"low_income_margin"}),
    ],
)
def test_a_kind_is_possible_on_one_side_of_its_line_and_never_decided(given, possible):
    assert {kind.name for kind in possible_kinds(household(**given), SHARED)} == possible


def test_the_six_kinds_each_say_what_is_to_be_verified():
    assert len(KINDS) == 6
    assert all(kind.verify for kind in KINDS)


def test_every_signal_that_leads_to_a_visit_has_a_programme_and_no_programme_names_another():
    answered = {name for one in PROGRAMMES for name in one.signals}
    visits = {name for name, one in SIGNALS.items() if one.leads_to is LeadsTo.VISIT}
    assert answered <= set(SIGNALS)
    assert visits <= answered
    assert len(PROGRAMMES) == 9


def test_the_programme_that_answers_most_comes_first():
    found = programmes_for(["home_fire_or_disaster", "death_of_main_earner"])
    assert [one.name for one in found] == ["temporary", "disaster"]
