"""The workbook as a person saves it: several sheets, merged cells, real dates, numbers, formulas."""

import datetime
import io
import zipfile

import openpyxl
import pytest

from tests.returns.returned import (
    CHEN,
    LI,
    LINES,
    OUYANG,
    VISITED,
    WANG,
    Copy,
    book,
    only,
    reasons,
    saved,
    taken,
    workbook_of,
)

HEADER, FIRST = 5, 6


def orders(workbook):
    """The sheet that has the orders; all of ours are of one village."""
    (sheet,) = [sheet for sheet in workbook if sheet.cell(HEADER, 1).value == "工作单号"]
    return sheet


def places(sheet):
    return {cell.value: cell.column for cell in sheet[HEADER]}


def fill(sheet, row, **said):
    usual = {"走访日期": VISITED, "走访人": "赵村医", "核实结论": "15"}
    for title, value in {**usual, **said}.items():
        sheet.cell(row, places(sheet)[title]).value = value


def filled(*rows, **said):
    workbook = book()
    for row in rows or (FIRST,):
        fill(orders(workbook), row, **said)
    return workbook


def test_our_own_workbook_with_nothing_written_has_nothing_but_open_orders():
    found = taken(saved(book()))
    assert (found.visits, found.leads, found.problems) == ([], [], [])
    assert found.counts.not_visited == 4


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (datetime.date(2026, 11, 25), "yyyy-mm-dd"),
        (datetime.datetime(2026, 11, 25, 9, 30), "m月d日"),  # noqa: DTZ001 - Excel has no zone
        (46351, "General"),
        (46351, 'yyyy"年"m"月"d"日"'),
        (46351.5, "0.0"),
        (20261125, "0"),
        ("2026.11.25", "@"),
    ],
)
def test_a_day_is_a_date_a_serial_or_text(value, form):
    workbook = filled(走访日期=value)
    sheet = orders(workbook)
    sheet.cell(FIRST, places(sheet)["走访日期"]).number_format = form
    assert only(taken(saved(workbook))).visited_on == VISITED


@pytest.mark.parametrize("value", [15, 15.0, "15", "15 临时救助", "１５"])
def test_a_code_may_be_a_number(value):
    assert only(taken(saved(filled(核实结论=value)))).codes == ("15",)


@pytest.mark.parametrize(("value", "phone"), [(13911112222, "13911112222"), ("1.39E+10", None)])
def test_a_telephone_may_be_a_number_but_not_a_spoilt_one(value, phone):
    assert only(taken(saved(filled(联系电话=value)))).phone == phone


@pytest.mark.parametrize(
    ("value", "reached"),
    [
        *[(value, True) for value in ("是", "√", "Y", "yes", "1", 1, True, "见到", "是(在家)")],
        *[(value, False) for value in ("否", "×", "N", "x", 0, False, "未见到", "否。")],
        *[(value, None) for value in ("", "电话联系", "?")],
    ],
)
def test_whether_the_person_was_seen_is_ticked_in_many_ways(value, reached):
    assert only(taken(saved(filled(是否见到本人=value)))).reached is reached


def test_an_answer_that_is_neither_yes_nor_no_stays_in_the_note():
    visit = only(taken(saved(filled(是否见到本人="电话联系", 备注="下周再去"))))
    assert visit.note == "下周再去;是否见到本人:电话联系"


def test_several_sheets_with_other_names_beside_a_guide_and_a_chart():
    workbook = filled(FIRST)
    first = orders(workbook)
    second = workbook.copy_worksheet(first)
    fill(second, FIRST + 3)
    for row in (FIRST, FIRST + 1, FIRST + 2):
        second.cell(row, 1).value = None
        for column in range(2, 16):
            second.cell(row, column).value = None
    first.delete_rows(FIRST + 3)
    first.title, second.title = "陈家寨村 <1>", "王庄&李庄"
    workbook.create_chartsheet("图")
    workbook.create_sheet("空")
    found = taken(saved(workbook))
    assert [(one.order_no, one.sheet) for one in found.visits] == [
        (CHEN, "陈家寨村 <1>"),
        (LI, "王庄&李庄"),
    ]
    assert (found.problems, found.counts.not_visited) == ([], 2)


def test_rows_and_columns_may_be_put_before_ours():
    workbook = filled(FIRST, FIRST + 1)
    sheet = orders(workbook)
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_cols(1, 2)
    sheet.insert_rows(1, 3)
    assert [one.line for one in taken(saved(workbook)).visits] == [9, 10]


def test_a_cell_merged_over_several_rows_speaks_for_each_of_them():
    grid = [row[1:] for row in [["", *row] for row in Copy().grid()]]
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in grid:
        sheet.append(["", "", *row])
    column = {title: at for at, title in enumerate(grid[0], 3)}
    for title, value in (("走访日期", "11月25日"), ("核实结论", "54"), ("走访人", "赵村医")):
        sheet.cell(2, column[title]).value = value
        letter = openpyxl.utils.get_column_letter(column[title])
        sheet.merge_cells(f"{letter}2:{letter}4")
    found = taken(saved(workbook))
    assert [(one.order_no, one.visitor) for one in found.visits] == [
        (one, "赵村医") for one in (CHEN, WANG, OUYANG)
    ]
    assert found.counts.not_visited == 1


def test_an_order_of_two_merged_rows_is_one_order():
    header, first, *others = Copy().fill(CHEN).grid()
    workbook = openpyxl.Workbook()
    for row in (header, first, [], *others):
        workbook.active.append(row)
    for column in range(1, len(header) + 1):
        letter = openpyxl.utils.get_column_letter(column)
        workbook.active.merge_cells(f"{letter}2:{letter}3")
    found = taken(saved(workbook))
    assert (only(found).order_no, found.counts.repeated) == (CHEN, 1)


def test_a_cell_merged_across_columns_speaks_for_its_first_only():
    workbook = filled(FIRST, 实际居住地址="搬到县城")
    column = places(orders(workbook))["实际居住地址"]
    letters = [openpyxl.utils.get_column_letter(at) for at in (column, column + 3)]
    orders(workbook).merge_cells(f"{letters[0]}{FIRST}:{letters[1]}{FIRST}")
    visit = only(taken(saved(workbook)))
    assert (visit.address, visit.phone, visit.note) == ("搬到县城", None, "")


def test_a_formula_that_went_wrong_is_complained_of():
    workbook = filled(FIRST)
    cell = orders(workbook).cell(FIRST, places(orders(workbook))["核实结论"])
    cell.value, cell.data_type = "#REF!", "e"
    assert reasons(taken(saved(workbook))) == [(FIRST, "核实结论", "核实结论看不懂")]


def test_a_grid_typed_anew_with_numbers_of_orders_is_a_list():
    rows = [["工作单号", "走访日期", "核实结论"], [CHEN, "2026-11-25", 50], [LI, "11月26日", "53"]]
    found = taken(workbook_of([["转给民政办"], *rows], [["无关"]]))
    assert [one.codes for one in found.visits] == [("50",), ("53",)]


def test_a_cell_in_the_far_corner_is_refused_before_it_takes_all_memory():
    workbook = filled(FIRST)
    orders(workbook)["XFD1048576"] = "x"
    (problem,) = taken(saved(workbook)).problems
    assert "工作表范围过大" in problem.fault.reason


def test_a_workbook_that_is_cut_or_lacks_a_sheet_is_refused():
    whole = saved(filled(FIRST))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive, zipfile.ZipFile(out, "w") as lacking:
        for entry in archive.infolist():
            if entry.filename != "xl/worksheets/sheet1.xml":
                lacking.writestr(entry, archive.read(entry))
    for content in (whole[:-300], whole[: len(whole) // 2], out.getvalue()):
        (problem,) = taken(content).problems
        assert (problem.line, problem.fault.column) == (0, "文件")


def test_every_order_of_the_workbook_can_be_taken():
    found = taken(saved(filled(*range(FIRST, FIRST + len(LINES)))))
    assert [one.order_no for one in found.visits] == [line.order_no for line in LINES]


def test_room_below_the_list_takes_a_household_that_nobody_listed():
    workbook = filled(FIRST)
    sheet = orders(workbook)
    at = places(sheet)
    for row in range(FIRST + len(LINES) + 1, FIRST + len(LINES) + 3):
        sheet.cell(row, at["走访对象"]).value = "孙二婶"
        sheet.cell(row, at["需要的帮助"]).value = "没人照料"
    found = taken(saved(workbook))
    assert ([lead.name for lead in found.leads], found.problems) == (["孙二婶"] * 2, [])
    assert (found.counts.valid, found.counts.not_visited) == (1, 3)
