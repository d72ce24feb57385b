"""Excel workbooks as departments make them: titles, totals, numbers, days, and worse."""

import io
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from flows.receive import Verdict
from tests.receive.clinic import (
    HEADER,
    broken,
    csv_of,
    received,
    rows_of,
    visit,
    visits,
    xlsx_of,
)

AT = {title: at for at, title in enumerate(HEADER)}
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def test_titles_above_blank_rows_and_a_total_below_are_no_data():
    rows = [*visits(10), [], *visits(30)[10:]]
    data = xlsx_of(rows, above=[["诊疗明细表"], [], ["单位", "元"]], below=[["合计", "30条"]])

    judgement, connection = received(data)

    assert judgement.verdict is Verdict.ACCEPTED, judgement.failed
    assert (judgement.rows, judgement.loaded) == (30, 30)
    assert rows_of(connection, "SELECT line FROM good WHERE row IN (1, 10, 11, 30)") == [
        (5,),
        (14,),
        (16,),
        (35,),
    ]


def test_a_total_that_counts_other_rows_refuses_the_workbook():
    judgement, _ = received(xlsx_of(visits(30), below=[["", "共 29 条"]]))

    assert broken(judgement) == {"rows_match_total"}


def test_a_workbook_and_a_text_file_give_the_same_records():
    query = "SELECT record_key, content, line FROM good ORDER BY record_key"

    _, book = received(xlsx_of(visits(40)))
    _, text = received(csv_of(visits(40)))

    assert rows_of(book, query) == rows_of(text, query)


def test_number_cells_read_as_what_the_column_means():
    numbers = [
        AT[title] for title in ("性别", "区划代码", "缴费年月", "总费用", "天数", "离院方式")
    ]

    _, book = received(xlsx_of(visits(5), numbers=numbers))

    _, text = received(csv_of(visits(5)))
    query = "SELECT record_key, content FROM good ORDER BY record_key"
    assert rows_of(book, query) == rows_of(text, query)


def test_identity_numbers_as_text_are_kept_to_the_last_digit():
    _, connection = received(xlsx_of([visit(0, id_number="37088119800101001x")]))

    assert rows_of(connection, "SELECT id_number FROM good") == [("37088119800101001X",)]


def test_identity_numbers_as_numbers_have_lost_digits_and_are_set_aside():
    good = visits(30)
    rows = [*good, visit(90, id_number="370881198001010011")]
    data = xlsx_of(rows)
    as_number = xlsx_of([visit(90, id_number="370881198001010011")], numbers=[AT["证件号码"]])

    _, connection = received(as_number)

    assert received(data)[0].loaded == 31
    assert rows_of(connection, "SELECT reason, cells[2] FROM bad") == [
        ("“证件号码”被表格软件改成科学计数法", "3.70881E+17")
    ]


def test_short_numbers_in_number_cells_are_exact():
    _, connection = received(
        xlsx_of([visit(0, phone="13800138000", visit_no="123")], numbers=[AT["电话"], 0])
    )

    assert rows_of(connection, "SELECT visit_no, phone FROM good") == [("123", "13800138000")]


def test_scientific_notation_as_text_is_set_aside():
    judgement, _ = received(xlsx_of([*visits(10), visit(11, id_number="3.7E+17")]))

    assert judgement.reasons == {"“证件号码”被表格软件改成科学计数法": 1}


def with_days(first: object, month: object, form: str | None, **options) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet()
        style = book.add_format({"num_format": form}) if form else None
        for at, (title, cell) in enumerate(zip(HEADER, visit(0), strict=True)):
            sheet.write_string(0, at, title)
            if title == "就诊日期":
                sheet.write(1, at, first, style)
            elif title == "缴费年月":
                sheet.write(1, at, month, style)
            elif cell:
                sheet.write_string(1, at, cell)
    return out.getvalue()


DAY, MONTH = datetime(2026, 2, 1, 8, 30), datetime(2026, 1, 1)  # noqa: DTZ001


@pytest.mark.parametrize(
    "data",
    [
        with_days(DAY, MONTH, "yyyy-mm-dd"),
        with_days(DAY, MONTH, "yyyy/m/d h:mm"),
        with_days(46054, 46023, None),
        with_days(46054.354, 46023, None),
        with_days("2026-02-01", "202601", None),
        with_days(46054 - 1462, 46023 - 1462, None, date_1904=True),
    ],
    ids=["day", "moment", "serial", "serial with time", "text", "counted from 1904"],
)
def test_days_are_read_however_excel_keeps_them(data):
    _, connection = received(data)

    days = rows_of(connection, "SELECT visited_on::VARCHAR, paid_month::VARCHAR FROM good")
    assert days == [("2026-02-01", "2026-01-01")]


def test_the_noise_of_binary_fractions_is_no_fraction_of_a_fen():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for at, cell in enumerate(visit(0)):
            sheet.write_string(1, at, cell)
        sheet.write_formula(1, AT["总费用"], "=0.1+0.2+1000", None, "1000.3000000000001")
    _, connection = received(out.getvalue())

    assert rows_of(connection, "SELECT cost::VARCHAR FROM good") == [("1000.30",)]


def test_the_data_sheet_is_found_among_others():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("说明").write(0, 0, "填报说明:姓名必填")
        sheet = book.add_worksheet("Sheet2")
        for at, row in enumerate([HEADER, *visits(3)]):
            sheet.write_row(at, 0, row)
        book.add_worksheet("模板").write_row(0, 0, HEADER)

    assert received(out.getvalue())[0].loaded == 3


def test_several_data_sheets_are_refused_by_name():
    judgement, _ = received(xlsx_of(visits(3), sheets=("1月", "2月")))

    (failed,) = judgement.failed
    assert failed.name == "file_has_one_data_sheet"
    assert "1月、2月" in failed.reason


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (OLD_EXCEL, ".xls"),
        (OLD_EXCEL + "EncryptedPackage".encode("utf-16-le"), "加密"),
        (b"PK\x03\x04 no zip", "损坏"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"%PDF-1.7\n", "PDF"),
    ],
    ids=["xls", "encrypted", "damaged", "web page", "pdf"],
)
def test_what_is_no_table_is_refused_with_what_to_do(data, word):
    judgement, _ = received(data, file_name="诊疗.xlsx")

    assert broken(judgement) == {"file_is_readable"}
    assert word in judgement.failed[0].reason


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_opened():
    bomb = zipped(xl__workbook_xml=b"<a/>", xl__worksheets__sheet1_xml=b" " * (60 << 20))

    judgement, _ = received(bomb)

    assert "过大" in judgement.failed[0].reason


def test_a_zip_that_is_no_workbook_is_refused():
    assert "不是 Excel" in received(zipped(readme=b"x"))[0].failed[0].reason


def test_a_workbook_with_broken_insides_is_refused():
    judgement, _ = received(zipped(xl__workbook_xml=b"<workbook", xl__worksheets__a_xml=b"<x"))

    assert broken(judgement) == {"file_is_readable"}


def test_a_workbook_is_known_by_its_bytes_and_not_by_its_name():
    assert received(xlsx_of(visits(3)), file_name="诊疗.csv")[0].encoding == "xlsx"
    assert received(csv_of(visits(3)), file_name="诊疗.xlsx")[0].encoding == "utf-8"
