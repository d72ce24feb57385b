import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from flows.publish.cells import lines_needed
from flows.publish.village_sheet import LINE_HEIGHT, NEW_LINES
from flows.publish.visit_results import RESULT_COLUMNS, VISIT_RESULT_CHOICES
from flows.publish.work_order_xlsx import work_order_xlsx
from flows.returns.sheets import sheets_of
from flows.returns.taking import take_return
from tests.publish.order_lines import CHEN, ON, order, township
from tests.publish.test_work_order_csv import HOSTILE

HEADER_ROW, FIRST_LINE = 5, 6


def book_of(*lines, **changes):
    return openpyxl.load_workbook(io.BytesIO(work_order_xlsx(township(*lines, **changes))))


def sheet_of(*lines, **changes):
    """The sheet of the first village."""
    return book_of(*lines, **changes).worksheets[1]


def texts(sheet, row=FIRST_LINE):
    return {sheet.cell(HEADER_ROW, at).value: sheet.cell(row, at).value for at in range(1, 16)}


def titled(sheet):
    return [(at, sheet.cell(HEADER_ROW, at).value) for at in range(1, 16)]


def columns_to_fill(sheet):
    titles = {column.title for column in RESULT_COLUMNS}
    return [at for at in range(1, 16) if sheet.cell(HEADER_ROW, at).value in titles]


def test_the_same_list_gives_the_same_bytes():
    lines = [CHEN, order(2), order(3, severity=1)]
    assert work_order_xlsx(township(*lines)) == work_order_xlsx(township(*lines))


def test_the_time_of_creation_is_the_night():
    assert book_of().properties.created == datetime(2026, 11, 22)  # noqa: DTZ001 - a file's own


def test_the_head_says_where_when_how_many_whom_to_ask_and_to_keep_it_private():
    sheet = sheet_of(CHEN, order(2, severity=1), order(3, severity=1))
    assert sheet["A1"].value == "曲阜市姚村镇 陈家寨村 走访工作单  2026年11月22日"
    assert "共 3 户" in sheet["A2"].value
    assert "紧急 1 户、重点 0 户、关注 2 户" in sheet["A2"].value
    assert "0537-4490000" in sheet["A2"].value
    assert "内部资料" in sheet["A3"].value
    assert "不作为停发或减少救助的依据" in sheet["A3"].value


def test_a_supplement_says_so_in_its_title():
    assert "第2号" in sheet_of(supplement=2)["A1"].value


def test_an_order_can_be_read_out_from_its_row():
    said = texts(sheet_of())
    assert said["工作单号"] == CHEN.order_no
    assert said["走访对象"] == "陈西成\n男 58岁\n证件尾号 021X\n全户4人"
    assert said["紧急程度和期限"] == "紧急\n2026-11-25前\n首次发现\n2026-11-22"
    assert said["村或社区"] == "陈家寨村"
    assert said["电话和住址"].startswith("138 1234 5678\n山东省")
    assert said["电话和住址"].endswith("住院登记 2026-11\uff09")
    assert said["走访原因"].startswith("1. 家中有人")
    assert "\n2. " in said["请核实"]


def test_what_is_not_known_is_said_to_be_unknown():
    unknown = dict.fromkeys(
        ("village_name", "sex", "age", "number_last4", "phone", "address", "address_basis")
    )
    said = texts(sheet_of(order(2, **unknown)))
    assert said["走访对象"] == "陈西成\n证件号不详\n全户4人"
    assert said["村或社区"] == "不详"
    assert said["电话和住址"] == "电话不详\n住址不详\uff0c请向村或社区了解"


def test_a_single_reason_is_not_numbered_a_repeated_one_is_said_once_and_the_note_follows():
    said = texts(sheet_of(order(2, reasons=("甲", "甲"), verify=(), note="乙")))
    assert said["走访原因"] == "甲\n说明\uff1a乙"
    assert not said["请核实"]


def test_a_provisional_due_date_says_so():
    line = order(2, due_on=date(2027, 1, 4), due_provisional=True)
    assert "2027-01-04前\n(暂定)" in texts(sheet_of(line))["紧急程度和期限"]


def test_who_is_to_go_what_may_help_and_what_came_of_the_last_visit_stand_with_the_order():
    line = order(
        2,
        visitor="赵村医",
        offers=("医疗救助(医保窗口;带上费用单据)", "临时救助"),
        last_visit="2026-11-10 走访:临时救助,2000元",
    )
    said = texts(sheet_of(line))
    assert said["紧急程度和期限"].startswith("紧急\n2026-11-25前\n指派：赵村医\n")
    assert said["请核实"].endswith("\n可以介绍：医疗救助、临时救助")
    assert said["走访原因"].endswith("\n上次：2026-11-10 走访：临时救助，2000元")


def test_each_village_has_a_sheet_between_the_overview_and_the_guide():
    lines = [order(at, village_name=name) for at, name in enumerate(("王庄村", None, "李/庄"), 1)]
    assert book_of(*lines).sheetnames == ["总表", "王庄村", "村不详", "李 庄", "填表说明"]


def test_orders_of_a_village_stand_in_the_order_of_walking():
    lines = [
        order(1, address="3组21号"),
        order(2, address="3组3号"),
        order(3, address="9组", severity=2),
    ]
    sheet = sheet_of(*[order(4, address="1组", severity=1), *lines])
    assert [sheet.cell(FIRST_LINE + at, 1).value[-6:-2] for at in range(4)] == [
        *("0002", "0001", "0003", "0004")
    ]


def test_the_overview_counts_each_village_and_names_nobody_visited():
    overview = book_of(
        order(1, village_name="王庄村", visitor="赵村医"),
        order(2, village_name="王庄村", severity=1, visitor="孙晓梅"),
        order(3, village_name=None, severity=1, due_on=date(2026, 12, 1), due_provisional=True),
    )["总表"]
    rows = [[cell.value or "" for cell in row] for row in overview.iter_rows(min_row=4)]
    assert rows == [
        ["表名", "紧急", "重点", "关注", "合计", "最早期限", "指派走访人"],
        ["王庄村", "1", "", "1", "2", "2026-11-25", "赵村医、孙晓梅"],
        ["村不详", "", "", "1", "1", "2026-12-01（暂定）", ""],
        ["合计", "1", "", "2", "3", "2026-11-25", ""],
    ]
    said = "".join(str(cell.value) for row in overview.iter_rows() for cell in row)
    assert not any(fact in said for fact in (CHEN.person_name, CHEN.order_no, "138", "021X"))


def test_below_each_village_three_lines_wait_for_a_household_that_no_order_names():
    sheet = sheet_of(CHEN, order(2))
    band = FIRST_LINE + 2
    assert "新发现的困难家庭" in sheet.cell(band, 1).value
    for row in range(band + 1, band + 1 + NEW_LINES):
        said = texts(sheet, row)
        assert said.pop("村或社区") == "陈家寨村"
        assert set(said.values()) == {None}
        unlocked = {
            title for at, title in titled(sheet) if not sheet.cell(row, at).protection.locked
        }
        assert unlocked == {"走访对象", "村或社区", *(column.title for column in RESULT_COLUMNS)}


def test_no_village_is_suggested_where_it_is_not_known():
    assert not texts(sheet_of(order(2, village_name=None)), FIRST_LINE + 2)["村或社区"]


def test_a_returned_copy_with_nothing_written_has_open_orders_only():
    lines = [order(at, village_name=name) for at, name in enumerate(("王庄村", None, "李庄"), 1)]
    found = take_return(work_order_xlsx(township(*lines)), "单.xlsx", {}, on=ON)
    assert (found.visits, found.leads, found.problems) == ([], [], [])
    assert found.counts.not_visited == 3


def test_a_household_written_below_a_village_comes_back_as_a_lead():
    book = book_of(CHEN, order(2, village_name="王庄村"))
    sheet = book["王庄村"]
    said = {"走访对象": "李小明", "实际居住地址": "王庄村9号", "联系电话": "13900000000"}
    for at, title in titled(sheet):
        if value := {**said, "需要的帮助": "断粮"}.get(title):
            sheet.cell(FIRST_LINE + 3, at).value = value
    out = io.BytesIO()
    book.save(out)
    found = take_return(out.getvalue(), "单.xlsx", {}, on=ON)
    (lead,) = found.leads
    assert (lead.name, lead.village, lead.address) == ("李小明", "王庄村", "王庄村9号")
    assert (lead.phone, lead.needs, lead.sheet) == ("13900000000", "断粮", "王庄村")
    assert found.problems == []


def test_the_reader_of_returns_sees_the_same_sheets():
    lines = [order(at, village_name=name) for at, name in enumerate(("王庄村", "<&'村\">"), 1)]
    book = sheets_of(work_order_xlsx(township(*lines)))
    assert [sheet.name for sheet in book] == ["总表", "王庄村", "<&'村\">", "填表说明"]


def test_only_the_columns_to_fill_are_unlocked():
    sheet = sheet_of(CHEN, order(2))
    to_fill = columns_to_fill(sheet)
    assert len(to_fill) == len(RESULT_COLUMNS)
    assert sheet.protection.sheet
    for row in sheet.iter_rows(min_row=1, max_row=FIRST_LINE + 1, max_col=15):
        for cell in row:
            is_to_fill = cell.row >= FIRST_LINE and cell.column in to_fill
            assert cell.protection.locked is not is_to_fill


def test_everything_but_the_date_of_the_visit_is_kept_as_text():
    sheet = sheet_of()
    formats = {
        sheet.cell(HEADER_ROW, at).value: sheet.cell(FIRST_LINE, at).number_format
        for at in range(1, 16)
    }
    assert formats.pop("走访日期") == "yyyy-mm-dd"
    assert set(formats.values()) == {"@"}


def test_choices_are_offered_where_there_is_something_to_choose():
    book = book_of(CHEN, order(2))
    sheet = book["陈家寨村"]
    found = {
        sheet.cell(HEADER_ROW, next(iter(rule.sqref.ranges)).min_col).value: rule
        for rule in sheet.data_validations.dataValidation
    }
    assert found["是否见到本人"].formula1 == '"是,否"'
    assert found["走访日期"].errorStyle == "warning"
    ranges = {str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert {f"K{FIRST_LINE}:K{FIRST_LINE + 1}", f"K{FIRST_LINE + 3}:K{FIRST_LINE + 5}"} <= ranges
    _sheet, cells = found["核实结论"].formula1.split("!")
    offered = [row[0].value for row in book["填表说明"][cells.replace("$", "")]]
    assert offered == list(VISIT_RESULT_CHOICES)


def test_it_prints_on_landscape_a4_with_headers_and_numbers_on_every_page():
    sheet = sheet_of(*(order(number) for number in range(1, 40)))
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in {(1, 0), (None, 0)}
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.print_area == f"'陈家寨村'!$A$1:$O${FIRST_LINE + 38 + 1 + NEW_LINES}"
    assert sheet.oddFooter.center.text == "第 1 张 / 共 1 张  第 &P 页 / 共 &N 页"
    assert sheet.oddFooter.left.text == "姚村镇 陈家寨村 2026-11-22"
    assert "严禁外传" in sheet.oddFooter.right.text


def test_widths_together_stay_readable_on_a4():
    sheet = sheet_of()
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJKLMNO"]
    assert all(width >= 7 for width in widths)
    assert sum(widths) <= 215


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"person_name": "名" * 300},
        {"address": "很长的地址" * 60},
        {"reasons": tuple(f"第{at}条原因" + "字" * 40 for at in range(30))},
        {"person_name": "阿卜杜热合曼·买买提艾力", "village_name": "很长名字的一个村民委员会"},
    ],
    ids=["usual", "name", "address", "reasons", "minority name"],
)
def test_every_row_is_tall_enough_for_what_it_says_and_no_taller_than_excel_allows(changes):
    sheet = sheet_of(order(2, **changes))
    height = sheet.row_dimensions[FIRST_LINE].height
    assert height <= 409
    for at, letter in enumerate("ABCDEFG", 1):
        width = sheet.column_dimensions[letter].width
        text = sheet.cell(FIRST_LINE, at).value
        assert lines_needed(text, width) * LINE_HEIGHT <= height
        assert sheet.cell(FIRST_LINE, at).alignment.wrap_text


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_from_outside_becomes_a_formula_or_a_link(name):
    told = {"person_name": name, "address": name, "note": name, "village_name": name}
    content = work_order_xlsx(
        township(
            order(2, **told, phone=name, address_basis=name),
            order(3, person_name="https://example.org", address="mailto:a@b.c"),
            township_name=name[:200],
        )
    )
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(part) for part in parts.namelist() if "worksheets/" in part]
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_an_ampersand_in_a_name_is_no_footer_code():
    line = order(1, village_name="村&D")
    for sheet in (1, 2):
        assert "镇&&P" in work_order_footer(sheet_text(sheet, line, township_name="镇&P"))
    assert "村&&D" in work_order_footer(sheet_text(2, line))


def sheet_text(sheet, *lines, **changes):
    with zipfile.ZipFile(io.BytesIO(work_order_xlsx(township(*lines, **changes)))) as parts:
        return parts.read(f"xl/worksheets/sheet{sheet}.xml").decode("utf-8")


def work_order_footer(xml):
    return xml.split("<oddFooter>")[1].split("</oddFooter>")[0].replace("&amp;", "&")


def test_the_last_sheet_explains_and_fits_one_page():
    guide = book_of().worksheets[-1]
    said = "\n".join(str(cell.value or "") for row in guide.iter_rows() for cell in row)
    asked = ("怎么填", "进门怎么说", "紧急的", "重点的", "关注的", "请注意", "核实结论", "临时救助")
    assert all(heading in said for heading in asked)
    assert guide.protection.sheet
    assert (guide.page_setup.fitToWidth, guide.page_setup.fitToHeight) in {(1, 1), (None, None)}
    heights = [guide.row_dimensions[row].height for row in range(1, guide.max_row + 1)]
    assert sum(heights) <= 600, "more would be printed too small to read"
