"""A returned sheet: whatever somebody did to it, good rows come in and bad cells are named."""

import io

import openpyxl
import pytest
import xlsxwriter

from flows import files
from flows.errors import DoorstepError, Exit, UsageError
from flows.ledger import Ledger
from flows.publish.cells import guarded
from flows.review.asking import export_questions
from flows.review.commands import undo_answer
from flows.review.taking import import_answers
from flows.review.verdicts import effective
from flows.review.words import answer_meant, sheet_meant
from tests.privacy.canaries import CANARIES, NUMBER, PHONE
from tests.privacy.looking import hits, sqlite_texts
from tests.review import review_home
from tests.review.review_home import HEADER_LINE, NOW, Sheet


@pytest.fixture
def home(tmp_path):
    return review_home.made(tmp_path / "home")


def exported(home, name="q.xlsx", who=None):
    export_questions(home, home.root / name, 100, who, NOW)
    return Sheet(home.root / name)


def taken(home, path, who="张三"):
    return import_answers(home, path, who, NOW)


def given(home):
    """Pair, answer, person and note of all answers and undoings, in order."""
    ledger = Ledger(home.ledger)
    columns = ("record_key", "other_record_key", "answer", "who", "note")
    return ledger.answers(ledger.position()).select(columns).rows()


CHEN, WANG = "陈细成", "王武"
SAME_CHEN = ("hos1", "reg1", "same", "张三", "")
DIFFERENT_WANG = ("hos2", "reg3", "different", "张三", "")


def test_what_was_chosen_comes_into_the_ledger(home):
    path = exported(home).fill(CHEN, "是同一人", "问过村里").fill(WANG, "说不准").save()
    code, lines = taken(home, path)
    assert code is Exit.DONE
    assert "新记下 2 个判断(是同一人 1、不是 0、说不准 1)" in lines[0]
    assert given(home) == [
        ("hos1", "reg1", "same", "张三", "问过村里"),
        ("hos2", "reg3", "unsure", "张三", ""),
    ]


def test_the_same_file_twice_adds_nothing(home):
    path = exported(home).fill(CHEN, "是同一人").save()
    taken(home, path)
    position = Ledger(home.ledger).position()
    code, lines = taken(home, path, " 张三 ")
    assert (code, Ledger(home.ledger).position()) == (Exit.DONE, position)
    assert "先前已记下 1 个;未填 1 题" in lines[0]


def test_an_old_file_does_not_bring_back_what_was_undone_and_a_new_sheet_does(home):
    path = exported(home).fill(CHEN, "是同一人").save()
    taken(home, path)
    (entry,) = effective(Ledger(home.ledger).answers(99))["entry"]
    undo_answer(home, str(entry), "看错了", "李四", NOW)
    taken(home, path)
    assert effective(Ledger(home.ledger).answers(99)).is_empty()
    again = exported(home, "again.xlsx").fill(CHEN, "是同一人").save()
    taken(home, again)
    assert effective(Ledger(home.ledger).answers(99))["same"].to_list() == [True]


def test_a_changed_mind_on_the_same_sheet_replaces_the_answer_even_by_unsure(home):
    sheet = exported(home)
    taken(home, sheet.fill(CHEN, "是同一人").save())
    code, lines = taken(home, sheet.fill(CHEN, "说不准").save())
    assert code is Exit.DONE
    assert "原判断已撤销" in lines[1]
    assert [row[2] for row in given(home)] == ["same", None, "unsure"]
    assert effective(Ledger(home.ledger).answers(99)).is_empty()


def test_columns_may_be_moved_and_added_and_rows_too(home):
    sheet = exported(home).fill(CHEN, "是同一人").fill(WANG, "不是").sheet
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    rows = [[cell.value for cell in row][::-1] for row in sheet.iter_rows()]
    book = openpyxl.Workbook()
    book.active.append(["科里的台账"])
    book.create_sheet("无关")
    for row in rows:
        book.active.append(["", "我的记号", *row])
    book.save(home.root / "moved.xlsx")
    code, _ = taken(home, home.root / "moved.xlsx")
    assert code is Exit.DONE
    assert given(home) == [SAME_CHEN, DIFFERENT_WANG]


def test_rows_may_be_sorted_apart_and_deleted(home):
    sheet = exported(home).fill(CHEN, "是同一人")
    kept = [sheet.text(6, title) for title in ("问题编号", "批次", "您的判断")]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        one = book.add_worksheet("答卷")
        one.write_row(2, 0, [" 问题\n编号 ", "批次", "您的判断"])
        one.write_row(5, 0, kept)
    files.write(home.root / "short.xlsx", out.getvalue())
    taken(home, home.root / "short.xlsx")
    assert given(home) == [SAME_CHEN]


def test_the_answer_may_stand_in_the_lower_row_and_must_not_be_given_twice_otherwise(home):
    sheet = exported(home)
    for merged in list(sheet.sheet.merged_cells.ranges):
        sheet.sheet.unmerge_cells(str(merged))
    column = sheet.columns()["您的判断"]
    sheet.sheet.cell(7, column).value = "是同一人"
    sheet.sheet.cell(8, column).value = "是同一人"
    sheet.sheet.cell(9, column).value = "不是"
    code, lines = taken(home, sheet.save())
    assert code is Exit.WARNINGS
    assert lines[1:] == ["第 8 行“您的判断”:同一题填了不同的判断(第 8、9 行)"]
    assert given(home) == [SAME_CHEN]


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("您的判断", f"是 {NUMBER}", "看不懂"),
        ("您的判断", "#REF!", "看不懂"),
        ("问题编号", "WT-00000-00000-1", "不是有效的问题编号"),
        ("问题编号", NUMBER, "不是有效的问题编号"),
        ("问题编号", None, "不是有效的问题编号"),
        ("批次", "第九批", "不是有效的批次"),
        ("批次", "第999批", "没有问过这一题"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column_and_costs_no_other_row(home, title, text, reason):
    sheet = exported(home).fill(CHEN, "是同一人").fill(WANG, "不是")
    line = sheet.line_of(CHEN)
    sheet.sheet.cell(line, sheet.columns()[title]).value = text
    code, lines = taken(home, sheet.save())
    assert code is Exit.WARNINGS
    (fault,) = lines[1:]
    assert fault.startswith(f"第 {line} 行“")
    assert reason in fault
    assert hits(CANARIES, lines) == set()
    assert given(home) == [DIFFERENT_WANG]


def test_a_note_without_an_answer_is_asked_about(home):
    sheet = exported(home)
    sheet.sheet.cell(6, sheet.columns()["备注"]).value = "要去村里问"
    code, lines = taken(home, sheet.save())
    assert code is Exit.WARNINGS
    assert lines[1] == "第 6 行“您的判断”:写了备注但没有选判断"


@pytest.mark.parametrize("note", [f"证号是{NUMBER}", f"打{PHONE}问过", "很长" * 300])
def test_numbers_of_people_stay_out_of_the_ledger_and_the_answer_comes_in(home, note):
    code, lines = taken(home, exported(home).fill(CHEN, "是同一人", note).save())
    assert code is Exit.WARNINGS
    assert "备注不予保存" in lines[1]
    assert given(home) == [SAME_CHEN]
    kept = [text for texts in sqlite_texts(home.ledger).values() for text in texts]
    assert hits(CANARIES, [*lines, *kept]) == set()


def test_a_question_whose_record_changed_is_refused_with_the_reason(home):
    path = exported(home).fill(CHEN, "是同一人").fill(WANG, "不是").save()
    review_home.know(home, review_home.IDENTITIES.replace("1968-03-17", "1968-03-07"))
    code, lines = taken(home, path)
    assert code is Exit.WARNINGS
    assert "内容变了" in lines[1]
    assert given(home) == [DIFFERENT_WANG]
    review_home.know(home, review_home.IDENTITIES)
    assert "新记下 1 个判断" in taken(home, path)[1][0]


def test_a_question_whose_record_is_gone_is_refused_with_the_reason(home):
    path = exported(home).fill(CHEN, "是同一人").save()
    review_home.know(home, review_home.IDENTITIES.replace("reg1 ", "reg9 "))
    assert "已不存在" in taken(home, path)[1][1]


def test_other_facts_of_a_record_may_change(home):
    path = exported(home).fill(CHEN, "是同一人").save()
    with files.duckdb_database(home.work) as connection:
        connection.execute("UPDATE identities SET content = 'x', version = 7, dated = '2026-11-21'")
    assert taken(home, path)[0] is Exit.DONE


def test_an_answer_once_taken_stays_known_when_the_record_changes(home):
    path = exported(home).fill(CHEN, "是同一人").save()
    taken(home, path)
    review_home.know(home, review_home.IDENTITIES.replace("1968-03-17", "1968-03-07"))
    code, lines = taken(home, path)
    assert (code, "先前已记下 1 个" in lines[0]) == (Exit.DONE, True)


def test_a_sheet_made_for_somebody_else_is_theirs_alone(home):
    path = exported(home, who="李四").fill(CHEN, "是同一人").save()
    assert "另一位同事" in taken(home, path)[1][1]
    assert given(home) == []
    assert taken(home, path, "李四")[0] is Exit.DONE


def test_two_people_may_answer_copies_of_one_sheet(home):
    sheet = exported(home)
    taken(home, sheet.fill(CHEN, "是同一人").save())
    taken(home, sheet.fill(CHEN, "不是").save(), "李四")
    assert effective(Ledger(home.ledger).answers(99)).is_empty()


def test_answers_in_several_sheets_of_one_workbook_are_all_read(home):
    sheet = exported(home).fill(CHEN, "是同一人")
    copy = sheet.book.copy_worksheet(sheet.sheet)
    copy.title = "第 二 页"
    copy.cell(sheet.line_of(WANG), sheet.columns()["您的判断"]).value = "?"
    code, lines = taken(home, sheet.save())
    assert code is Exit.WARNINGS
    assert lines[1].startswith("工作表“第 二 页”第 8 行“您的判断”")
    assert given(home) == [SAME_CHEN]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(b"", "损坏", id="empty"),
        pytest.param(b"PK\x03\x04 cut", "损坏", id="cut"),
        pytest.param("问题编号,批次,您的判断\n".encode(), "损坏", id="csv"),
    ],
)
def test_what_is_no_workbook_is_refused_in_one_sentence(home, data, told):
    files.write(home.root / "x.xlsx", data)
    with pytest.raises(DoorstepError, match=told):
        taken(home, home.root / "x.xlsx")


@pytest.mark.parametrize("missing", ["问题编号", "批次", "您的判断"])
def test_a_sheet_without_a_needed_column_is_refused(home, missing):
    sheet = exported(home).fill(CHEN, "是同一人")
    sheet.sheet.cell(HEADER_LINE, sheet.columns()[missing]).value = "x"
    with pytest.raises(DoorstepError, match="找不到表头"):
        taken(home, sheet.save())


def test_a_needed_column_that_stands_twice_is_refused(home):
    sheet = exported(home).fill(CHEN, "是同一人")
    sheet.sheet.cell(HEADER_LINE, sheet.columns()["备注"]).value = "您的判断"
    with pytest.raises(DoorstepError, match="不止一次"):
        taken(home, sheet.save())


def test_a_file_that_is_not_there_and_nobody_are_refused(home):
    with pytest.raises(UsageError, match="找不到文件"):
        taken(home, home.root / "nowhere.xlsx")
    with pytest.raises(UsageError, match="--who"):
        taken(home, exported(home).path, "  ")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("是同一人", "same"),
        (" 是同一人\u200b", "same"),
        ("是", "same"),
        ("不是。", "different"),
        ("不是同一人", "different"),
        ("说 不 准", "unsure"),
        ("Same", "same"),
        ("也许", None),
        ("是不是", None),
        ("", None),
    ],
)
def test_answers_typed_by_hand(typed, meant):
    assert answer_meant(typed) == meant


def test_sheet_numbers_typed_by_hand():
    assert [sheet_meant(one) for one in ("第57批", "57", "57.0", "第 57 批", "五十七", "")] == [
        *[57] * 4,
        None,
        None,
    ]
    assert guarded("第57批") == "第57批"
