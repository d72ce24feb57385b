"""A hundred bad rows of forty kinds among five thousand good ones: each is found, none is lost."""

from dataclasses import replace

import pytest

from flows.receive import Verdict
from tests.receive.clinic import (
    CLINIC,
    HEADER,
    TITLES,
    broken,
    csv_of,
    received,
    rows_of,
    visit,
    xlsx_of,
)

GOOD_ROWS = 5_000
STEP = 47

KINDS = [
    ({"visit_no": ""}, "“就诊号”不能为空"),
    ({"visit_no": "-"}, "“就诊号”不能为空"),
    ({"visit_no": "V" * 13}, "“就诊号”超过 12 个字"),
    ({"visit_no": "1.2E+11"}, "“就诊号”被表格软件改成科学计数法"),
    ({"name": ""}, "“姓名”不能为空"),
    ({"name": " \u3000 "}, "“姓名”不能为空"),
    ({"name": "无"}, "“姓名”不能为空"),
    ({"name": "张" * 51}, "“姓名”超过 50 个字"),
    ({"id_number": "3.70881E+17"}, "“证件号码”被表格软件改成科学计数法"),
    ({"id_number": "9" * 31}, "“证件号码”超过 30 个字"),
    ({"sex": "7"}, "“性别”不是约定的代码"),
    ({"sex": "男女"}, "“性别”不是约定的代码"),
    ({"birth_date": "1980-02-30"}, "“出生日期”不是有效的日期"),
    ({"birth_date": "19801301"}, "“出生日期”不是有效的日期"),
    ({"birth_date": "1899-12-31"}, "“出生日期”早于 1900 年"),
    ({"birth_date": "2026-03-02"}, "“出生日期”晚于接收日期"),
    ({"birth_date": "八零年"}, "“出生日期”不是有效的日期"),
    ({"phone": "1.38E+10"}, "“电话”被表格软件改成科学计数法"),
    ({"phone": "1" * 41}, "“电话”超过 40 个字"),
    ({"address": "村" * 61}, "“住址”超过 60 个字"),
    ({"place_code": "3708811"}, "“区划代码”不是 6、9 或 12 位区划代码"),
    ({"visited_on": ""}, "“就诊日期”不能为空"),
    ({"visited_on": "0000-00-00"}, "“就诊日期”不能为空"),
    ({"visited_on": "2026-03-02"}, "“就诊日期”晚于接收日期"),
    ({"visited_on": "2026/2/29"}, "“就诊日期”不是有效的日期"),
    ({"paid_month": "202613"}, "“缴费年月”不是有效的年月"),
    ({"paid_month": "2025.1"}, "“缴费年月”不是有效的年月"),
    ({"cost": "-0.01"}, "“总费用”小于 0;自付金额大于总费用"),
    ({"cost": "1000000.01"}, "“总费用”大于 1000000"),
    ({"cost": "一千"}, "“总费用”不是有效的金额"),
    ({"cost": "1.2万"}, "“总费用”不是有效的金额"),
    ({"cost": "12.345678"}, "“总费用”不是有效的金额"),
    ({"self_paid": "1200.51"}, "自付金额大于总费用"),
    ({"subsidy": "1500元"}, "“补助(万元)”不是有效的金额"),
    ({"days": "3.5"}, "“天数”不是有效的整数"),
    ({"days": "367"}, "“天数”大于 366"),
    ({"area_m2": "约九十"}, "“面积”不是有效的数字"),
    ({"diagnosis": "肾衰竭"}, "“诊断编码”不是有效的疾病编码"),
    ({"mode": "8"}, "“离院方式”不是约定的代码"),
    ({"ward": "12"}, "“病区”格式不符合约定"),
    ({"visit_no": "", "days": "x"}, "“就诊号”不能为空;“天数”不是有效的整数"),
]


def drawn_rows() -> tuple[list[list[str]], dict[int, str]]:
    """The rows of the file in order, and the reason for each bad one by its row number."""
    rows, reasons = [], {}
    bad = iter([KINDS[at % len(KINDS)] for at in range(100)])
    for number in range(GOOD_ROWS):
        rows.append(visit(number))
        if number % STEP == 0 and (kind := next(bad, None)):
            cells, reason = kind
            rows.append(visit(100_000 + number, **cells))
            reasons[len(rows)] = reason
    return rows, reasons


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_hundred_bad_rows_of_forty_kinds_are_set_aside_and_no_good_row_is_lost(form):
    rows, reasons = drawn_rows()
    assert len(KINDS) >= 40
    assert len(reasons) == 100
    data = csv_of(rows) if form == "csv" else xlsx_of(rows)

    judgement, connection = received(data)

    assert judgement.verdict is Verdict.ACCEPTED, broken(judgement)
    assert (judgement.rows, judgement.loaded, judgement.quarantined) == (5100, 5000, 100)
    assert dict(rows_of(connection, "SELECT row, reason FROM bad")) == reasons
    lines = dict(rows_of(connection, "SELECT row, line FROM bad"))
    assert lines == {row: row + 1 for row in reasons}
    cells = dict(rows_of(connection, "SELECT row, cells FROM bad"))
    assert cells == {row: rows[row - 1] for row in reasons}
    good = {number for (number,) in rows_of(connection, "SELECT visit_no FROM good")}
    assert good == {f"V{number:06d}" for number in range(GOOD_ROWS)}
    assert sum(judgement.reasons.values()) == sum(why.count(";") + 1 for why in reasons.values())


def test_bad_rows_that_only_a_text_file_can_have_are_set_aside_too():
    text = csv_of([visit(number) for number in range(200)]).decode().splitlines(keepends=True)
    text[50] = "V900001,370881198001010001,张三\r\n"
    text[90] = text[90].replace("姚村镇", "姚村镇,")
    text[120] = text[120].replace("姚村镇", '姚"村镇')
    text[150] = text[150].replace("姚村镇", '"姚村镇')
    text[180] = text[180].replace("姚村镇", "姚\0村镇")

    judgement, connection = received("".join(text).encode())

    assert judgement.verdict is Verdict.ACCEPTED
    assert rows_of(connection, "SELECT line, reason FROM bad ORDER BY line") == [
        (51, "列数不符:应为 19 列,实为 3 列"),
        (91, "列数不符:应为 19 列,实为 20 列"),
        (151, "引号不配对,无法分列"),
        (181, "含有空字符(NUL)"),
    ]
    assert judgement.loaded == 196


def test_the_reason_names_the_column_as_the_department_wrote_it():
    titles = {"性别": "性 别", "姓名": "患者姓名"}
    header = [titles.get(title, title) for title in HEADER]

    _, connection = received(csv_of([visit(0), visit(1), visit(2, sex="x", name="")], header))

    assert rows_of(connection, "SELECT reason FROM bad") == [
        ("“患者姓名”不能为空;“性 别”不是约定的代码",)
    ]


def test_a_reason_never_repeats_a_value():
    secret = "机密内容"
    rows = [visit(number) for number in range(100)]
    rows += [visit(900 + at, **{name: secret * 40}) for at, name in enumerate(TITLES)]

    judgement, connection = received(csv_of(rows), replace(CLINIC, quarantine_limit=1))

    assert judgement.quarantined == len(TITLES)
    assert secret not in str(judgement)
    assert secret not in str(rows_of(connection, "SELECT reason FROM bad"))


def test_a_reason_is_counted_for_every_row_that_has_it():
    rows = [visit(0), visit(1), visit(2), visit(3, days="x"), visit(4, days="x", area_m2="x")]

    judgement, _ = received(csv_of(rows))

    assert judgement.reasons == {"“天数”不是有效的整数": 2, "“面积”不是有效的数字": 1}


def test_null_breaks_no_rule_of_the_contract():
    _, connection = received(csv_of([visit(0, cost=""), visit(1, self_paid="-")]))

    assert rows_of(connection, "SELECT count(*) FROM good") == [(2,)]
