"""The sources keep what the contracts promise to everybody downstream."""

import unicodedata
from dataclasses import replace

import ibis
import pytest

from data_contracts.records import IDENTITY, RECORDS
from data_contracts.sources import SOURCES
from data_contracts.terms import (
    AMBIGUOUS,
    NOT_STATED,
    DeliveryKind,
    FactType,
    Kind,
    Need,
    Privacy,
    parsed_table,
)

EVERY_SOURCE = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)

RECORD_OF = {
    "hospital_discharge": "admission",
    "medical_settlement": "settlement",
    "property": "property_right",
    "dilapidated_housing": "dangerous_house",
    "public_rental": "tenancy",
    "insurance_enrolment": "enrolment",
    "insurance_benefit": "benefit",
    "resident_register": "resident",
    "death": "death",
    "vehicle": "vehicle",
    "incident": "incident",
    "assistance_register": "assistance",
    "disability_register": "disability",
    "school_costs": "schooling",
    "field_lead": "lead",
}
APPENDED = {"hospital_discharge", "medical_settlement", "incident"}
CORRECTED = {"death", "field_lead"}
OPTIONAL = {"disability_register", "school_costs", "field_lead"}
WHO = (Kind.NAME, Kind.ID_NUMBER, Kind.PHONE, Kind.ADDRESS, Kind.PLACE_CODE)


def test_every_source_becomes_a_record_of_its_own():
    assert {name: source.becomes.name for name, source in SOURCES.items()} == RECORD_OF
    assert set(RECORD_OF.values()) == set(RECORDS)


@EVERY_SOURCE
def test_a_source_says_by_what_right_how_often_and_for_whom(source):
    assert source.title
    assert source.supplier
    assert source.authority.title
    assert source.authority.article
    assert source.complete_for
    assert source.cadence_days >= 1
    assert source.unused
    assert all(source.unused.values())


@EVERY_SOURCE
def test_silence_is_declared_per_source(source):
    expected = (
        DeliveryKind.APPEND
        if source.name in APPENDED
        else DeliveryKind.CHANGES
        if source.name in CORRECTED
        else DeliveryKind.FULL
    )
    assert source.delivery is expected


@EVERY_SOURCE
def test_the_day_of_the_fact_is_a_date_and_appended_rows_must_have_it(source):
    dated_by = source.columns[source.dated_by]
    assert dated_by.kind in {Kind.DATE, Kind.DAY_OR_MONTH}
    needed = (Need.VALUE,) if source.delivery is DeliveryKind.APPEND else (Need.VALUE, Need.HEADER)
    assert dated_by.need in needed


@EVERY_SOURCE
def test_every_key_column_must_be_in_the_file_and_one_of_them_filled(source):
    needs = [source.columns[name].need for name in source.key]
    assert Need.NOTHING not in needs
    assert Need.VALUE in needs


@EVERY_SOURCE
def test_a_missing_number_never_costs_a_row_and_a_missing_name_does(source):
    assert source.columns["id_number"].need is Need.HEADER
    expected = Need.HEADER if source.name == "incident" else Need.VALUE
    assert source.columns["name"].need is expected


@EVERY_SOURCE
def test_columns_that_tell_who_somebody_is_live_in_identities_only(source):
    for name, column in source.columns.items():
        if column.kind in WHO:
            assert column.privacy is Privacy.IDENTITY, name
        if column.privacy is Privacy.IDENTITY:
            assert name in IDENTITY.columns
            assert name not in source.becomes.columns


@EVERY_SOURCE
def test_illness_and_police_matters_are_sensitive(source):
    for name, column in source.columns.items():
        is_fact = name in source.becomes.columns
        if column.kind is Kind.ICD10 or (source.name == "incident" and is_fact):
            assert column.privacy is Privacy.SENSITIVE, name


def test_disability_and_what_people_tell_of_a_need_are_sensitive():
    for name, column in (
        ("disability_register", "disability"),
        ("disability_register", "disability_grade"),
        ("field_lead", "need"),
    ):
        assert SOURCES[name].columns[column].privacy is Privacy.SENSITIVE


@EVERY_SOURCE
def test_parsed_columns_fit_the_facts_they_become(source):
    parsed = parsed_table(source).schema()
    for name, fact in source.becomes.columns.items():
        if name not in source.by:
            assert str(parsed[name]) == str(ibis.dtype(fact.type.value)), name


@EVERY_SOURCE
def test_every_meaning_of_a_fact_can_be_delivered(source):
    for name, fact in source.becomes.columns.items():
        if name in source.by:
            continue
        meanings = set(source.columns[name].codes.values()) - {NOT_STATED, AMBIGUOUS}
        assert meanings == set(fact.one_of), name


@EVERY_SOURCE
def test_codes_mean_what_identities_know(source):
    for name, column in source.columns.items():
        known = IDENTITY.columns.get(name)
        if known and known.one_of:
            assert set(column.codes.values()) - {NOT_STATED} <= set(known.one_of)


@EVERY_SOURCE
def test_a_code_is_spelled_as_a_cleaned_cell(source):
    for column in source.columns.values():
        for spelling in column.codes:
            assert spelling == "".join(unicodedata.normalize("NFKC", spelling).split())


@EVERY_SOURCE
def test_ranges_are_given_to_quantities_and_hold_together(source):
    quantities = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER)
    for name, column in source.columns.items():
        is_bounded = column.at_least is not None and column.at_most is not None
        assert is_bounded == (column.kind in quantities), name
        if is_bounded:
            assert column.at_least < column.at_most


@EVERY_SOURCE
def test_money_is_agreed_in_yuan(source):
    for name, column in source.columns.items():
        if column.kind is Kind.MONEY:
            assert column.unit == 1
            assert "(元" in column.means, name
            assert source.becomes.columns[name].type is FactType.MONEY


def test_an_overlay_may_add_a_header_in_ten_thousands_with_its_unit():
    value = SOURCES["vehicle"].columns["value_amount"]
    in_ten_thousands = replace(value, headers=(*value.headers, "登记价值(万元)"), unit=10_000)
    assert in_ten_thousands.unit == 10_000


def test_the_address_of_an_incident_and_of_a_property_is_no_residence():
    lived_in = {name for name, source in SOURCES.items() if source.carries_current_address}
    assert lived_in == {
        "hospital_discharge",
        "dilapidated_housing",
        "public_rental",
        "resident_register",
        "assistance_register",
        "field_lead",
    }


def test_a_county_may_do_without_the_optional_sources_and_no_others():
    assert {name for name, source in SOURCES.items() if source.optional} == OPTIONAL
