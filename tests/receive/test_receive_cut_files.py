"""A file that lost its end is never loaded as if it were whole."""

from datetime import date

import pytest

from flows.receive import Previous, Verdict
from tests.receive.clinic import PEOPLE, broken, csv_of, received, rows_of, visit, visits, xlsx_of

BEFORE = Previous(rows=100, as_of=date(2026, 2, 1), ended_with_newline=True)
WHOLE = csv_of(visits(100))


def test_a_file_cut_in_the_middle_of_a_row_is_refused_with_the_line():
    judgement, connection = received(WHOLE[:-70])

    (failed,) = judgement.failed
    assert failed.name == "file_is_complete"
    assert failed.reason == "文件在第 101 行中途结束,可能传输不完整,请重新导出并发送"
    assert rows_of(connection, "SELECT count(*) FROM good") == [(0,)]


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 6, 9, 20, 47, 80, 100, 128, 158, 159, 160, 161])
def test_wherever_the_last_row_is_cut_a_file_is_refused_held_or_complete(length):
    data = WHOLE[:-length]

    judgement, _ = received(data, previous=BEFORE)

    ends_with_a_row = data.endswith((b"\r", b"\n"))
    assert (judgement.verdict is Verdict.ACCEPTED) == ends_with_a_row


def test_a_full_file_cut_at_the_end_of_a_row_is_held_by_its_band():
    data = b"".join(WHOLE.splitlines(keepends=True)[:70])

    judgement, _ = received(data, previous=BEFORE)

    assert broken(judgement) == {"rows_stay_within_band"}
    assert judgement.verdict is Verdict.HELD


def test_an_appended_file_cut_at_the_end_of_a_row_is_caught_by_its_control_count():
    data = b"".join(WHOLE.splitlines(keepends=True)[:70])

    judgement, _ = received(data, PEOPLE, previous=BEFORE, control_rows=100)

    assert broken(judgement) == {"rows_match_control"}
    assert judgement.verdict is Verdict.REFUSED


def test_a_file_cut_inside_the_last_cell_is_held_when_it_used_to_be_closed():
    judgement, _ = received(WHOLE[:-3], previous=BEFORE)

    assert broken(judgement) == {"file_ends_as_before"}
    assert judgement.verdict is Verdict.HELD


def test_a_department_that_never_closes_its_last_line_is_neither_held_nor_warned():
    before = Previous(rows=100, as_of=None, ended_with_newline=False)

    judgement, _ = received(WHOLE[:-2], previous=before)

    assert (judgement.verdict, judgement.warnings) == (Verdict.ACCEPTED, ())


def test_a_file_cut_inside_a_quoted_cell_is_refused():
    rows = [[f'"{cell}"' for cell in row] for row in visits(20)]

    judgement, _ = received(csv_of(rows)[:-70])

    assert broken(judgement) == {"file_is_complete"}


def test_a_file_cut_inside_a_quoted_cell_of_several_lines_is_refused():
    rows = [*visits(20), visit(20, address='"第一行\r\n第二行\r\n第三行')]
    data = csv_of(rows)

    judgement, _ = received(data[: data.index("三行".encode())])

    assert broken(judgement) == {"file_is_complete"}


def test_a_stray_quote_in_the_middle_spoils_its_own_row_only():
    rows = visits(300)
    rows[100] = visit(100, address='"没有配对的引号')

    judgement, connection = received(csv_of(rows))

    assert judgement.verdict is Verdict.ACCEPTED
    assert rows_of(connection, "SELECT row, line, reason FROM bad") == [
        (101, 102, "引号不配对,无法分列")
    ]
    assert judgement.loaded == 299


def test_two_stray_quotes_do_not_swallow_the_rows_between_them():
    rows = visits(300)
    rows[100] = visit(100, address='"没有配对')
    rows[110] = visit(110, address='"没有配对')

    judgement, _ = received(csv_of(rows))

    assert (judgement.loaded, judgement.quarantined) == (298, 2)


def test_a_quoted_cell_may_run_over_lines_and_keeps_the_line_it_began_on():
    rows = [visit(0), visit(1, address='"姚村镇\r\n陈家寨村"'), visit(2)]

    _, connection = received(csv_of(rows))

    assert rows_of(connection, "SELECT row, line, address FROM good ORDER BY row") == [
        (1, 2, "姚村镇陈家寨村0号"),
        (2, 3, "姚村镇\r\n陈家寨村"),
        (3, 5, "姚村镇陈家寨村2号"),
    ]


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_a_workbook_that_was_cut_is_refused(kept):
    data = xlsx_of(visits(50))

    judgement, _ = received(data[: int(len(data) * kept)])

    assert broken(judgement) == {"file_is_readable"}
