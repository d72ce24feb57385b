"""Row rules hold for real rows, break for impossible ones, and say nothing about empty cells."""

import re
from datetime import date
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.sources import SOURCES
from data_contracts.terms import parsed_table

RULES_BY_SOURCE = [
    pytest.param(source, rule, id=f"{source.name}-{rule.name}")
    for source in SOURCES.values()
    for rule in source.rules
]
MAY_1, MAY_2, MAY_20, JUNE_1 = (
    date(2026, 5, 1),
    date(2026, 5, 2),
    date(2026, 5, 20),
    date(2026, 6, 1),
)


def verdict(source_name, rule_name, **cells):
    """What a rule says of one parsed row; cells that are not given are empty."""
    source = SOURCES[source_name]
    [rule] = [rule for rule in source.rules if rule.name == rule_name]
    schema = parsed_table(source).schema()
    row = pa.Table.from_pylist([dict.fromkeys(schema, None) | cells], schema.to_pyarrow())
    parsed = ibis.memtable(row, schema=schema)
    return parsed.select(holds=rule.holds).to_pyarrow()["holds"][0].as_py()


def fen(amount):
    return Decimal(amount).scaleb(-2)


@pytest.mark.parametrize(("source", "rule"), RULES_BY_SOURCE)
def test_a_rule_says_nothing_about_an_empty_row(source, rule):
    assert verdict(source.name, rule.name) is not False


@pytest.mark.parametrize(("source", "rule"), RULES_BY_SOURCE)
def test_a_rule_has_a_name_and_a_chinese_reason_without_values(source, rule):
    assert rule.name.isidentifier()
    assert not rule.reason.isascii()
    assert not any(character.isdigit() for character in rule.reason)
    assert [other.name for other in source.rules].count(rule.name) == 1


@pytest.mark.parametrize(
    ("source", "rule", "early", "late"),
    [
        ("hospital_discharge", "discharged_after_admitted", "admitted_on", "discharged_on"),
        ("hospital_discharge", "born_before_discharged", "birth_date", "discharged_on"),
        ("medical_settlement", "born_before_settled", "birth_date", "settled_on"),
        ("property", "cancelled_after_registered", "registered_on", "cancelled_on"),
        ("public_rental", "lease_ends_after_it_starts", "leased_from", "leased_to"),
        ("insurance_enrolment", "born_before_status", "birth_date", "status_since"),
        ("insurance_benefit", "born_before_benefit", "birth_date", "starts_on"),
        ("resident_register", "born_before_status", "birth_date", "status_on"),
        ("death", "reported_after_death", "died_on", "reported_on"),
        ("death", "died_after_birth", "birth_date", "died_on"),
    ],
)
def test_one_day_cannot_come_before_the_other(source, rule, early, late):
    assert verdict(source, rule, **{early: MAY_1, late: MAY_2}) is True
    assert verdict(source, rule, **{early: MAY_1, late: MAY_1}) is True
    assert verdict(source, rule, **{early: MAY_2, late: MAY_1}) is False
    assert verdict(source, rule, **{early: MAY_2}) is None
    assert verdict(source, rule, **{late: MAY_1}) is None


@pytest.mark.parametrize(
    ("source", "rule", "begin", "end"),
    [
        ("assistance_register", "exit_after_approval", "approved_on", "exit_on"),
        ("insurance_benefit", "ends_after_it_starts", "starts_on", "ends_on"),
    ],
)
def test_an_end_given_as_a_month_may_fall_in_the_month_of_the_beginning(source, rule, begin, end):
    assert verdict(source, rule, **{begin: MAY_20, end: MAY_1}) is True
    assert verdict(source, rule, **{begin: MAY_1, end: JUNE_1}) is True
    assert verdict(source, rule, **{begin: JUNE_1, end: MAY_20}) is False


@pytest.mark.parametrize(
    ("missing", "holds"), [(0, True), (5, True), (6, False), (-5, True), (-6, False)]
)
def test_the_parts_of_a_bill_make_its_total_but_for_a_few_fen(missing, holds):
    bill = {
        "total_amount": fen(1_000_00 + missing),
        "fund_amount": fen(600_00),
        "personal_amount": fen(390_00),
        "hospital_amount": fen(10_00),
    }
    assert verdict("medical_settlement", "parts_make_the_total", **bill) is holds
    refund = {name: -amount for name, amount in bill.items()}
    assert verdict("medical_settlement", "parts_make_the_total", **refund) is holds


def test_a_bill_with_an_unknown_part_is_not_judged():
    bill = {"total_amount": fen(1), "fund_amount": fen(1), "personal_amount": fen(100)}
    assert verdict("medical_settlement", "parts_make_the_total", **bill) is None


@pytest.mark.parametrize(
    ("is_refund", "total", "holds"),
    [("no", 0, True), ("no", -1, False), ("yes", -1, True), ("yes", 1, True), (None, 1, True)],
)
def test_only_a_refund_is_negative(is_refund, total, holds):
    row = {"is_refund": is_refund, "total_amount": fen(total)}
    assert verdict("medical_settlement", "only_refunds_are_negative", **row) is holds


@pytest.mark.parametrize(("own", "holds"), [(99, True), (100, True), (101, False)])
def test_nobody_pays_more_than_the_whole_bill(own, holds):
    row = {"self_paid": fen(own), "total_cost": fen(100)}
    assert verdict("hospital_discharge", "self_paid_within_total", **row) is holds


AMOUNTS = st.integers(min_value=0, max_value=500_000_00)


@given(fund=AMOUNTS, personal=AMOUNTS, hospital=AMOUNTS, slip=st.integers(-5, 5))
def test_every_bill_that_adds_up_is_accepted(fund, personal, hospital, slip):
    bill = {
        "total_amount": fen(fund + personal + hospital + slip),
        "fund_amount": fen(fund),
        "personal_amount": fen(personal),
        "hospital_amount": fen(hospital),
    }
    assert verdict("medical_settlement", "parts_make_the_total", **bill) is True


@pytest.mark.parametrize("place", ["road", "workplace", "public", "other", None])
def test_an_incident_away_from_home_leaves_no_address(place):
    assert _kept_address(place) is None


def test_an_incident_at_home_leaves_its_address():
    assert _kept_address("home") == "姚村镇陈家寨村"


def _kept_address(place):
    return worked_out("incident", "address", place_kind=place, address="姚村镇陈家寨村")


def worked_out(source_name, column, **cells):
    """What `by` makes of one parsed row; cells that are not given are empty."""
    source = SOURCES[source_name]
    schema = parsed_table(source).schema()
    row = dict.fromkeys(schema, None) | cells
    parsed = ibis.memtable(pa.Table.from_pylist([row], schema.to_pyarrow()), schema=schema)
    made = parsed.select(made=source.by[column].resolve(parsed))
    return made.to_pyarrow()["made"][0].as_py()


@pytest.mark.parametrize(
    ("village", "address", "whole"),
    [
        ("姚村镇陈家寨村", "三组12号", "姚村镇陈家寨村三组12号"),
        ("陈家寨村民委员会", "姚村镇陈家寨村三组12号", "姚村镇陈家寨村三组12号"),
        ("鲁城街道林前社区", "林前小区9号楼", "鲁城街道林前社区林前小区9号楼"),
        ("姚村镇陈家寨村", None, "姚村镇陈家寨村"),
        (None, "姚村镇三组12号", "姚村镇三组12号"),
        (None, None, None),
    ],
)
def test_a_leads_village_stands_before_an_address_that_names_no_township(village, address, whole):
    assert worked_out("field_lead", "address", village=village, address=address) == whole


@pytest.mark.parametrize("said", ["2025-2026学年", "2025-2026", "2025/26", "2025", "2025—2026学年"])
def test_a_school_year_begins_on_the_first_of_september(said):
    assert re.fullmatch(SOURCES["school_costs"].columns["school_year"].matches, said)
    begins = worked_out("school_costs", "year_begins_on", school_year=said)
    assert begins == date(2025, 9, 1)


@pytest.mark.parametrize("said", ["2025-2026学年第一学期", "2025年秋季", "高一", "25-26"])
def test_what_is_not_a_whole_school_year_goes_back(said):
    assert not re.fullmatch(SOURCES["school_costs"].columns["school_year"].matches, said)
