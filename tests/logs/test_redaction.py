"""What may stand in the log: declared fields, and texts without anything of a person."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.redaction import FIELDS, LONGEST_TEXT, WITHHELD, declared, masked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("证件370881199003078812有误", "证件‹number›有误"),
        ("证件37088119900307881X有误", "证件‹number›有误"),
        ("370881 19900307 8812", "‹number›"),
        ("电话139-1234-5678。", "电话‹number›。"),
        ("电话13912345678", "电话‹number›"),
        ("卡号6222 0212 3456 7890 123", "卡号‹number›"),
        ("1234567", "‹number›"),
        ("姓名:鬱薜嬿 有误", "姓名:‹name› 有误"),
        ("联系人 鬱薜嬿", "联系人 ‹name›"),
        ("鬱薜嬿的低保.xlsx 打不开", "‹file›.xlsx 打不开"),
        ("inbox/vehicle/鬱薜嬿.CSV", "inbox/vehicle/‹file›.CSV"),
        ("写给 yu.x@county.gov.cn", "写给 ‹address›"),
        ("https://h/send?key=abc-def", "https://h/send?‹address›"),
        ("一行\n两行\u202e反", "一行 两行 反"),
    ],
)
def test_what_could_be_of_a_person_or_a_secret_is_masked(text, said):
    assert masked(text) == said


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-22", "2026-11-22-补充1", "123456", "接收 医保结算", "doorstep.toml"),
        *("flows/cli.py:463 > flows/night.py:91", "已迟 12 天,数据到 2026-11-10"),
    ],
)
def test_dates_counts_and_places_stay(text):
    assert masked(text) == text


def test_a_long_text_is_cut():
    assert len(masked("长" * 5000)) == LONGEST_TEXT + 1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.integers(10**10, 10**18 - 1), st.text(max_size=40))
def test_no_surroundings_let_a_number_through(before, number, after):
    assert str(number) not in masked(f"{before}{number}{after}")


def test_an_undeclared_field_keeps_its_key_and_loses_its_value():
    assert declared({"rows": 12, "person_name": "鬱薜嬿", "address": "姚村镇"}) == {
        "rows": 12,
        "person_name": WITHHELD,
        "address": WITHHELD,
    }


@pytest.mark.parametrize("value", [13912345678, ["鬱薜嬿"], {"a": 1}, b"x", object()])
def test_a_declared_field_takes_counts_and_texts_only(value):
    assert declared({"rows": value}) == {"rows": WITHHELD}


def test_no_declared_field_is_of_a_person():
    of_persons = {
        "name",
        "phone",
        "address",
        "number",
        "id",
        "note",
        "value",
        "row",
        "text",
        "file",
    }
    assert not [one for one in FIELDS if of_persons & set(one.split("_"))]
