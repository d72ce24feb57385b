"""Reading cells of every kind, with the embarrassing ones that real extracts contain."""

from datetime import date
from decimal import Decimal

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.codes import KINSHIP, SEX, YES_NO
from data_contracts.terms import Column, Kind, Privacy
from transforms import columns


def column(kind: Kind, **more) -> Column:
    return Column(means="列", kind=kind, headers=("列",), privacy=Privacy.ORDINARY, **more)


def layers(raw: ibis.Table, kind: Column) -> ibis.Table:
    clean = raw.mutate(clean=columns.cleaned(raw.raw, kind))
    spoken = clean.mutate(said=columns.said(clean.clean, kind))
    return spoken.mutate(value=columns.read(spoken.said, kind))


def read(cells: list[str | None], kind: Column) -> list[tuple[str | None, object]]:
    """What each cell says and its value."""
    raw = ibis.memtable({"raw": cells}, schema={"raw": "string"})
    found = layers(raw, kind).select("said", "value").to_pyarrow().to_pydict()
    return list(zip(found["said"], found["value"], strict=True))


def value(cell: str | None, kind: Column) -> object:
    return read([cell], kind)[0][1]


MONEY, DATE, MONTH = column(Kind.MONEY), column(Kind.DATE), column(Kind.MONTH)
NUMBER, INTEGER, TEXT = column(Kind.NUMBER), column(Kind.INTEGER), column(Kind.TEXT)
WAN = column(Kind.MONEY, unit=10_000)


@pytest.mark.parametrize(
    "cell",
    [
        "20240305", "2024-03-05", "2024/3/5", "2024.3.5", "2024.03.05", "2024年3月5日",
        "2024年03月05日", "２０２４－０３－０５", "２０２４年３月５日", "2024-3-5 8:05", "2024-03-05 08:05:09",
        "2024-03-05T08:05:09", "2024-03-05 08:05:09.123", "20240305080509", "20240305 08:05",
        "2024/3/5 0:00:00", "2024年3月5日 8时5分", "20240305.0", " 2024-03-05\t", "'20240305",
        "\u30002024-03-05\u00a0", "2024－3－5",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_form(cell):
    assert value(cell, DATE) == date(2024, 3, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "20240230", "2024-02-30", "2023-02-29", "20241301", "20240100", "2024", "202403", "45356",
        "05/03/2024", "2024-3-5-6", "今天", "2024年3月", "20240305x", "2024-03-05 noon", "1", "24-3-5",
        "0000-01-01", "00010101", "0999年12月31日",
    ],
)  # fmt: skip
def test_what_names_no_day_is_null_and_still_says_something(cell):
    ((said, day),) = read([cell], DATE)

    assert said is not None
    assert day is None


@pytest.mark.parametrize("cell", ["0", "00000000", "0000-00-00", "99999999", "-", "", "NULL"])
def test_a_filler_for_no_day_says_nothing(cell):
    assert read([cell], DATE) == [(None, None)]


@pytest.mark.parametrize(
    "cell",
    ["202403", "2024-03", "2024-3", "2024/3", "2024.03", "2024年3月", "20240315", "2024-03-15",
     "2024年3月15日", "２０２４年３月", "2024-03-15 10:00:00", "202403.0"],
)  # fmt: skip
def test_a_month_is_its_first_day(cell):
    assert value(cell, MONTH) == date(2024, 3, 1)


@pytest.mark.parametrize("cell", ["202413", "202400", "2024.1", "2024", "20240230", "3月"])
def test_what_names_no_month_is_null(cell):
    assert value(cell, MONTH) is None


@pytest.mark.parametrize(
    ("cell", "found"),
    [("2024-03", date(2024, 3, 1)), ("20240315", date(2024, 3, 15)), ("2024", None)],
)
def test_a_day_or_month_is_as_exact_as_the_cell(cell, found):
    assert value(cell, column(Kind.DAY_OR_MONTH)) == found


def test_the_tenth_month_with_its_zero_is_read():
    assert value("2024.10", MONTH) == date(2024, 10, 1)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1234.5", "1234.50"), ("1,234.50", "1234.50"), ("12,345,678", "12345678.00"),
        ("¥1,234.5", "1234.50"), ("￥12元", "12.00"), ("１，２３４．５", "1234.50"), ("-5", "-5.00"),
        ("+5", "5.00"), ("0", "0.00"), (".5", "0.50"), ("5.", "5.00"), (" 12 ", "12.00"),
        ("1.0050000", "1.01"), ("1.005", "1.01"), ("-1.005", "-1.01"), ("1.0049", "1.00"),
        ("99999999999999.99", "99999999999999.99"), ("－3", "-3.00"),
    ],
)  # fmt: skip
def test_an_amount_is_read_to_the_fen(cell, amount):
    assert value(cell, MONEY) == Decimal(amount)


@pytest.mark.parametrize(
    "cell",
    ["12,34", "1,23,456", "1.23456", "(5)", "1e5", "1.2E+5", "12万元", "1.2万", "约12", "1..2",
     "--5", "999999999999999", "12 345,00", "$5"],
)  # fmt: skip
def test_what_is_no_certain_amount_is_null(cell):
    assert value(cell, MONEY) is None


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("1.5", "15000.00"), ("1.5万元", "15000.00"), ("1.5万", "15000.00"), ("0.00005", "0.50")],
)
def test_an_amount_in_ten_thousands_becomes_yuan(cell, amount):
    assert value(cell, WAN) == Decimal(amount)


@pytest.mark.parametrize("kind", [Kind.MONEY, Kind.NUMBER, Kind.INTEGER])
@pytest.mark.parametrize("cell", ["9" * 16, "99999999999", "9" * 40])
def test_a_figure_that_is_too_large_for_its_unit_is_null_and_no_error(kind, cell):
    largest = {Kind.MONEY: 10**14, Kind.NUMBER: 10**12, Kind.INTEGER: 2**63}[kind]
    read_back = value(cell, column(kind, unit=10_000))
    assert read_back == (int(cell) * 10_000 if int(cell) * 10_000 < largest else None)


def test_an_amount_in_another_unit_than_agreed_is_null():
    assert value("15000元", WAN) is None


@pytest.mark.parametrize(
    ("cell", "number"),
    [("89.5", "89.5"), ("89.52", "89.52"), ("1,089.52", "1089.52"), ("89.5㎡", "89.5"),
     ("89.5平方米", "89.5"), ("89.52m2", "89.52"), ("-1", "-1"), ("89.123456", "89.1235")],
)  # fmt: skip
def test_a_measure_is_read_with_or_without_its_unit(cell, number):
    assert value(cell, NUMBER) == Decimal(number)


@pytest.mark.parametrize("cell", ["abc", "1e3", "9" * 13])
def test_what_is_no_certain_measure_is_null(cell):
    assert value(cell, NUMBER) is None


@pytest.mark.parametrize(
    ("cell", "count"),
    [("3", 3), ("3.0", 3), ("3.", 3), ("03", 3), ("1,000", 1000), ("３", 3), ("-2", -2), ("3.5", None),
     ("三", None), ("3个", None), ("9" * 30, None)],
)  # fmt: skip
def test_a_count_is_whole(cell, count):
    assert value(cell, INTEGER) == count


@pytest.mark.parametrize(
    ("cell", "sex"),
    [("1", "male"), ("01", "male"), ("1.0", "male"), ("１", "male"), (" 男 ", "male"), ("女性", "female"),
     ("3", None), ("男女", None)],
)  # fmt: skip
def test_a_code_is_read_in_every_spelling_of_the_contract(cell, sex):
    assert value(cell, column(Kind.CODE, codes=SEX)) == sex


@pytest.mark.parametrize("cell", ["0", "9", "未知", "未说明的性别", "不详", "-"])
def test_a_code_for_not_known_says_nothing(cell):
    assert read([cell], column(Kind.CODE, codes=SEX)) == [(None, None)]


@pytest.mark.parametrize(
    ("cell", "relation"),
    [("1", None), ("01", "head"), ("2", None), ("02", "head"), ("3", "daughter"), ("03", None)],
)
def test_leading_zeros_count_in_a_list_that_needs_them(cell, relation):
    assert value(cell, column(Kind.CODE, codes=KINSHIP)) == relation


def test_a_word_that_usually_says_nothing_may_be_a_code():
    codes = {**YES_NO, "无": "no"}

    assert value("无", column(Kind.CODE, codes=codes)) == "no"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("37088119800101001x", "37088119800101001X"), ("'370881198001010011", "370881198001010011"),
        ("370881 19800101 0011", "370881198001010011"), ("３７０８８１198001010011", "370881198001010011"),
        ("370881********0011", "370881********0011"), ("\t370881198001010011\t", "370881198001010011"),
        ("不详", None), ("无", None), ("*", None), ("Ｅ1234567", "E1234567"), ("e1234567", "E1234567"),
    ],
)  # fmt: skip
def test_an_identity_number_loses_its_wrapping_only(cell, number):
    assert value(cell, column(Kind.ID_NUMBER)) == number


@pytest.mark.parametrize(
    ("cell", "phone"),
    [("13800138000", "13800138000"), ("138-0013-8000", "13800138000"), ("138 0013 8000", "13800138000"),
     ("+8613800138000", "13800138000"), ("008613800138000", "13800138000"), ("13800138000.0", "13800138000"),
     ("0537-4411234", "0537-4411234"), ("１３８００１３８０００", "13800138000"), ("未知", None)],
)  # fmt: skip
def test_a_mobile_number_has_eleven_digits(cell, phone):
    assert value(cell, column(Kind.PHONE)) == phone


@pytest.mark.parametrize(
    ("cell", "code"),
    [("N18.501", "N18.501"), ("n18.501", "N18.501"), ("Ｎ１８.5", "N18.5"), ("C34.900x001", "C34.900X001"),
     ("N18.501 慢性肾脏病5期", "N18.501"), ("N18.501\u3000慢性肾脏病", "N18.501"), ("M06.9+", "M06.9+"),
     ("M8140/3", "M8140/3"), ("慢性肾脏病", None), ("18.5", None), ("不详", None)],
)  # fmt: skip
def test_a_diagnosis_is_its_code(cell, code):
    assert value(cell, column(Kind.ICD10)) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [("370881", "370881"), ("370881102", "370881102"), ("370881102227", "370881102227"),
     ("37088110", None), ("曲阜市", None)],
)  # fmt: skip
def test_a_place_code_has_six_nine_or_twelve_digits(cell, code):
    assert value(cell, column(Kind.PLACE_CODE)) == code


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.NAME, Kind.ADDRESS])
def test_words_are_trimmed_and_otherwise_left_alone(kind):
    cells = [
        " 张三 ",
        "\u3000䶮\ufeff",
        "'00123",
        "买买提·吐尔逊",
        "张 三",
        "１号楼",
        "\ue863",
        None,
    ]

    assert [said for said, _ in read(cells, column(kind))] == [
        "张三", "䶮", "00123", "买买提·吐尔逊", "张 三", "１号楼", "\ue863", None,
    ]  # fmt: skip


@pytest.mark.parametrize("blank", ["\n", "\v", "\f", "\r\n", "\x85", "\u2028", "\u2029", "\u200b"])
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.ID_NUMBER, Kind.PHONE])
def test_no_blank_is_left_at_the_ends_and_no_letter_is_taken_for_one(kind, blank):
    assert value(f"{blank}FV12VF{blank}", column(kind)) == "FV12VF"


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CODE])
def test_a_filler_says_nothing_in_any_kind(kind):
    fillers = ["", " ", "-", "--", "/", "无", "NULL", "null", "N/A", "—", "\u3000"]

    assert read(fillers, column(kind)) == [(None, None)] * len(fillers)


KINDS = {
    kind: column(kind, codes={"1": "1", "甲": "1"} if kind is Kind.CODE else {}) for kind in Kind
}
ALPHABET = "0123456789.-/,:+Ee xXA张年月日元万'\u3000\t０１Ａ－"


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from([kind for kind in Kind if kind is not Kind.CODE]),
    cells=st.lists(st.text(st.sampled_from(ALPHABET), max_size=14), min_size=1, max_size=8),
)
def test_reading_twice_reads_the_same(kind, cells):
    once = [found for _, found in read(cells, KINDS[kind])]
    again = [found for _, found in read([_written(found) for found in once], KINDS[kind])]

    assert again == once


def _written(found: object) -> str | None:
    return None if found is None else str(found)


@settings(max_examples=40, deadline=None)
@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_day_is_read_back_from_every_form(day):
    forms = ["%Y%m%d", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y-%m-%d 00:00:00"]

    assert [found for _, found in read([day.strftime(form) for form in forms], DATE)] == [day] * 6


@settings(max_examples=40, deadline=None)
@given(amount=st.decimals(-(10**12), 10**12, places=2))
def test_every_amount_is_read_back_with_and_without_separators(amount):
    found = read([f"{amount:f}", f"{amount:,f}", f"{amount:f}元"], MONEY)

    assert [read_back for _, read_back in found] == [amount] * 3


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2024-05-17", date(2024, 5, 17)),
        ("20240517", date(2024, 5, 17)),
        ("202405", date(2024, 5, 1)),
        ("2024年5月", date(2024, 5, 1)),
        ("202413", None),
        ("2024", None),
    ],
)
def test_a_day_keeps_its_day_and_a_month_begins_on_its_first(cell, expected):
    assert value(cell, column(Kind.DAY_OR_MONTH)) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("01", "head"), ("1", None), ("2", None), ("20", "son"), ("3", "daughter")],
)
def test_a_code_that_two_lists_read_differently_is_not_read(cell, expected):
    assert value(cell, column(Kind.CODE, codes=KINSHIP)) == expected
