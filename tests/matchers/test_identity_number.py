"""What a number says, and what is wrong with one that says nothing."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from matchers.identity_number import STATUSES, read_numbers

CALM = settings(deadline=None)
BODIES = st.builds(
    "{}{:%Y%m%d}{:03d}".format,
    st.integers(110101, 829999),
    st.dates(date(1850, 1, 1), date(2100, 12, 31)),
    st.integers(0, 999),
)


def said(*values):
    return read_numbers(pa.array(values, pa.string())).to_pylist()


def status(value):
    return said(value)[0]["status"]


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), "female"),
        ("440524188001010014", date(1880, 1, 1), "male"),
        ("34052419800101001X", date(1980, 1, 1), "male"),
    ],
)
def test_the_standard_s_own_examples_are_valid(number, born, sex):
    (row,) = said(number)
    assert row == {
        "value": number,
        "status": "valid",
        "number": number,
        "birth_date": born,
        "sex": sex,
        "text": number,
        "document": None,
    }


@pytest.mark.parametrize(
    "written",
    [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "'11010519491231002X",
        "‘11010519491231002X’",
        "１１０１０５１９４９１２３１００２Ｘ",
        "\ufeff11010519491231002X\u200b",
        "11010519491231002X\t",
        "110105-19491231-002X",
        "110105.19491231.002X",
        "(11010519491231002X)",
        "11010519491231002Х",
        "11010519491231002X.0",
        "11O1O519491231OO2X",
        "身份证:11010519491231002X",
        "11010519491231002X(本人)",
        "11010519491231002X,11010519491231002X",
        "11010519491231002X43",
        "11010519491231002X43B1",
    ],
)
def test_the_way_of_writing_does_not_matter(written):
    assert said(written)[0]["number"] == "11010519491231002X"


def test_a_code_of_an_abolished_or_unknown_county_is_no_fault():
    assert (
        status("43022119800101" + "001" + mod_11_2.calc_check_digit("43022119800101001")) == "valid"
    )


def test_fifteen_digits_get_their_century_and_check_character():
    (row,) = said("110105491231002")
    assert (row["status"], row["number"]) == ("converted15", "11010519491231002X")
    assert (row["birth_date"], row["sex"]) == (date(1949, 12, 31), "female")


def test_an_order_from_996_on_is_a_centenarian_s():
    assert said("110105491231995")[0]["birth_date"] == date(1949, 12, 31)
    assert said("110105991231996")[0]["birth_date"] == date(1899, 12, 31)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "missing"),
        ("", "missing"),
        ("  ", "missing"),
        ("无", "missing"),
        ("不详", "missing"),
        ("NULL", "missing"),
        ("110105194912310021", "bad_checksum"),
        ("11010519491231012X", "bad_checksum"),
        ("110105********002X", "masked"),
        ("1101**********002X", "masked"),
        ("110105＊＊＊＊＊＊＊＊002X", "masked"),
        ("110105XXXXXXXX0021", "masked"),
        ("110105--------0021", "masked"),
        ("110105......0021", "masked"),
        ("1101●●●●●●●●●●002X", "masked"),
        ("110105****", "masked"),
        ("430000000000000000", "placeholder"),
        ("111111190001010001", "placeholder"),
        ("未办理", "missing"),
        ("11010519491231002X440524188001010014", "several"),
        ("11010519491231002X/440524188001010014", "several"),
        ("******************", "placeholder"),
        ("111111111111111111", "placeholder"),
        ("99999999999999999X", "placeholder"),
        ("123456789012345678", "placeholder"),
        ("000000194912310021", "placeholder"),
        ("0", "placeholder"),
        ("1.10105E+17", "scientific"),
        ("1.10105194912310E17", "scientific"),
        ("110105194912310000", "scientific"),
        ("E12345678", "foreign"),
        ("EA1234567", "foreign"),
        ("H12345678", "foreign"),
        ("M1234567890", "foreign"),
        ("08765432", "foreign"),
        ("0876543201B", "foreign"),
        ("FRA110102900101", "foreign"),
        ("911124198108030024", "foreign"),
        ("11010519491331002X", "bad_date"),
        ("110105194902290020", "bad_date"),
        ("11010521491231002X", "bad_date"),
        ("110105491331002", "bad_date"),
        ("1101051949123100", "bad_shape"),
        ("110105200112310", "bad_shape"),  # cut off, not of 1920
        ("19900102", "bad_shape"),
        ("11010519491231002", "dropped"),
        ("1101051949123002X", "dropped"),
        ("1010519491231002X", "dropped"),
        ("11010599999999999", "bad_shape"),
        ("1101051949123100200", "bad_shape"),
        ("01010519491231002X", "bad_shape"),
        ("1X010519491231002X", "bad_shape"),
        ("陈大成", "bad_shape"),
        ("='; DROP TABLE identities; --", "bad_shape"),
        ("1" * 10_000 + "2", "placeholder"),
        ("\x00", "bad_shape"),
    ],
)
def test_an_unusable_number_says_what_is_wrong_and_nothing_else(value, expected):
    (row,) = said(value)
    assert row["status"] == expected
    assert (row["number"], row["birth_date"], row["sex"]) == (None, None, None)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" １１０１０５ ****　002x", "110105****002X"),
        ("1.10105e+17", "1.10105E+17"),
        ("1101051949123100", "1101051949123100"),
        ("陈大成", "陈大成"),
        ("无", None),
        ("111111111111111111", None),
        (None, None),
    ],
)
def test_what_was_typed_is_kept_in_one_way_of_writing(value, text):
    assert said(value)[0]["text"] == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("H12345678", "h1234567800"),  # with the count of renewals
        ("08765432", "0876543201B"),
        ("E12345678", "护照 E12345678"),
        ("A123456(7)", "A1234567"),
        ("军字第1234567号", "军字 第1234567号"),
        ("X12345-6", "x123456"),
    ],
)
def test_other_documents_are_equal_however_they_are_written(one, other):
    left, right = said(one, other)
    assert left["document"] == right["document"]
    assert left["document"] is not None


@pytest.mark.parametrize(
    "value",
    ["11010519491231002X", "110105****002X", "无", "陈大成", "19900102", "13907331234", None],
)
def test_what_is_no_other_document_has_none(value):
    assert said(value)[0]["document"] is None


def test_a_leap_day_exists_in_leap_years_only():
    assert (
        status("110105200002290" + "01" + mod_11_2.calc_check_digit("11010520000229001")) == "valid"
    )
    assert (
        status("110105190002290" + "01" + mod_11_2.calc_check_digit("11010519000229001"))
        == "bad_date"
    )


@CALM
@given(st.lists(BODIES))
def test_what_the_library_completes_is_valid(bodies):
    numbers = [body + mod_11_2.calc_check_digit(body) for body in bodies]
    for row, number in zip(said(*numbers), numbers, strict=True):
        assert (row["status"], row["number"]) == ("valid", number)
        assert f"{row['birth_date']:%Y%m%d}" == number[6:14]
        assert (row["sex"] == "male") == (int(number[16]) % 2 == 1)


@CALM
@given(BODIES, st.integers(0, 16), st.integers(1, 9))
def test_a_single_wrong_digit_is_never_a_number(body, at, by):
    wrong = str((int(body[at]) + by) % 10)
    damaged = body[:at] + wrong + body[at + 1 :] + mod_11_2.calc_check_digit(body)
    assert status(damaged) not in ("valid", "converted15")


@CALM
@given(BODIES, st.integers(0, 17))
def test_a_lost_character_is_said_and_not_invented(body, at):
    number = body + mod_11_2.calc_check_digit(body)
    (row,) = said(number[:at] + number[at + 1 :])
    assert row["number"] is None
    assert row["status"] == "dropped" or number[at + 1 : at + 2] == "0" or at == 0


@CALM
@given(st.lists(st.one_of(st.none(), st.text())))
def test_anything_gets_one_status_in_its_own_row(values):
    rows = said(*values)
    assert [row["value"] for row in rows] == values
    assert all(row["status"] in STATUSES for row in rows)
    assert said(*reversed(values)) == rows[::-1]


@CALM
@given(BODIES)
def test_reading_twice_is_reading_once(body):
    number = said(f" '{(body + mod_11_2.calc_check_digit(body)).lower()}")[0]["number"]
    assert said(number)[0]["number"] == number


def test_several_chunks_and_none_are_read_alike():
    chunks = pa.chunked_array([["11010519491231002X"], [], [None]], pa.string())
    assert read_numbers(chunks)["status"].to_pylist() == ["valid", "missing"]
    assert read_numbers(pa.chunked_array([], pa.string())).num_rows == 0
    assert read_numbers(pa.array([], pa.string())).num_rows == 0
