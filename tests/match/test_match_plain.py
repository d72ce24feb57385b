"""What the engine says of plain numbers and phones is what the readers say of them."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from flows import files
from flows.match.plain import parted
from matchers.identity_number import read_numbers
from matchers.phones import read_phones
from matchers.text_levels import read_texts

BODIES = st.builds(
    "{}{:%Y%m%d}{:03d}".format,
    st.integers(110101, 829999),
    st.dates(date(1840, 1, 1), date(2110, 12, 31)),
    st.integers(0, 999),
)
NUMBERS = BODIES.map(lambda body: body + mod_11_2.calc_check_digit(body))
DIGITS = st.text("0123456789X", min_size=17, max_size=19)
NEAR = st.text("0123456789Xxe+-._ ", min_size=18, max_size=18)
WITH_ANY_DAY = st.builds(
    lambda place, day, order: place + day + order + mod_11_2.calc_check_digit(place + day + order),
    st.just("370881"),
    st.builds("{:04d}{:02d}{:02d}".format, st.integers(1800, 2150), st.integers(0, 13), st.integers(0, 32)),
    st.just("001"),
)  # fmt: skip
MOBILES = st.from_regex(r"\A1[3-9][0-9]{9}\Z").map(str)
FILLERS = st.sampled_from(
    ["13800138000", "13888888888", "13900000000", "1300000000", "05371234567"]
)


@pytest.fixture(scope="module")
def engine():
    connection = files.duckdb_database(":memory:", threads=1)
    yield connection
    connection.close()


def said(engine, field, values):
    cells = pa.table({field: pa.array(values, pa.string())})
    engine.register("cells", cells)
    return engine.execute(parted("SELECT * FROM cells", [field])).to_arrow_table().to_pylist()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(NUMBERS, DIGITS, NEAR, WITH_ANY_DAY), min_size=1, max_size=60))
def test_a_plain_number_says_what_is_read_in_it(engine, values):
    read = read_numbers(pa.array(values)).to_pylist()
    for row, reading in zip(said(engine, "id_number", values), read, strict=True):
        if reading["status"] == "valid" and reading["number"] == reading["value"]:
            assert (row["id_number"], row["id_born"]) == (reading["number"], reading["birth_date"])
            assert row["odd_id_number"] is None
        else:
            assert (row["id_number"], row["id_born"]) == (None, None)
            assert row["odd_id_number"] == reading["value"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(MOBILES, FILLERS), min_size=1, max_size=60))
def test_a_plain_phone_is_what_is_read_in_it(engine, values):
    read = read_phones(pa.array(values)).to_pylist()
    for row, reading in zip(said(engine, "phone", values), read, strict=True):
        assert (row["phone"] or row["odd_phone"]) == reading["value"]
        if row["phone"]:
            assert row["phone"] == reading["phone"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text("0123ab-A 无", max_size=8), min_size=1, max_size=60))
def test_a_plain_household_number_is_what_is_read_in_it(engine, values):
    read = read_texts(pa.array(values)).to_pylist()
    for row, reading in zip(said(engine, "household", values), read, strict=True):
        if row["household"]:
            assert row["household"] == reading["text"] == reading["value"]
        else:
            assert row["odd_household"] == reading["value"]


@pytest.mark.parametrize(
    ("number", "is_plain"),
    [
        ("11010519491231002X", True),
        ("34052419800101001X", True),
        ("11010519491231002x", False),
        ("110105194912310021", False),
        (" 11010519491231002X", False),
        ("1.101051949123e+17", False),
        ("1.234567890123e163", False),
        ("1.2345678901234E16", False),
        ("+11010519491231002", False),
        ("1_1010519491231002", False),
        ("1101051949123100 2", False),
        ("0x0FFFFFFFFFFFFFF2", False),
        ("37088119900229001X", False),
        ("", False),
        (None, False),
    ],
)
def test_only_what_is_verified_as_it_stands_is_plain(engine, number, is_plain):
    (row,) = said(engine, "id_number", [number])
    assert (row["id_number"] == number) is (is_plain or number is None)
    assert (row["id_born"] is not None) is is_plain
