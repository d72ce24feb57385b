"""The truth tables say what is true: whose number, whose household, whose need."""

import polars as pl
import pytest
from stdnum.cn import ric

from data_contracts.sources import SOURCES
from flows.synth.departments import DEPARTMENTS

_NUMBER_DIRT = {
    "number_missing",
    "no_number_yet",
    "nobody_named",
    "one_digit_wrong",
    "digits_swapped",
    "digit_dropped",
    "masked",
    "fifteen_digits",
    "full_width",
    "spaced_number",
    "rounded_number",
    "placeholder",
    "relatives_number",
    "guardians_number",
    "lower_x",
}
_NAME_DIRT = {
    "same_sound",
    "similar_shape",
    "traditional",
    "substitute",
    "spaced_name",
    "lost_character",
    "noted_name",
    "noted_dead",
    "other_dot",
    "former_name_used",
    "parents_name",
    "nobody_named",
    "bad:name",
}


def _with_person(made, source):
    persons = made.truth("persons").select(
        "truth_person", true_number="id_number", true_name="name"
    )
    return made.rows(source).join(persons, on="truth_person", how="left")


def _marked(kinds):
    return pl.col("dirt").list.eval(pl.element().is_in(list(kinds))).list.any()


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_a_number_is_the_persons_own_exactly_when_no_slip_is_noted(made, source):
    rows = _with_person(made, source)
    own = pl.col("id_number") == pl.col("true_number")
    assert rows.filter(~_marked(_NUMBER_DIRT) & ~own).is_empty()
    assert rows.filter(_marked(_NUMBER_DIRT) & own).is_empty()


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_a_name_is_the_persons_own_exactly_when_no_slip_is_noted(made, source):
    rows = _with_person(made, source)
    own = pl.col("name") == pl.col("true_name")
    assert rows.filter(~_marked(_NAME_DIRT) & ~own).is_empty()
    assert rows.filter(_marked(_NAME_DIRT) & own).is_empty()


def test_rows_without_a_person_name_nobody(made):
    rows = pl.concat(
        made.rows(source).select("truth_person", "dirt", "id_number", "name") for source in SOURCES
    )
    nobody = rows.filter(pl.col("truth_person").is_null())
    assert set(nobody["id_number"]) | set(nobody["name"]) <= {""}
    assert nobody.filter(~_marked({"nobody_named"})).is_empty()


def test_identity_numbers_are_valid_and_nobody_shares_one(made):
    persons = made.truth("persons")
    for number, born, sex in persons.select("id_number", "born", "sex").rows():
        assert ric.calc_check_digit(number) == number[17]
        assert number[6:14] == f"{born:%Y%m%d}"
        assert (int(number[16]) % 2 == 1) == (sex == "male")
    assert persons["id_number"].n_unique() == persons.height


def test_a_record_looks_the_same_in_every_full_delivery(made):
    rows = made.rows("insurance_enrolment").filter(~_marked({"duplicate_row"}))
    written = rows.group_by("insured_no", "insurance", "employer_no").agg(
        pl.col("id_number", "name", "phone", "address").n_unique(), pl.len()
    )
    assert written.filter(pl.col("len") > 1).height > 0
    assert written.select(pl.max("id_number", "name", "phone", "address")).row(0) == (1, 1, 1, 1)


def test_own_keys_are_unique_in_a_delivery_but_for_repeated_rows(made):
    for source in (source for source in SOURCES.values() if source.own_key):
        rows = made.rows(source.name).filter(~_marked({"duplicate_row"}))
        good = rows.filter(~_marked({f"bad:{column}" for column in source.key}))
        assert good.select("file_name", *source.key).is_duplicated().sum() == 0


def test_who_is_not_in_the_register_is_in_none_of_its_rows(made):
    outside = made.truth("persons").filter(~pl.col("in_register"))
    assert outside.height > 20
    register = made.rows("resident_register")
    assert set(register["truth_person"]).isdisjoint(outside["truth_person"])


def test_some_hardship_shows_in_no_source_and_some_large_bills_are_no_hardship(made):
    need = made.truth("hardship")
    assert {True, False} == set(need["visible"])
    assert set(need["severity"]) <= {1, 2, 3}
    assert set(need["household"]) <= set(made.truth("persons")["household"])
    assert "large_bill_without_hardship" in set(made.truth("events")["kind"])


def test_money_of_a_bill_adds_up(made):
    bills = made.rows("medical_settlement").filter(
        ~_marked({f"bad:{name}" for name in SOURCES["medical_settlement"].columns})
    )
    parts = ("total_amount", "fund_amount", "hospital_amount", "personal_amount")
    amounts = bills.select(pl.col(parts).cast(pl.Float64))
    gap = amounts["total_amount"] - sum(amounts[name] for name in parts[1:])
    assert gap.abs().max() < 0.02
    refunds = bills.filter(pl.col("is_refund") == "1")
    assert refunds["total_amount"].cast(pl.Float64).max() < 0


def test_ages_and_household_sizes_are_those_of_a_county(made):
    persons = made.truth("persons").filter(pl.col("group") == "family")
    sizes = persons.group_by("household").len()["len"]
    assert 2.3 < sizes.mean() < 3.0
    ages = (pl.lit(made.county.first_night) - pl.col("born")).dt.total_days() / 365.25
    old, young = persons.select((ages >= 60).mean(), (ages < 15).mean().alias("young")).row(0)
    assert 0.15 < old < 0.30
    assert 0.13 < young < 0.25


def test_missing_cells_are_written_as_the_office_writes_them():
    assert DEPARTMENTS["hospital_discharge"].form.missing == "-"
