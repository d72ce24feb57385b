"""The sheet shows of both records what an officer needs, and masks what is masked elsewhere."""

import io
import zipfile

import openpyxl
import polars as pl
import pytest

from flows import files
from flows.errors import AlreadyRunningError, Exit, UsageError
from flows.ledger import Ledger
from flows.lock import only_one
from flows.review.asking import export_questions
from flows.review.difference import differences
from flows.review.side_cells import TALLEST_ROW
from tests.publish.test_work_order_csv import HOSTILE
from tests.review import review_home
from tests.review.review_home import FIRST_LINE, HEADER_LINE, NOW, Sheet
from tests.review.review_tables import doubts


@pytest.fixture
def home(tmp_path):
    return review_home.made(tmp_path / "home")


def exported(home, name="q.xlsx", limit=100, who=None, now=NOW):
    out = home.root / name
    code, lines = export_questions(home, out, limit, who, now)
    return code, lines, out


def sheet_of(home, **asked):
    code, _, out = exported(home, **asked)
    assert code is Exit.DONE
    return Sheet(out)


def test_the_most_consequential_question_stands_first_in_two_rows(home):
    sheet = sheet_of(home)
    titles = ["来源", "姓名", "证件号码", "性别", "出生日期", "住址", "电话", "户和联系人"]
    told = [[sheet.text(line, title) for title in titles] for line in (FIRST_LINE, FIRST_LINE + 1)]
    assert told == [
        [
            "住院病案首页\n2026-11-02",
            "陈细成",
            "尾号 7881\n(不全或有误)",
            "男",
            "1968-03-17",
            "曲阜市姚村镇陈家寨",
            "*******5679",
            "联系人\uff1a李兰 配偶",
        ],
        [
            f"{home.config.sources['resident_register'].title}\n2020-01-01",
            "陈西成\n曾用名 陈细成",
            "尾号 8810",
            "男",
            "1968-03-07\n(据证件号)",
            "姚村镇陈家寨村3组21号",
            "*******5678",
            "户号尾号 0012\n同户\uff1a李兰",
        ],
    ]
    why = sheet.text(FIRST_LINE, "系统的判断")
    assert "姓名同音且少见" in why
    assert "将新增预警" in why
    assert sheet.text(FIRST_LINE, "问题编号") == sheet.text(FIRST_LINE + 1, "问题编号")
    assert [sheet.text(line, "记录") for line in (6, 7, 8, 9)] == ["甲", "乙", "甲", "乙"]


def test_no_whole_number_or_phone_leaves_the_house(home):
    _, _, out = exported(home)
    with zipfile.ZipFile(out) as parts:
        said = b"".join(parts.read(name) for name in parts.namelist()).decode("utf-8", "ignore")
    for secret in ("370881196803078810", "37088119680307881", "13812345678", "13812345679"):
        assert secret not in said
    assert out.stat().st_mode & 0o777 == files.FILE_MODE


def test_what_differs_is_marked_within_the_cell(home):
    _, _, out = exported(home)
    book = openpyxl.load_workbook(out, rich_text=True)
    name = book.worksheets[0].cell(FIRST_LINE, 5).value
    marked = [str(run.text) for run in name if getattr(run, "font", None) and run.font.b]
    assert marked == ["细"]
    assert differences("1968-03-07", "1968-03-17") == (
        [("1968-03-", False), ("0", True), ("7", False)],
        [("1968-03-", False), ("1", True), ("7", False)],
    )
    assert differences("a\nb", "a") == ([("a\nb", False)], [("a", False)])
    assert differences("a\nb", "c\nb")[0] == [("a", True), ("\nb", False)]
    assert differences("", "x") == ([("", False)], [("x", False)])


def test_only_answer_and_note_can_be_written_into(home):
    sheet = sheet_of(home)
    assert sheet.sheet.protection.sheet
    unlocked = {
        sheet.sheet.cell(HEADER_LINE, cell.column).value
        for row in sheet.sheet.iter_rows(min_row=FIRST_LINE)
        for cell in row
        if not cell.protection.locked
    }
    assert unlocked == {"您的判断", "备注"}
    (rule,) = sheet.sheet.data_validations.dataValidation
    assert rule.formula1 == '"是同一人,不是,说不准"'


def test_it_is_ready_to_be_printed_and_scrolled(home):
    sheet = sheet_of(home).sheet
    assert sheet.freeze_panes == "B6"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$5:$5"
    assert "严禁外传" in sheet.oddFooter.right.text
    assert sum(one.width for one in sheet.column_dimensions.values()) <= 215


def test_the_same_questions_give_the_same_cells_and_keep_their_numbers(home):
    first, second = (sheet_of(home, name=name) for name in ("1.xlsx", "2.xlsx"))
    numbers = [[one.text(line, "问题编号") for line in (6, 8)] for one in (first, second)]
    assert numbers[0] == numbers[1]
    assert first.text(6, "批次") != second.text(6, "批次")


def test_who_is_asked_stands_on_the_sheet_and_others_get_other_questions(home):
    sheet = sheet_of(home, who=" 张 三 ", limit=1)
    assert "请 张 三 填写" in sheet.sheet["A2"].value
    theirs = sheet_of(home, name="2.xlsx", who="李四")
    assert theirs.text(FIRST_LINE, "姓名") == "王武"
    assert theirs.sheet.max_row == FIRST_LINE + 1


def test_nothing_to_ask_writes_nothing(home):
    review_home.publish(home, review_home.DOUBTED.head(0))
    code, lines, out = exported(home)
    assert (code, len(lines), out.exists()) == (Exit.NOTHING_NEW, 1, False)
    assert Ledger(home.ledger).position() == 0


def test_a_filled_sheet_is_never_overwritten(home):
    exported(home)
    with pytest.raises(UsageError, match="已存在"):
        exported(home)


def test_a_pair_of_which_a_record_is_gone_is_not_asked_and_makes_room(home):
    review_home.know(home, review_home.IDENTITIES.replace("hos1 ", "hos9 "))
    sheet = sheet_of(home, limit=1)
    assert sheet.text(FIRST_LINE, "姓名") == "王武"


def test_a_snapshot_without_doubts_has_nothing_to_ask(home):
    files.remove(home.snapshot)
    with pytest.raises(UsageError, match="doorstep nightly"):
        exported(home)
    files.duckdb_database(home.snapshot).close()
    assert exported(home)[0] is Exit.NOTHING_NEW


def test_while_a_night_runs_the_records_are_not_read(home):
    with only_one(home.lock), pytest.raises(AlreadyRunningError):
        exported(home)


@pytest.mark.parametrize("name", ["q.csv", "q"])
def test_only_a_workbook_is_written(home, name):
    with pytest.raises(UsageError, match="xlsx"):
        exported(home, name=name)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_from_outside_becomes_a_formula_or_a_link(home, text):
    with files.duckdb_database(home.work) as connection:
        safe = text.encode("utf-8", "replace").decode()
        connection.execute("UPDATE identities SET name = ?, address = ?", [safe, safe * 3])
        connection.execute("UPDATE identities SET name = name || 'x' WHERE record_key = 'reg1'")
    _, _, out = exported(home)
    content = files.read(out)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_rows_are_tall_enough_and_no_taller_than_excel_allows(home):
    with files.duckdb_database(home.work) as connection:
        connection.execute("UPDATE identities SET address = repeat('很长的地址', 200)")
    review_home.publish(
        home,
        doubts("""
        pair      | probability | would_change
        hos1 reg1 | 0.62        | +red:large_single_admission
        """),
    )
    sheet = sheet_of(home).sheet
    assert sheet.row_dimensions[FIRST_LINE].height <= TALLEST_ROW + 4
    assert sheet.cell(FIRST_LINE, 9).value.endswith("…")


@pytest.mark.parametrize(
    ("other_person", "said"),
    [("Preg1", "若是同一人\uff0c将取消预警"), ("Phos1", "若不是\uff0c将取消预警")],
)
def test_of_two_records_that_are_one_person_now_it_is_told_what_a_no_changes(
    home, other_person, said
):
    asked = doubts("""
        pair      | probability | would_change
        hos1 reg1 | 0.99        | -red:large_single_admission
        """).with_columns(other_person_id=pl.lit(other_person))
    review_home.publish(home, asked)
    sheet = sheet_of(home).sheet
    told = " ".join(str(cell.value) for cell in sheet[FIRST_LINE])
    assert said in told
