"""The file of faulty rows opens again, tells where each row is, and runs nothing in Excel."""

import csv
import io

import pytest

from flows.receive import quarantine_csv
from flows.receive.quarantine import safe
from tests.receive.clinic import HEADER, csv_of, received, visit, visits, xlsx_of


def reopened(data: bytes, **more) -> list[list[str]]:
    judgement, connection = received(data, **more)
    content = quarantine_csv(connection, judgement.header)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") or b'"' in content
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("form", [csv_of, xlsx_of])
def test_it_holds_the_line_the_reason_and_the_row_as_delivered(form):
    faulty = visit(7, days="三天", address=" 姚村镇 ")
    rows = [*visits(7), faulty, *visits(20)[8:]]

    header, row = reopened(form(rows))

    assert header == ["行号", "原因", *HEADER]
    assert row == ["9", "“天数”不是有效的整数", *faulty]


def test_undeclared_columns_go_back_to_the_department_too():
    rows = [[*row, "内部备注"] for row in [visit(0, days="x"), *visits(20)[1:]]]

    header, row = reopened(csv_of(rows, [*HEADER, "备注"]))

    assert (header[-1], row[-1]) == ("备注", "内部备注")


def test_rows_of_another_width_go_back_as_they_are():
    rows = [*visits(20), ["只有", "三", "格"], visit(21)]

    _, row = reopened(csv_of(rows))

    assert row == ["22", "列数不符:应为 19 列,实为 3 列", "只有", "三", "格"]


def test_cells_with_quotes_and_line_breaks_survive():
    rows = [*visits(20), visit(20, address='"说""是""\r\n的"', days="x")]

    _, row = reopened(csv_of(rows))

    assert '说"是"\r\n的' in row


def test_it_can_be_corrected_and_sent_back():
    _, row = reopened(csv_of([*visits(20), visit(20, days="x")]))
    corrected = [cell.replace("x", "3") for cell in row[2:]]

    judgement, _ = received(csv_of([corrected]))

    assert judgement.loaded == 1


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("\t=1+1", "'\t=1+1"),
        ("-", "-"),
        ("--", "--"),
        ("-12.50", "-12.50"),
        ("+8613800138000", "+8613800138000"),
        ("张三", "张三"),
        ("", ""),
        ("a=b", "a=b"),
    ],
)
def test_only_what_excel_would_run_is_marked_as_text(cell, written):
    assert safe(cell) == written
