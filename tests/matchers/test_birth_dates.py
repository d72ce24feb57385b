"""Birth dates and sexes as extracts write them, and what must not be guessed."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.birth_dates import day_comes_first, read_birth_dates
from matchers.sexes import read_sexes

CALM = settings(deadline=None, max_examples=50)
DAYS = st.dates(date(1900, 1, 2), date(2100, 12, 31))


def read(value, day_first=None):
    (row,) = read_birth_dates(pa.array([value], pa.string()), day_first).to_pylist()
    return row["birth_date"], row["birth_year"]


@pytest.mark.parametrize(
    "written",
    [
        "1990-01-02", "1990/1/2", "19900102", "1990.1.2", "1990年1月2日", "1990年01月02号",
        "1990-01-02 00:00:00", "1990-01-02T00:00:00Z", "1990-01-02 8:30", "19900102000000",
        "19900102.0", "32875", "32875.0", " '1990-01-02", "１９９０－０１－０２", "1990 1 2",
        "1990, 1, 2", "一九九〇年一月二日", "2 January 1990", "Jan 2, 1990", "02-JAN-1990",
        "2nd Jan 1990",
    ],
)  # fmt: skip
def test_one_day_in_every_way_of_writing(written):
    assert read(written) == (date(1990, 1, 2), 1990)


@pytest.mark.parametrize(
    "written",
    [
        "1990", "1990年", "1990.0", "1990-1", "1990年1月", "1990.10", "199001", "1990-00-00",
        "19900000", "1990-02-30", "1990-13-05", "02/01/1990", "农历1990年1月2日",
    ],
)  # fmt: skip
def test_a_day_that_is_not_sure_leaves_the_year(written):
    assert read(written) == (None, 1990)


@pytest.mark.parametrize(
    "written",
    [
        None, "", "无", "90-01-02", "900102", "200112", "1900-01-01", "1899-12-30", "9999-12-31",
        "1111-11-11", "0000-00-00", "00000000", "12", "陈大成", "11010519491231002X",
        "1990-01-02-03", "9" * 50,
    ],
)  # fmt: skip
def test_what_says_nothing_is_nothing(written):
    assert read(written) == (None, None)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("1990-01-02", 19900102),
        ("19450493", 19450493),
        ("1836/21/1", 18362101),
        ("1990-05-00", 19900500),
        ("13/01/1990", 19900113),
        ("32875", 19900102),
        ("1990-00-00", None),
        ("1990", None),
        ("1900-01-01", None),
        ("农历1990年1月2日", None),
    ],
)
def test_the_digits_are_kept_where_there_is_no_such_day(written, digits):
    assert read_birth_dates(pa.array([written]))["birth_digits"].to_pylist() == [digits]


def test_people_of_history_were_born_too():
    assert read("1630-08-01") == (date(1630, 8, 1), 1630)
    assert read("-0050-01-0") == (None, None)


@pytest.mark.parametrize(
    ("written", "day_first", "expected"),
    [
        ("13/01/1990", None, date(1990, 1, 13)),
        ("01/13/1990", None, date(1990, 1, 13)),
        ("05.05.1990", None, date(1990, 5, 5)),
        ("02/01/1990", True, date(1990, 1, 2)),
        ("02/01/1990", False, date(1990, 2, 1)),
        ("01/13/1990", True, date(1990, 1, 13)),
        ("1990-01-02", True, date(1990, 1, 2)),
    ],
)
def test_day_and_month_are_told_apart_by_figure_or_column(written, day_first, expected):
    assert read(written, day_first)[0] == expected


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (["02/01/1990", "13/01/1990"], True),
        (["02/01/1990", "01/13/1990"], False),
        (["01/13/1990", "13/01/1990"], None),
        (["02/01/1990", None, "1990-01-02"], None),
    ],
)
def test_a_column_says_which_comes_first(column, expected):
    assert day_comes_first(pa.array(column)) is expected


@CALM
@given(DAYS)
def test_every_day_is_read_back(day):
    chinese = f"{day.year}年{day.month}月{day.day}日"
    serial = str((day - date(1899, 12, 30)).days)
    for written in (f"{day}", f"{day:%Y%m%d}", f"{day:%Y/%m/%d}", chinese):
        assert read(written) == (day, day.year)
    assert len(serial) < 5 or read(serial) == (day, day.year)


@CALM
@given(st.lists(st.one_of(st.none(), st.text())))
def test_anything_is_read_in_its_own_row(values):
    rows = read_birth_dates(pa.array(values, pa.string())).to_pylist()
    assert [(row["birth_date"], row["birth_year"]) for row in rows] == [read(v) for v in values]


@pytest.mark.parametrize(
    ("expected", "written"),
    [
        ("male", "1 男 男性 M m male Male 1-男 01 1.0 先生 ♂ １ '1"),
        ("female", "2 女 女性 F f female Female 2.女 02 2.0 女士 ♀"),
        (None, "0 9 未知 未说明的性别 男女 5 - 其他 12 00"),
    ],
)
def test_sexes_in_codes_and_words(expected, written):
    values = written.split()
    said = read_sexes(pa.array(["", None, *values]))["sex"].to_pylist()
    assert said == [None, None, *[expected] * len(values)]


def test_several_chunks_and_none_are_read_alike():
    chunks = pa.chunked_array([["1990-01-02"], [], [None]], pa.string())
    assert read_birth_dates(chunks)["birth_year"].to_pylist() == [1990, None]
    assert read_sexes(pa.chunked_array([["男"], [], [None]]))["sex"].to_pylist() == ["male", None]
    assert read_birth_dates(pa.array([], pa.string())).num_rows == 0
