"""The day of a visit in every way it is written, and no day where it could be two."""

from datetime import date

import pytest

from flows.returns.days import day_of

ISSUED, LATEST, VISITED = date(2026, 11, 22), date(2026, 11, 28), date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-11-25",
            "2026/11/25",
            "2026.11.25",
            "2026年11月25日",
            "20261125",
            "46351",
            "46351.0",
        ),
        *("2026 年 11 月 25 日", "2026年11月25号", "２０２６－１１－２５", "2026-11-25 09:30:00"),
        *(
            "2026-11-25T09:30",
            "46351.4",
            "11月25日",
            "11月25",
            "2026-11-25 周三",
            "2026-11-25(星期三)",
        ),
    ],
)
def test_a_day_is_read(text):
    assert day_of(text, ISSUED, LATEST) == VISITED


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *[(text, "分不清几月几日") for text in ("25/11", "11/25", "11-25", "11.25", "25/11/2026")],
        *[(text, "看不懂") for text in ("26日", "2026-13-01", "2026-02-30", "同上", "11", "昨天")],
        *[(text, "看不懂") for text in ("2026-11-25、26", "2026-11", "2026/11-25", "11月31日")],
    ],
)
def test_what_is_no_one_day_is_told(text, reason):
    assert reason in day_of(text, ISSUED, LATEST).reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-11-21", "走访日期早于派单日期"),
        ("2026-11-22", None),
        ("2026-11-28", None),
        ("2026-11-29", "走访日期晚于今天"),
        ("11月21日", "走访日期早于派单日期"),
        ("11月29日", "走访日期晚于今天"),
        ("10000", "走访日期早于派单日期"),
    ],
)
def test_the_day_lies_between_the_order_and_tomorrow(text, reason):
    found = day_of(text, ISSUED, LATEST)
    assert (None if isinstance(found, date) else found.reason) == reason


@pytest.mark.parametrize(
    ("text", "found"),
    [("12月30日", date(2026, 12, 30)), ("1月3日", date(2027, 1, 3)), ("1月31日", None)],
)
def test_a_year_that_is_left_out_is_found_where_only_one_fits(text, found):
    told = day_of(text, date(2026, 12, 28), date(2027, 1, 10))
    assert (told if isinstance(told, date) else None) == found


def test_a_year_that_is_left_out_is_not_guessed_where_two_fit():
    found = day_of("11月25日", date(2025, 11, 1), date(2026, 11, 28))
    assert found.reason == "走访日期没有写年份,确定不了是哪一年"
