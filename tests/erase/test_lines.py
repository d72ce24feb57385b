"""A row goes, its line stays empty, and every other byte is as it was: drawn files of every form."""

import csv
import io

import openpyxl
import pytest
import xlsxwriter

from flows.erasure.lines import without_lines
from flows.erasure.sheets import part_of, rows_where, without_rows

TEXT = '姓名,备注\r\n张三,"两\r\n行"\r\n李四,一行\r\n王五,末行'
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("line", "left"),
    [
        (2, "姓名,备注\r\n\r\n\r\n李四,一行\r\n王五,末行"),
        (4, '姓名,备注\r\n张三,"两\r\n行"\r\n\r\n王五,末行'),
        (5, '姓名,备注\r\n张三,"两\r\n行"\r\n李四,一行\r\n'),
    ],
)
def test_one_row_goes_byte_for_byte(encoding, line, left):
    assert without_lines(TEXT.encode(encoding), encoding, ",", [line]) == left.encode(encoding)


def test_nothing_goes_where_nothing_is_asked():
    data = TEXT.encode("gb18030")
    assert without_lines(data, "gb18030", ",", []) == data


def test_a_quote_that_nothing_closes_takes_its_own_line_only():
    data = 'a,b\n"张三,1\n李四,2\n'.encode()
    assert without_lines(data, "utf-8", ",", [2]) == "a,b\n\n李四,2\n".encode()


def workbook(rows, *, inline=False):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": inline}) as book:
        book.add_worksheet("说明").write_string(0, 0, "张三是谁")
        sheet = book.add_worksheet("数据 & 表")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()


@pytest.mark.parametrize("inline", [False, True])
def test_a_workbook_loses_the_row_and_the_texts_only_it_used(inline):
    rows = [["姓名", "镇"], ["张三", "姚村镇"], ["李四", "姚村镇"], ["王五", 7]]
    data = workbook(rows, inline=inline)
    new = without_rows(data, {part_of(data, "数据 & 表"): [2]})
    sheet = openpyxl.load_workbook(io.BytesIO(new))["数据 & 表"]
    read = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert read == [rows[0], [None, None], rows[2], rows[3]]
    shared = openpyxl.load_workbook(io.BytesIO(new))["说明"]["A1"].value
    assert shared == "张三是谁"
    assert not rows_where(new, lambda texts: any(text.split() == ["张三"] for text in texts))


def test_rows_are_found_by_what_they_say_on_any_sheet():
    data = workbook([["a"], ["ZF1"], ["b"]])
    assert list(rows_where(data, lambda texts: "ZF1" in texts).values()) == [[2]]


def test_a_line_that_is_quoted_is_one_row_for_the_reader_too():
    left = without_lines(TEXT.encode(), "utf-8", ",", [2]).decode()
    assert [row for row in csv.reader(io.StringIO(left, newline="")) if row] == [
        ["姓名", "备注"],
        ["李四", "一行"],
        ["王五", "末行"],
    ]
