import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from flows.publish.cells import lines_needed
from flows.publish.visit_results import RESULT_COLUMNS, VISIT_RESULT_CHOICES
from flows.publish.work_order_xlsx import LINE_HEIGHT, work_order_xlsx
from tests.publish.order_lines import CHEN, order, township
from tests.publish.test_work_order_csv import HOSTILE

HEADER_ROW, FIRST_LINE = 5, 6


def book_of(*lines, **changes):
    return openpyxl.load_workbook(io.BytesIO(work_order_xlsx(township(*lines, **changes))))


def sheet_of(*lines, **changes):
    return book_of(*lines, **changes)["走访工作单"]


def texts(sheet, row=FIRST_LINE):
    return {sheet.cell(HEADER_ROW, at).value: sheet.cell(row, at).value for at in range(1, 16)}


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
    assert sheet["A1"].value == "曲阜市姚村镇走访工作单  2026年11月22日"
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


def test_orders_stand_in_the_order_of_visiting():
    lines = [order(number) for number in (3, 1, 2)]
    sheet = sheet_of(*lines)
    assert [sheet.cell(FIRST_LINE + at, 1).value for at in range(3)] == [
        line.order_no for line in lines
    ]


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
    sheet = book["走访工作单"]
    found = {
        sheet.cell(HEADER_ROW, next(iter(rule.sqref.ranges)).min_col).value: rule
        for rule in sheet.data_validations.dataValidation
    }
    assert found["是否见到本人"].formula1 == '"是,否"'
    assert found["走访日期"].errorStyle == "warning"
    assert str(found["核实结论"].sqref).endswith(f"{FIRST_LINE}:K{FIRST_LINE + 1}")
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
    assert sheet.print_area == f"'走访工作单'!$A$1:$O${FIRST_LINE + 38}"
    assert sheet.oddFooter.center.text == "第 &P 页 / 共 &N 页"
    assert "姚村镇" in sheet.oddFooter.left.text
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


def test_an_ampersand_in_a_townships_name_is_no_footer_code():
    assert "&&P" in work_order_footer(sheet_text(township_name="镇&P"))


def sheet_text(**changes):
    with zipfile.ZipFile(io.BytesIO(work_order_xlsx(township(**changes)))) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode("utf-8")


def work_order_footer(xml):
    return xml.split("<oddFooter>")[1].split("</oddFooter>")[0].replace("&amp;", "&")


def test_the_second_sheet_explains_and_fits_one_page():
    guide = book_of()["填表说明"]
    said = "\n".join(row[0].value or "" for row in guide.iter_rows())
    assert all(heading in said for heading in ("怎么填", "进门怎么说", "请注意", "核实结论"))
    assert guide.protection.sheet
    assert guide.page_setup.orientation == "portrait"
