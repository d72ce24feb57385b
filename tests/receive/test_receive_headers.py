"""Columns are found by name, wherever they stand and however they are written."""

import random
from dataclasses import replace

import pytest

from flows.receive import Verdict
from flows.receive.header import mapped, normal
from tests.receive.clinic import (
    CLINIC,
    HEADER,
    broken,
    csv_of,
    received,
    rows_of,
    visits,
    xlsx_of,
)

CONTENT = "SELECT record_key, content FROM good ORDER BY record_key"


def reordered(places: list[int]) -> bytes:
    return csv_of([[row[at] for at in places] for row in visits(30)], [HEADER[at] for at in places])


def test_swapped_columns_change_nothing():
    places = list(range(len(HEADER)))
    places[1], places[2] = places[2], places[1]

    _, swapped = received(reordered(places))

    _, straight = received(csv_of(visits(30)))
    assert rows_of(swapped, CONTENT) == rows_of(straight, CONTENT)


def test_any_order_of_columns_gives_the_same_rows():
    places = list(range(len(HEADER)))
    random.Random(3).shuffle(places)
    # The two telephones are told apart by their order, so that is kept.
    first, second = sorted((places.index(5), places.index(6)))
    places[first], places[second] = 5, 6

    _, shuffled = received(reordered(places))

    _, straight = received(csv_of(visits(30)))
    assert rows_of(shuffled, CONTENT) == rows_of(straight, CONTENT)


def test_swapped_titles_over_unswapped_cells_do_not_load_silently():
    header = list(HEADER)
    header[2], header[9] = header[9], header[2]

    judgement, _ = received(csv_of(visits(30), header))

    assert judgement.verdict is Verdict.REFUSED
    assert judgement.loaded == 0


@pytest.mark.parametrize(
    "title", ["患者姓名", " 姓 名 ", "姓名\n", "*姓名", "姓名:", "“姓名”".strip("“”"), "NAME"]
)
def test_a_renamed_column_is_found_when_its_name_was_agreed(title):
    header = [f'"{title}"' if cell == "姓名" else cell for cell in HEADER]

    assert received(csv_of(visits(30), header))[0].loaded == 30


def test_a_renamed_column_that_was_not_agreed_is_refused_with_the_names_that_are():
    header = ["名字" if cell == "姓名" else cell for cell in HEADER]

    judgement, _ = received(csv_of(visits(30), header))

    (failed,) = judgement.failed
    assert failed.reason == "缺少必需的列“姓名”(可用的列名:姓名、患者姓名)"
    assert judgement.undeclared == ("名字",)


@pytest.mark.parametrize(
    "title", ["补助(万元)", "补助\uff08万元\uff09", "补助〔万元〕", "补助 (万元)"]
)
def test_brackets_are_one_kind(title):
    header = [title if cell.startswith("补助") else cell for cell in HEADER]

    _, connection = received(csv_of(visits(1), header))

    assert rows_of(connection, "SELECT subsidy::VARCHAR FROM good") == [("1500.00",)]


def test_an_extra_column_is_dropped_and_reported():
    rows = [[*row, "汉", "不要读我"] for row in visits(30)]

    judgement, connection = received(csv_of(rows, [*HEADER, "民族", "备注"]))

    assert judgement.verdict is Verdict.ACCEPTED
    assert judgement.undeclared == ("备注",)
    tables = rows_of(connection, "SELECT * FROM good")
    assert "不要读我" not in str(tables)


def test_an_optional_column_may_be_missing():
    at = HEADER.index("住址")
    rows = [row[:at] + row[at + 1 :] for row in visits(30)]

    _, connection = received(csv_of(rows, HEADER[:at] + HEADER[at + 1 :]))

    assert rows_of(connection, "SELECT DISTINCT address FROM good") == [(None,)]


def test_repeated_headers_are_numbered_from_left_to_right():
    header = mapped(["电话", "就诊号", "电话", "电话"], CLINIC)

    assert header.places == {"phone": 0, "visit_no": 1, "contact_phone": 2}
    assert header.clashes == ()


def test_a_header_repeated_against_the_contract_is_ambiguous():
    rows = [[*row, "李四"] for row in visits(30)]

    assert broken(received(csv_of(rows, [*HEADER, "姓名"]))[0]) == {"header_is_unambiguous"}


@pytest.mark.parametrize("data", [csv_of([]), xlsx_of([])], ids=["csv", "xlsx"])
def test_a_file_of_a_header_only_is_refused(data):
    judgement, _ = received(data)

    assert broken(judgement) == {"rows_are_enough"}
    assert judgement.failed[0].reason == "只有 0 行数据,至少应有 1 行"


def test_a_contract_may_allow_a_file_of_a_header_only():
    judgement, _ = received(csv_of([]), replace(CLINIC, at_least_rows=0))

    assert judgement.verdict is Verdict.ACCEPTED
    assert judgement.rows == 0


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"\xef\xbb\xbf", b" , ,\n", xlsx_of([], [])])
def test_an_empty_file_is_refused(data):
    assert broken(received(data)[0]) == {"file_is_not_empty"}


def test_title_rows_above_and_totals_below_are_no_data():
    text = "曲阜市卫生院诊疗明细表\r\n统计期:2026年2月,,,单位:元\r\n\r\n"
    below = [["合计", "", "", "", "30 行"], ["制表人:某某", "审核人:某某"]]
    data = text.encode() + csv_of([*visits(30), *below])

    judgement, connection = received(data)

    assert judgement.verdict is Verdict.ACCEPTED, judgement.failed
    assert judgement.loaded == 30
    assert rows_of(connection, "SELECT min(line), max(line) FROM good") == [(5, 34)]


def test_a_total_that_counts_other_rows_than_arrived_refuses_the_file():
    judgement, _ = received(csv_of([*visits(30), ["共31条"]]))

    assert broken(judgement) == {"rows_match_total"}
    assert "31" in judgement.failed[0].reason


def test_a_sum_in_the_middle_is_a_faulty_row_and_no_end():
    rows = [*visits(10), ["小计", *[""] * 18], *visits(30)[10:]]

    judgement, _ = received(csv_of(rows))

    assert (judgement.loaded, judgement.quarantined) == (30, 1)


def test_a_file_without_a_header_is_refused_without_repeating_a_row():
    judgement, _ = received(csv_of(visits(30)[1:], visits(1)[0]))

    assert judgement.verdict is Verdict.REFUSED
    assert (judgement.header, judgement.undeclared) == ((), ())
    assert "陈家寨" not in str(judgement)


def test_a_header_split_by_a_line_break_is_one_header():
    header = ['"就诊\n日期"' if cell == "就诊日期" else cell for cell in HEADER]

    judgement, connection = received(csv_of(visits(3), header))

    assert judgement.loaded == 3
    assert rows_of(connection, "SELECT line FROM good ORDER BY row") == [(3,), (4,), (5,)]


def test_normal_titles_are_compared_without_width_case_and_blanks():
    assert normal(" * ＪＺＨ ") == normal("jzh") == "jzh"
