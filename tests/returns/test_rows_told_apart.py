"""A row is a visit, an order still open, a household nobody listed, or a problem: never two of them."""

from dataclasses import replace
from datetime import date

import pytest

from tests.returns.returned import CHEN, FILLED, LI, ORDERS, TODAY, WANG, Copy, only, reasons, taken

EMPTY = dict.fromkeys(FILLED, "")


def test_a_row_with_nothing_filled_in_is_not_yet_visited():
    found = Copy().taken()
    assert (found.visits, found.problems, found.counts.not_visited) == ([], [], 4)


@pytest.mark.parametrize("blank", ["", " ", "/", "-", "——", "无", "\u3000"])
def test_a_dash_is_nothing_and_a_visitor_alone_is_only_who_will_go(blank):
    copy = Copy().fill(CHEN, **dict.fromkeys(FILLED, blank)).set("走访人", "赵村医")
    assert (copy.taken().problems, copy.taken().counts.not_visited) == ([], 4)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"核实结论": "15"}, ["没有填走访日期"]),
        ({"走访日期": "2026-11-25"}, ["没有填核实结论"]),
        ({"备注": "家里没人"}, ["没有填核实结论", "没有填走访日期"]),
        ({"走访日期": "2026-11-25", "核实结论": "15"}, []),
        ({"走访日期": "25/11", "核实结论": "低保"}, ["核实结论看不懂", "走访日期分不清几月几日"]),
    ],
)
def test_a_conclusion_and_a_day_are_needed_the_rest_may_be_left_out(said, missing):
    found = Copy().fill(CHEN, **{**EMPTY, **said}).taken()
    assert [reason for _, _, reason in reasons(found)] == missing
    assert (found.counts.valid, found.counts.to_mend) == ((1, 0) if not missing else (0, 1))


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2026-11-21", "走访日期早于派单日期"),
        ("2026-11-22", None),
        ("2026-11-28", None),
        ("2026-11-29", "走访日期晚于今天"),
    ],
)
def test_a_visit_follows_its_order_and_is_not_of_the_future(day, reason):
    found = Copy().fill(CHEN, 走访日期=day).taken()
    assert reasons(found) == ([(2, "走访日期", reason)] if reason else [])


def test_the_same_order_twice_with_equal_content_is_one_visit():
    copy = Copy().fill(CHEN)
    copy.rows.append(list(copy.row(CHEN)))
    found = copy.taken()
    assert (only(found).line, found.counts.repeated) == (2, 1)


def test_equal_content_may_be_written_in_two_ways():
    copy = Copy().fill(CHEN)
    copy.rows.append(list(copy.row(CHEN)))
    copy.set("核实结论", "临时救助").set("走访日期", "11月25日")
    assert only(copy.taken()).codes == ("15",)


@pytest.mark.parametrize(("title", "text"), [("核实结论", "55"), ("走访日期", "2026-11-26")])
def test_the_same_order_twice_with_different_content_is_two_problems(title, text):
    copy = Copy().fill(CHEN)
    copy.rows.append(list(copy.row(CHEN)))
    found = copy.set(title, text).taken()
    twice = "同一个工作单号填了两行,内容不同"
    assert reasons(found) == [(2, "工作单号", twice), (6, "工作单号", twice)]
    assert (found.visits, found.counts.to_mend) == ([], 1)


def test_a_good_row_is_not_taken_where_a_second_row_of_its_order_is_bad():
    copy = Copy().fill(CHEN)
    copy.rows.append(list(copy.row(CHEN)))
    assert copy.set("走访日期", "25/11").taken().visits == []


def test_the_same_order_filled_once_and_left_open_once_is_one_visit():
    copy = Copy()
    copy.rows.append(list(copy.row(CHEN)))
    found = copy.fill(CHEN).taken()
    assert (only(found).order_no, found.counts.not_visited) == (CHEN, 3)


def test_same_as_left_says_nothing_new():
    visit = only(Copy().fill(CHEN, 实际居住地址="同左", 联系电话="一致").taken())
    assert (visit.address, visit.phone) == (None, None)


def test_what_stood_beside_a_code_is_kept_in_the_note():
    visit = only(Copy().fill(CHEN, 核实结论="15 镇里出的", 备注="已送到").taken())
    assert (visit.codes, visit.note) == (("15",), "已送到;核实结论:15 镇里出的")


@pytest.mark.parametrize(
    "said",
    [
        {"姓名": "孙二婶", "需要的帮助": "没人照料"},
        {"姓名": "孙二婶", "登记住址": "陈家寨村9组"},
        {"姓名": "孙二婶", "实际居住地址": "陈家寨村9组"},
        {"姓名": "孙二婶", "走访原因": "刚动过手术"},
        {"姓名": "孙二婶", "需要的帮助": "没人照料", "工作单号": "新增"},
    ],
)
def test_a_name_with_a_need_or_an_address_and_no_number_is_a_lead(said):
    found = Copy().fill(WANG).add(**said).taken()
    (lead,) = found.leads
    assert (lead.name, lead.reported_on, lead.township_code) == ("孙二婶", TODAY, "370881105")
    assert (found.problems, found.counts.leads, found.counts.valid) == ([], 1, 1)


def test_a_lead_carries_all_that_was_written_of_it():
    copy = Copy().add(
        姓名="孙二婶",
        村或社区="陈家寨村",
        登记电话="13900001111",
        登记住址="9组",
        乡镇代码="370881101",
        走访日期="11月25日",
        走访人="赵村医",
        核实结论="临时救助",
        需要的帮助="没人照料",
        备注="急",
    )
    (lead,) = copy.taken().leads
    assert (lead.village, lead.phone, lead.address) == ("陈家寨村", "13900001111", "9组")
    assert (lead.reported_on, lead.visitor) == (date(2026, 11, 25), "赵村医")
    assert (lead.township_code, lead.needs) == ("370881101", "没人照料")
    assert lead.note == "核实结论:临时救助;急"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("370881199003078812", "370881199003078812"),
        ("37088119900307881X", None),
        ("3.70881E+17", None),
        ("", None),
    ],
)
def test_only_a_whole_and_right_id_number_is_kept(written, kept):
    copy = Copy()
    copy.header.append("身份证号")
    copy.rows = [[*row, ""] for row in copy.rows]
    (lead,) = copy.add(姓名="孙二婶", 需要的帮助="没人照料", 身份证号=written).taken().leads
    assert lead.id_number == kept


@pytest.mark.parametrize(
    "said", [{"姓名": "孙二婶"}, {"备注": "家里没人"}, {"核实结论": "15"}, {"需要的帮助": "钱"}]
)
def test_a_row_that_is_neither_is_a_problem(said):
    found = Copy().add(**said).taken()
    assert (found.leads, [line for line, _, _ in reasons(found)]) == ([], [6])


def test_a_township_is_known_only_if_the_whole_file_is_of_one():
    orders = {**ORDERS, LI: replace(ORDERS[LI], township_code="370881101")}
    copy = Copy().add(姓名="孙二婶", 需要的帮助="没人照料")
    assert taken(copy.saved(), orders).leads[0].township_code is None
