"""Which line a cell names, and how near two lines are."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.phones import PhoneLevel, phone_levels, read_phones

CALM = settings(deadline=None, max_examples=50)
MOBILES = st.from_regex(r"\A1[3-9][0-9]{4}[1-4][5-9][0-9]{3}\Z")


def read(*values):
    return read_phones(pa.array(values, pa.string()))["phone"].to_pylist()


def level(left, right):
    (found,) = phone_levels(pa.array([left], pa.string()), pa.array([right], pa.string()))
    return None if found.as_py() is None else PhoneLevel(found.as_py()).name


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("13907331234", "13907331234"),
        (" 139 0733 1234\u200b", "13907331234"),
        ("139-0733-1234", "13907331234"),
        ("+86 139-0733-1234", "13907331234"),
        ("008613907331234", "13907331234"),
        ("8613907331234", "13907331234"),
        ("013907331234", "13907331234"),
        ("１３９０７３３１２３４", "13907331234"),
        ("13907331234.0", "13907331234"),
        ("1.3907331234E10", "13907331234"),
        ("13907331234/0733-2234567", "13907331234"),
        ("13907331234、13907330000", "13907331234"),
        ("13907331234 13907330000", "13907331234"),
        ("13907331234(儿子)", "13907331234"),
        ("电话：13907331234", "13907331234"),
        ("0733-2234567", "2234567"),
        ("(0733)2234567", "2234567"),
        ("+86 733 2234567", "2234567"),
        ("2234567", "2234567"),
        ("010-62345678-801", "62345678"),
        ("0733－2234567转12", "2234567"),
        ("0733-2234567 13907331234", "2234567"),
        ("+44 20 7946 0958", "442079460958"),
        ("1390733123", "1390733123"),  # one digit lost: kept, to be compared
    ],
)
def test_one_line_has_one_form(written, phone):
    assert read(written) == [phone]


@pytest.mark.parametrize(
    "written",
    [
        None, "", "无", "-", "0", "12345", "0000000", "00000000000", "11111111111", "12345678901",
        "13800000000", "13911111111", "13800138000", "000-0000-0000", "139****1234",
        "110105194912310021", "陈大成", "('; DROP TABLE phones; --",
    ],
)  # fmt: skip
def test_what_names_no_line_is_null(written):
    assert read(written) == [None]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("13907331234", "13907331234", "EQUAL"),
        ("13907331234", "13907331235", "ONE_SLIP"),
        ("13907331234", "13907331243", "ONE_SLIP"),
        ("13907331234", "1390733124", "ONE_SLIP"),
        ("13907331234", "139073312344", "ONE_SLIP"),
        ("13907331234", "13907331325", "DIFFERENT"),
        ("2234567", "2234568", "DIFFERENT"),  # too short for a slip to be told from another line
        ("2234567", "2234567", "EQUAL"),
        (None, "13907331234", None),
        (None, None, None),
    ],
)
def test_how_near_two_lines_are(left, right, expected):
    assert level(left, right) == expected
    assert level(right, left) == expected


@CALM
@given(MOBILES)
def test_reading_twice_is_reading_once(mobile):
    assert read(*read(f"+86 {mobile[:3]}-{mobile[3:7]}-{mobile[7:]}")) == [mobile]


@CALM
@given(st.lists(st.one_of(st.none(), st.text())))
def test_anything_is_read_in_its_own_row(values):
    assert read(*values) == [phone for value in values for phone in read(value)]


def test_several_chunks_and_none_are_read_alike():
    chunks = pa.chunked_array([["13907331234"], [], [None, "9" * 100_000]], pa.string())
    assert read_phones(chunks)["phone"].to_pylist() == ["13907331234", None, None]
    assert phone_levels(chunks, chunks).to_pylist() == [3, None, 3]
    assert read_phones(pa.array([], pa.string())).num_rows == 0
