"""The CSV as any program saves it: encodings, delimiters, columns moved, added and renamed."""

import re

import pytest

from flows.publish.visit_results import RESULT_COLUMNS
from flows.publish.work_order_csv import work_order_csv
from flows.returns.header import RESULTS, TITLES
from tests.publish.order_lines import township
from tests.returns.returned import CHEN, LI, LINES, VISITED, WANG, Copy, only, reasons, taken


def filled():
    return Copy().fill(CHEN, 实际居住地址="县城南关街8号", 联系电话="13911112222")


def test_every_result_column_of_the_list_is_known_under_its_own_title():
    assert [TITLES[column][0] for column in RESULTS] == [one.title for one in RESULT_COLUMNS]


def test_all_that_was_written_is_taken():
    visit = only(filled().set("需要的帮助", "缺人照料").set("备注", "下月再来").taken())
    assert (visit.order_no, visit.visited_on, visit.codes) == (CHEN, VISITED, ("15",))
    assert (visit.visitor, visit.reached, visit.amount) == ("赵村医", True, None)
    assert (visit.address, visit.phone) == ("县城南关街8号", "13911112222")
    assert (visit.needs, visit.note, visit.sheet, visit.line) == ("缺人照料", "下月再来", "", 2)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_in_any_encoding_and_with_any_delimiter(encoding, delimiter):
    assert only(filled().taken(encoding=encoding, delimiter=delimiter)).order_no == CHEN


KNOWN = "2026-11-15 房屋、车辆;2026-11-20 医保结算"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_column_that_says_how_new_the_data_are_is_no_hindrance(encoding, delimiter):
    text = work_order_csv(township(*LINES, known_until=KNOWN)).decode("utf-8-sig")
    copy = Copy(text).fill(CHEN).add(姓名="周大", 村或社区="陈家寨村", 需要的帮助="房屋漏雨")
    assert copy.header[-1] == "数据截至"
    assert copy.row(CHEN)[-1]
    found = copy.taken(encoding=encoding, delimiter=delimiter)
    assert ([one.order_no for one in found.visits], found.problems) == ([CHEN], [])
    assert [one.name for one in found.leads] == ["周大"]
    copy.header, copy.rows = copy.header[:-1], [row[:-1] for row in copy.rows]
    assert [one.order_no for one in copy.taken().visits] == [CHEN]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_with_any_line_end_and_a_cell_of_two_lines(end):
    text = filled().set("备注", "先\n后").saved().decode("utf-8-sig").replace("\r\n", end)
    visit = only(taken(text.encode()))
    assert (visit.note, visit.line) == ("先 后", 2)


def test_columns_may_be_moved_added_and_deleted():
    copy = filled()
    keep = ["备注", "核实结论", "走访日期", "工作单号", "走访人"]
    places = [copy.header.index(title) for title in keep]
    copy.rows = [["我的", *(row[at] for at in places)] for row in copy.rows]
    copy.header = ["序号", *keep]
    visit = only(copy.taken())
    assert (visit.order_no, visit.visitor, visit.reached) == (CHEN, "赵村医", None)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        *[("工作单号", title) for title in (" 工作 单号", "工作\n单号", "工作单号:", "工单号")],
        *[
            ("核实结论", title)
            for title in ("核实结论:", "核实\n结论(必填)", "*核实结论", "走访结果")
        ],
        *[
            ("走访日期", title)
            for title in ("走访日期。", "走访时间", "'走访日期", "走访日期 (年月日)")
        ],
    ],
)
def test_a_title_may_be_a_little_different(ours, theirs):
    copy = filled()
    copy.header[copy.header.index(ours)] = theirs
    assert only(copy.taken()).order_no == CHEN


def test_rows_above_the_header_and_a_header_in_the_middle_and_blank_rows():
    copy = filled()
    wide = len(copy.header)
    heads = [["姚村镇走访工作单", *[""] * (wide - 1)], [""] * wide]
    copy.rows = [*copy.rows[:2], [""] * wide, *heads, copy.header, *copy.rows[2:]]
    copy.fill(LI)
    copy.rows, copy.header = [copy.header, *copy.rows], heads[0]
    found = copy.taken()
    assert ([one.order_no for one in found.visits], found.problems) == ([CHEN, LI], [])


def test_a_second_header_may_have_its_columns_in_another_order():
    copy = filled().fill(LI)
    end = copy.rows.index(copy.row(LI))
    turned = [row[::-1] for row in (copy.header, copy.rows[end])]
    copy.rows = [*copy.rows[:end], *turned]
    assert [one.order_no for one in copy.taken().visits] == [CHEN, LI]


def test_a_header_that_was_sorted_in_among_the_rows_loses_none_of_them():
    copy = filled().fill(LI)
    copy.rows, copy.header = [*copy.rows[1:3], copy.header, *copy.rows[3:]], copy.rows[0]
    found = copy.taken()
    assert ([one.order_no for one in found.visits], found.counts.not_visited) == ([CHEN, LI], 2)


def test_rows_may_be_sorted_and_deleted():
    copy = filled().fill(LI)
    copy.rows = [copy.row(LI), copy.row(CHEN)]
    assert [one.order_no for one in copy.taken().visits] == [LI, CHEN]


def test_totals_and_signatures_are_no_rows():
    copy = filled().add(工作单号="合计", 户内人数="16").add(工作单号="填报人:赵村医")
    copy.add(工作单号="以下已填好,请勿改动", 走访日期="以下请走访人填写")
    assert only(copy.taken()).order_no == CHEN


def test_guards_and_spreadsheet_marks_come_off():
    copy = Copy().fill(CHEN, 走访日期="'2026-11-25", 核实结论="'15", 备注="'-5度太冷")
    assert only(copy.taken()).note == "-5度太冷"


def test_columns_that_are_not_ours_leave_no_trace():
    copy = filled()
    copy.header.append("我的记号")
    for row in copy.rows:
        row.append("330881199001011234")
    assert "330881199001011234" not in repr(copy.taken())


def test_a_column_that_stands_twice_is_used_where_both_agree():
    copy = Copy().fill(CHEN).fill(WANG)
    copy.header.append("核实结论")
    for row in copy.rows:
        row.append({CHEN: "15", WANG: "55"}.get(row[0], ""))
    found = copy.taken()
    assert [one.order_no for one in found.visits] == [CHEN]
    assert reasons(found) == [(3, "核实结论", "这一栏有两列,内容不同")]


def test_a_stray_comma_or_quote_costs_its_own_row_only():
    texts = Copy().fill(CHEN).fill(WANG).fill(LI).saved("utf-8").decode().split("\r\n")
    texts[1] = texts[1].replace("赵村医", "赵,村医")
    texts[2] = texts[2].replace("赵村医", '"赵村医')
    found = taken("\r\n".join(texts).encode())
    assert [one.order_no for one in found.visits] == [LI]
    assert [(line, column) for line, column, _ in reasons(found)] == [(2, "整行"), (3, "整行")]
    assert found.counts.to_mend == 2


def test_a_row_that_an_editor_cut_short_at_its_last_blanks_is_whole():
    text = re.sub(",+\r\n", "\r\n", filled().saved("utf-8").decode())
    assert only(taken(text.encode())).order_no == CHEN


def test_rows_without_any_header_are_sent_back_and_not_lost():
    copy = filled()
    copy.header, copy.rows = copy.rows[0], copy.rows[1:]
    found = copy.taken()
    assert (found.visits, found.counts.to_mend) == ([], 4)
    assert {column for _, column, _ in reasons(found)} == {"表头"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf", "文件"),
        (b"\0\0\0\0", "文件是空的"),
        (b"%PDF-1.4", "PDF"),
        (b"<html><table>", "网页"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 .xls"),
        (b"PK\x03\x04" + b"\0" * 99, "损坏"),
        ("会议通知,周三上午".encode(), "找不到走访工作单"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(content, told):
    (problem,) = taken(content).problems
    assert told in problem.fault.reason
    assert (problem.line, taken(content).counts.received) == (0, 0)
