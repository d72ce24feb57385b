"""How near two birth dates are, in the ways in which birth dates go wrong."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.birth_levels import BirthLevel, birth_levels
from matchers.lunar_calendar import lunar_dates

CALM = settings(deadline=None, max_examples=50)
DAYS = st.dates(date(1850, 1, 1), date(2100, 12, 31))


def day(text):
    return text and date.fromisoformat(text)


def level(left, right):
    found = birth_levels(pa.array([left], pa.date32()), pa.array([right], pa.date32()))[0].as_py()
    return None if found is None else BirthLevel(found).name


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1990-03-04", "1990-03-04", "EQUAL"),
        ("1990-03-04", "1990-04-03", "SWAPPED"),
        ("1990-03-04", "1990-03-14", "ONE_DIGIT"),
        ("1990-03-04", "1980-03-04", "ONE_DIGIT"),
        ("1990-03-04", "1909-03-04", "ONE_DIGIT"),  # two neighbours swapped
        ("1990-12-21", "1990-12-12", "ONE_DIGIT"),
        ("1985-02-20", "1985-01-01", "LUNAR"),
        ("2023-03-22", "2023-02-01", "LUNAR"),  # of a doubled second month
        ("1984-02-01", "1983-12-30", "LUNAR"),
        ("1984-02-01", "1984-12-30", "LUNAR"),  # lunar day, civil year
        ("1990-05-17", "1990-01-01", "PLACEHOLDER"),
        ("1990-05-17", "1990-08-01", "PLACEHOLDER"),
        ("1990-05-17", "1990-05-28", "PLACEHOLDER"),
        ("1990-05-17", "1990-08-29", "SAME_YEAR"),
        ("1990-05-17", "1991-01-01", "SAME_YEAR"),
        ("1990-05-17", "1992-01-01", "DIFFERENT"),
        ("1990-03-04", "1903-03-04", "DIFFERENT"),  # two digits, not neighbours' swap
        ("1990-03-04", None, None),
        (None, None, None),
    ],
)
def test_how_near_two_birth_dates_are(left, right, expected):
    assert level(day(left), day(right)) == expected
    assert level(day(right), day(left)) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (19450403, 19450493, BirthLevel.ONE_DIGIT),  # 93 April
        (18361201, 18362101, BirthLevel.ONE_DIGIT),
        (18360121, 18362101, BirthLevel.SWAPPED),
        (19900517, 19900500, BirthLevel.PLACEHOLDER),  # a month without its day
        (19900517, 19909900, BirthLevel.SAME_YEAR),
        (19900517, 19900517, BirthLevel.EQUAL),
        (19900517, None, None),
    ],
)
def test_digits_that_are_no_day_are_compared_too(left, right, expected):
    pairs = pa.array([left, right], pa.int64()), pa.array([right, left], pa.int64())
    assert birth_levels(*pairs).to_pylist() == [expected, expected]


@CALM
@given(DAYS, DAYS)
def test_dates_and_their_digits_have_one_level(left, right):
    digits = [pa.array([int(f"{one:%Y%m%d}")]) for one in (left, right)]
    assert BirthLevel(birth_levels(*digits)[0].as_py()).name == level(left, right)


@CALM
@given(DAYS, st.integers(0, 7), st.integers(1, 9))
def test_one_other_digit_is_at_least_one_digit(born, at, by):
    written = f"{born:%Y%m%d}"
    other = written[:at] + str((int(written[at]) + by) % 10) + written[at + 1 :]
    try:
        wrong = date.fromisoformat(f"{other[:4]}-{other[4:6]}-{other[6:]}")
    except ValueError:
        return
    assert level(born, wrong) in ("ONE_DIGIT", "SWAPPED")


@CALM
@given(st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS)))
def test_pairs_are_judged_each_for_itself_and_either_way(pairs):
    left, right = (pa.array([pair[at] for pair in pairs], pa.date32()) for at in (0, 1))
    assert birth_levels(left, right) == birth_levels(right, left)
    alone = [level(*pair) for pair in pairs]
    together = birth_levels(left, right).to_pylist()
    assert [None if one is None else BirthLevel(one).name for one in together] == alone


def test_years_outside_every_table_and_chunks_are_judged():
    days = pa.chunked_array([[date(1, 1, 1)], [], [date(9999, 12, 31), None]], pa.date32())
    assert birth_levels(days, days).to_pylist() == [6, 6, None]
    assert birth_levels(days, pa.chunked_array([days.chunk(2)[:1], days.chunk(0), days.chunk(0)])
                        ).to_pylist() == [0, 0, None]  # fmt: skip
    assert len(birth_levels(days[:0], days[:0])) == 0


@pytest.mark.parametrize(
    ("civil", "lunar"),
    [
        ("1900-01-31", 19000101),  # the first day of the table
        ("1949-10-01", 19490810),
        ("1976-09-09", 19760816),
        ("1985-02-20", 19850101),  # the new years of public holidays
        ("2000-02-05", 20000101),
        ("2008-02-07", 20080101),
        ("2024-02-10", 20240101),
        ("2025-01-29", 20250101),
        ("2020-05-23", 20200401),  # the doubled fourth month of 2020
        ("2023-03-22", 20230201),  # and the doubled second of 2023
        ("2033-12-22", 20331101),  # the doubled eleventh, on which old tables err
        ("1900-01-30", 0),
        ("2101-01-29", 0),
    ],
)
def test_known_days_of_the_lunar_calendar(civil, lunar):
    days = np.array([civil], "datetime64[D]").astype(np.int64)
    assert lunar_dates(days).tolist() == [lunar]


def test_lunar_months_have_29_or_30_days_and_follow_each_other():
    days = (np.datetime64("1900-01-31") + np.arange(73_400)).astype("datetime64[D]")
    written = lunar_dates(days.astype(np.int64))
    firsts = np.flatnonzero(written % 100 == 1)
    assert set(np.diff(firsts).tolist()) == {29, 30}
    assert (written[1:] - written[:-1])[written[1:] % 100 != 1].tolist() == [1] * (
        len(written) - len(firsts)
    )
    new_years = days[written % 10000 == 101].astype(date)
    assert all(date(d.year, 1, 20) < d < date(d.year, 2, 22) for d in new_years)
    assert min(np.diff(new_years)) >= timedelta(353)
