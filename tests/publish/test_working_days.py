from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.publish.working_days import Due, due_date


@pytest.mark.parametrize(
    ("on", "days", "due"),
    [
        ("2026-11-20", 1, "2026-11-23"),  # Friday, then Monday
        ("2026-11-22", 3, "2026-11-25"),
        ("2026-09-30", 1, "2026-10-08"),  # the National Day week
        ("2026-09-30", 3, "2026-10-10"),  # a Saturday on which people work
        ("2026-02-13", 1, "2026-02-14"),  # the same before the Spring Festival
    ],
)
def test_holidays_and_make_up_days_count_as_published(on, days, due):
    assert due_date(date.fromisoformat(on), days) == Due(date.fromisoformat(due), provisional=False)


def test_a_due_date_inside_a_published_year_is_final_and_one_beyond_is_provisional():
    assert not due_date(date(2026, 12, 30), 1).provisional
    assert due_date(date(2026, 12, 31), 1).provisional


def test_a_year_that_is_not_published_counts_by_weekday_and_says_so():
    due = due_date(date(2099, 12, 24), 3)
    assert due == Due(date(2099, 12, 29), provisional=True)
    assert str(due) == "2099-12-29(暂定)"


def test_a_leap_day_is_a_day():
    assert due_date(date(2024, 2, 28), 1).on == date(2024, 2, 29)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 1)), st.integers(1, 30))
def test_a_later_issue_or_a_longer_term_is_never_due_earlier(on, days):
    due = due_date(on, days).on
    assert on < due < due_date(on, days + 1).on


def test_no_working_day_at_all_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        due_date(date(2026, 11, 22), 0)
