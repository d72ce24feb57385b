"""The published story stands in the county, with whatever village, name and seed."""

from datetime import date

import polars as pl
import pytest

from flows.synth import synthesise
from tests.synth.reading import Made

_ELSEWHERE = [
    {"seed": 7},
    {"seed": 8, "story_village": "370881110201", "story_name": "孔某某"},
    {"seed": 9, "county": "610326", "story_village": None, "story_name": "欧阳测试"},
    {"seed": 10, "county": "500117", "story_village": None},
]


def _a_village_of(county: str) -> str:
    from flows import reference

    codes = sorted(reference.villages(county))
    return next(code for code in codes if 200 <= int(code[9:]) < 400)


@pytest.fixture(params=_ELSEWHERE, ids=["qufu", "other village", "meixian", "hechuan"])
def told(request, tmp_path) -> Made:
    arguments = dict(request.param)
    if arguments.get("story_village", "") is None:
        arguments["story_village"] = _a_village_of(arguments["county"])
    elif "story_village" in arguments:
        arguments["story_village"] = _a_village_of("370881")
    return Made(tmp_path, synthesise(tmp_path, residents=800, nights=3, **arguments))


def test_the_man_of_the_story_is_discharged_with_his_bill_on_the_last_night(told):
    him = pl.col("truth_person") == told.county.story_person
    stays = told.rows("hospital_discharge").filter(him)
    assert stays.height == 1
    stay = stays.row(0, named=True)
    assert stay["night"] == told.county.story_night == date(2026, 11, 18)
    assert stay["discharged_on"] == "20261117"
    assert (stay["diagnosis_main"], stay["diagnosis_2"]) == ("N18.5", "I74.3")
    assert stay["dirt"] == []


def test_his_bill_is_settled_in_the_same_night(told):
    him = pl.col("truth_person") == told.county.story_person
    bill = told.rows("medical_settlement").filter(him).row(0, named=True)
    assert bill["night"] == told.county.story_night
    assert 67_500 < float(bill["personal_amount"]) < 69_000
    assert float(bill["aid_amount"]) == 0


def test_he_lives_in_his_village_in_small_means_and_without_help(told):
    him = pl.col("truth_person") == told.county.story_person
    person = told.truth("persons").filter(him).row(0, named=True)
    assert person["township_code"] == told.county.story_township
    assert person["in_register"]
    assert person["story"]
    assert person["name"] == told.county.story_name
    assert told.rows("assistance_register").filter(him).is_empty()
    need = told.truth("hardship").filter(pl.col("household") == person["household"])
    assert "illness" in need["kind"].to_list()


def test_his_row_in_the_register_is_clean_and_names_his_village(told):
    him = pl.col("truth_person") == told.county.story_person
    row = told.rows("resident_register").filter(him).row(0, named=True)
    person = told.truth("persons").filter(him).row(0, named=True)
    assert row["place_code"] == person["village_code"]
    assert (row["name"], row["id_number"]) == (person["name"], person["id_number"])
    assert row["dirt"] == []
