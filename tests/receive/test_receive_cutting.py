"""Polars and csv cut every file into the same rows, in chunks of any size."""

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.receive import text_table
from flows.receive.text_table import TextTable
from flows.receive.unusable import UnusableFileError
from tests.receive.clinic import CLINIC, csv_of, visits

HEADER = ["就诊号", "证件号码", "姓名", "就诊日期"]

CELLS = st.text(st.sampled_from('甲b1 ;\t"\u3000\ufeff\x0b'), max_size=3)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6), max_size=12)


def cut(data: bytes, chunk_rows: int) -> list[tuple]:
    """Every row of a file with its number, line, and cells or reason."""
    table = TextTable(data, CLINIC, chunk_rows)
    found = []
    for chunk in table.chunks():
        frame = chunk.frame(table.header.places) if chunk.rows else None
        for at, (row, line) in enumerate(zip(chunk.rows, chunk.lines, strict=True)):
            cells = list(chunk.cells(at))
            assert list(frame.row(at)) == [cells[place] for place in table.header.places.values()]
            found.append((row, line, tuple(cells), None))
        found += [(bad.row, bad.line, tuple(bad.cells), bad.reason) for bad in chunk.malformed]
    return sorted(found)


def cut_or_refused(data: bytes, chunk_rows: int) -> object:
    try:
        return cut(data, chunk_rows)
    except UnusableFileError as refused:
        return refused.rule, refused.reason


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, newline=st.sampled_from(["\n", "\r\n"]), end=st.booleans())
def test_both_ways_of_cutting_agree(rows, newline, end):
    plain = [[cell.replace('"', "") for cell in cells] for cells in rows]
    data = csv_of(plain, HEADER, newline=newline, end=end)

    by_polars = cut_or_refused(data, 50)
    is_plain, text_table.is_plain = text_table.is_plain, lambda texts: False
    try:
        by_csv = cut_or_refused(data, 50)
    finally:
        text_table.is_plain = is_plain

    assert by_polars == by_csv


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, chunk_rows=st.integers(21, 40))
def test_the_size_of_chunks_changes_nothing(rows, chunk_rows):
    data = csv_of([*rows, *[["V1", "1", "a", "2026-01-01"]] * 30, *rows, *rows], HEADER)

    assert cut_or_refused(data, chunk_rows) == cut_or_refused(data, 10_000)


def test_a_quoted_cell_may_cross_the_edge_of_a_chunk():
    rows = [[f"V{n}", "1", '"a\nb\nc"', "2026-01-01"] for n in range(100)]
    data = csv_of(rows, HEADER, newline="\n")

    cuts = {size: cut(data, size) for size in (22, 23, 24, 1000)}

    assert all(found == cuts[1000] for found in cuts.values())
    assert [line for _, line, _, _ in cuts[22]] == list(range(2, 302, 3))


def test_rows_are_numbered_through_all_chunks():
    found = cut(csv_of(visits(100)), 30)

    assert [row for row, _, _, _ in found] == list(range(1, 101))
