"""What arrives about an erased person is dropped before it is kept: drawn files of one register."""

import io
from datetime import date

import duckdb
import pytest
import xlsxwriter

from data_contracts.sources import SOURCES
from flows.erasure.erased import ERASED
from flows.erasure.marks import marks_of
from flows.erasure.spotting import Marks, spotted
from flows.erasure.suppressing import with_suppressed, without_erased
from flows.ledger import Ledger
from flows.receive import Previous, Verdict, receive
from flows.receive.opening import opened
from tests.erase.test_marks import ERASED as PERSON
from tests.erase.test_marks import NUMBER, OTHER, SECRET

SOURCE, ON = SOURCES["death"], date(2026, 11, 22)
HEADER = ["登记编号", "证件号码", "姓名", "性别", "出生日期", "死亡日期", "是否确认", "登记日期"]
THEIRS = ["S1", NUMBER, "李伟强", "男", "1974-01-30", "2026-11-01", "是", "2026-11-10"]
NAMED = ["S2", "", "李伟强", "男", "1974-01-30", "2026-11-02", "是", "2026-11-10"]
OTHERS = ["S3", OTHER, "王芳", "女", "", "2026-11-03", "是", "2026-11-10"]
NAMESAKE = ["S4", OTHER, "李伟强", "男", "1974-01-30", "2026-11-04", "是", "2026-11-10"]
SPOILT = ["S5", NUMBER, "李伟强"]


def text(*rows, encoding="utf-8"):
    return "".join(",".join(row) + "\r\n" for row in (HEADER, *rows)).encode(encoding)


def workbook(*rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("数据")
        for at, row in enumerate((HEADER, *rows)):
            sheet.write_row(at, 0, row)
    return out.getvalue()


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger(tmp_path / "ledger.sqlite")
    marks = sorted(marks_of(PERSON, SECRET))
    ledger.note(ERASED, {"marks": marks, "records": {}, "rows": {}, "files": []}, who="王")
    return ledger


def kept(ledger, data):
    return without_erased(duckdb.connect(), ledger, SOURCE, data, on=ON, secret=SECRET)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_their_rows_go_and_all_else_stays_byte_for_byte(ledger, encoding):
    new, dropped = kept(ledger, text(THEIRS, OTHERS, NAMED, NAMESAKE, SPOILT, encoding=encoding))
    assert dropped == 3
    blank = ["" for _ in "x"]
    assert new == text(blank, OTHERS, blank, NAMESAKE, blank, encoding=encoding)


def test_twice_in_one_file_is_twice_dropped(ledger):
    assert kept(ledger, text(THEIRS, THEIRS, OTHERS))[1] == 2


def test_a_workbook_is_treated_alike(ledger):
    new, dropped = kept(ledger, workbook(OTHERS, THEIRS))
    assert dropped == 1
    assert [chunk.cells(0)[2] for chunk in opened(new, SOURCE).chunks()] == ["王芳"]


@pytest.mark.parametrize(
    "broken",
    [
        b"\xff\xfe" + text(THEIRS, OTHERS, encoding="utf-16-le") + b"\r\n\r",
        text(THEIRS, OTHERS).replace("登记编号".encode(), b"?").replace("姓名".encode(), b"?"),
    ],
)
def test_a_file_that_is_refused_is_kept_without_the_number(ledger, broken):
    new, dropped = kept(ledger, broken)
    assert dropped == 1
    assert NUMBER.encode() not in new.replace(b"\0", b"")
    assert OTHER.encode() in new.replace(b"\0", b"")


def test_where_nobody_was_erased_not_a_byte_is_touched(tmp_path):
    data = b"not even a table"
    assert kept(Ledger(tmp_path / "empty.sqlite"), data) == (data, 0)


def test_an_announced_count_includes_what_was_dropped_and_a_warning_says_so(ledger):
    new, dropped = kept(ledger, text(THEIRS, OTHERS))
    told = {}
    for said in (dropped, 0):
        told[said] = receive(
            duckdb.connect(),
            SOURCE,
            new,
            "x.csv",
            on=ON,
            previous=Previous(rows=2, as_of=None, ended_with_newline=True),
            secret=SECRET,
            control_rows=2,
            dropped=said,
        )
    assert told[1].verdict is Verdict.ACCEPTED
    assert told[0].verdict is Verdict.REFUSED
    assert "依法删除的人员 1 行" in with_suppressed(told[1], dropped).warnings[-1]
    assert with_suppressed(told[1], 0) is told[1]


def test_a_record_that_was_theirs_is_known_by_its_key_whatever_it_says(ledger):
    from flows.erasure.marks import record_mark

    connection = duckdb.connect()
    receive(connection, SOURCE, text(OTHERS), "x.csv", on=ON, previous=None, secret=SECRET)
    (key,) = connection.execute("SELECT record_key FROM good").fetchone()
    wanted = Marks(people=frozenset(), records=frozenset({record_mark(key, SECRET)}))
    found = spotted(
        connection, SOURCE, opened(text(NAMESAKE, OTHERS), SOURCE), wanted, on=ON, secret=SECRET
    )
    assert [(spot.row, spot.line) for spot in found] == [(2, 3)]
