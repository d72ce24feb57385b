"""Workbooks that would fill the memory are refused before a spreadsheet reader opens them."""

import io
import zipfile

import pytest
import xlsxwriter

from flows.receive import Verdict
from flows.receive.reach import reaches_too_far
from flows.receive.text_table import TextTable
from tests.receive.clinic import CLINIC, HEADER, csv_of, received, visit, visits, xlsx_of


def with_cell(row: int, column: int) -> bytes:
    """A workbook of good rows and one cell more."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate([HEADER, *visits(20)]):
            sheet.write_row(at, 0, cells)
        sheet.write_string(row, column, "x")
    return out.getvalue()


def test_a_cell_in_the_far_corner_is_refused_in_words():
    judgement, _ = received(with_cell(1_048_575, 16_383))
    assert judgement.verdict is Verdict.REFUSED
    assert "范围过大" in judgement.failed[0].reason


def sheet(*rows: str) -> list[bytes]:
    return ["".join(rows).encode()]


@pytest.mark.parametrize(
    ("rows", "far"),
    [
        (['<row r="1"><c r="A1"><v>1</v></c></row>'], False),
        (['<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'], False),
        (['<row r="1"><c r="A1"><v>1</v></c></row>',
          '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'], True),
        (['<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'],
         False),
        (['<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>',
          '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'], True),
        (['<row r="1">' + "<c><v>1</v></c>" * 30 + "</row>", '<row r="1048576"><c><v>1</v></c></row>'],
         True),
    ],
)  # fmt: skip
def test_how_far_a_sheet_reaches_is_counted_by_its_filled_cells(rows, far):
    assert reaches_too_far(lambda: sheet(*rows)) is far


def directory_changed(data: bytes, offset: int, value: int) -> bytes:
    """The workbook with another number in the last entry of its zip directory."""
    at = data.rfind(b"PK\x01\x02") + offset
    return data[:at] + value.to_bytes(4, "little") + data[at + 4 :]


@pytest.mark.parametrize("size", [0, 10, 1 << 20])
def test_a_directory_that_lies_about_a_size_is_refused(size):
    judgement, _ = received(directory_changed(xlsx_of(visits(20)), 24, size))
    assert judgement.verdict is Verdict.REFUSED


def test_an_entry_that_is_locked_or_packed_otherwise_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert received(out.getvalue())[0].verdict is Verdict.REFUSED


def test_long_lines_are_read_a_few_at_a_time():
    rows = [visit(at, address="村" * 200_000) for at in range(120)]
    table = TextTable(csv_of(rows), CLINIC)
    sizes = [len(chunk.rows) + len(chunk.malformed) for chunk in table.chunks()]
    assert sum(sizes) == 120
    assert len(sizes) == 2
