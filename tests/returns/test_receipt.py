"""What goes back: a receipt that counts and names no one, and the bad rows ready to be mended."""

import io
from datetime import datetime

import openpyxl

from flows.returns.error_book import error_book
from flows.returns.receipt import receipt
from tests.returns.returned import CHEN, LI, OUYANG, WANG, Copy, saved, taken, workbook_of

AT = datetime(2026, 11, 27, 9, 5)  # noqa: DTZ001 - a wall clock


def mixed():
    copy = Copy().fill(CHEN).fill(WANG, 走访日期="25/11", 备注="=1+1").fill(LI, 核实结论="低保")
    return copy.add(姓名="孙二婶", 需要的帮助="没人照料")


def sheet_of(data):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_the_receipt_counts_orders_and_names_places():
    lines = receipt(mixed().taken(), AT)
    assert lines[:6] == [
        "走访结果回执",
        "文件:姚村镇.csv",
        "时间:2026年11月27日 09:05",
        "收到 3 单,有效 1 单,2 单需补",
        "还没有走访:1 单",
        "新线索:1 条",
    ]
    assert lines[7].startswith("  第 3 行“走访日期”:走访日期分不清几月几日。")
    assert lines[8].startswith("  第 5 行“核实结论”:")


def test_the_receipt_of_a_good_file_says_so_and_of_no_list_why():
    assert receipt(Copy().fill(CHEN).taken(), AT)[-1] == "没有需要补的。"
    assert "PDF" in receipt(taken(b"%PDF"), AT)[-1]


def test_a_long_receipt_is_cut_and_the_error_book_is_not():
    copy = Copy()
    for _ in range(50):
        copy.add(备注="家里没人")
    found = copy.taken()
    assert receipt(found, AT)[-1] == "另有 20 处,见错误清单"
    assert sheet_of(error_book(found.problems)).max_row == 51


def test_neither_reasons_nor_receipt_repeat_what_stands_in_a_cell():
    secret = "鬱薜嬿"
    copy = Copy()
    for at, title in enumerate(copy.header[1:], 1):
        copy.rows[at % 4][at] = secret + str(at)
        copy.add(**{title: secret})
    copy.set("工作单号", secret, LI)
    found = copy.taken()
    assert found.problems
    assert secret not in "".join(receipt(found, AT))
    assert all(secret not in repr(problem.fault) for problem in found.problems)


def test_the_error_book_has_the_row_as_it_was_sent_behind_what_is_wrong():
    found = mixed().taken()
    sheet = sheet_of(error_book(found.problems))
    header, first, second = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert header[:3] == ["问题", "怎么改", "工作单号"]
    assert first[0].startswith("第 3 行 走访日期:")
    assert (first[2], second[2]) == (WANG, LI)
    assert first[header.index("备注")] == "'=1+1"
    assert all(cell.data_type == "s" for row in sheet for cell in row if cell.value is not None)


def test_a_row_with_two_faults_is_sent_back_once():
    found = Copy().fill(WANG, 走访日期="25/11", 核实结论="低保").taken()
    sheet = sheet_of(error_book(found.problems))
    assert sheet.max_row == 2
    assert sheet["A2"].value.count("看不懂") == 1
    assert sheet["A2"].value.count("分不清") == 1


def test_the_error_book_can_be_mended_and_sent_back():
    workbook = openpyxl.load_workbook(io.BytesIO(error_book(mixed().taken().problems)))
    sheet = workbook.active
    column = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, column["走访日期"]).value = "2026-11-25"
    sheet.cell(3, column["核实结论"]).value = "62"
    found = taken(saved(workbook))
    assert [(one.order_no, one.codes) for one in found.visits] == [(WANG, ("15",)), (LI, ("62",))]
    assert (found.problems, found.visits[0].note) == ([], "=1+1")


def test_rows_of_sheets_with_other_columns_each_get_their_header():
    rows = [["工作单号", "走访日期", "核实结论"], [CHEN, "25/11", "15"]]
    other = [["核实结论", "备注", "工作单号"], ["15", "x", OUYANG]]
    sheet = sheet_of(error_book(taken(workbook_of(rows, other)).problems))
    told = [[cell.value for cell in row][2:] for row in sheet.iter_rows()]
    assert told == [*rows, *other]
    assert sheet["A2"].value.startswith("“表1”第 2 行")


def test_the_same_problems_give_the_same_bytes():
    problems = mixed().taken().problems
    assert error_book(problems) == error_book(problems)
