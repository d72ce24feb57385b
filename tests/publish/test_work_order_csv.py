import csv
import io

import pytest

from flows.publish.cells import unguarded
from flows.publish.visit_results import RESULT_COLUMNS
from flows.publish.work_order_csv import work_order_csv
from flows.returns.header import header_of
from tests.publish.order_lines import CHEN, order, township

HOSTILE = (
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-1",
    "@SUM(A1:A9)",
    "\t=1",
    "\r\n=1",
    "\uff1d1+1",
    '","=1',
    "'=1",
    "\u202e=1",
    "名" * 300,
    "Robert'); DROP TABLE",
    "<script>",
    "\ud800陈",
)


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_excel_recognises_encoding_and_line_ends():
    content = work_order_csv(township())
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 2


def test_every_fact_has_a_column_and_the_eight_to_fill_are_empty():
    (row,) = rows_of(work_order_csv(township()))
    assert row["工作单号"] == CHEN.order_no
    assert (row["姓名"], row["性别"], row["年龄"], row["户内人数"]) == ("陈西成", "男", "58", "4")
    assert row["证件后四位"] == "**************021X"
    assert row["走访期限"] == "2026-11-25"
    assert row["走访原因"].count("；") == 1
    assert list(row)[-9:] == [*(column.title for column in RESULT_COLUMNS), "数据截至"]
    assert not any(row[column.title] for column in RESULT_COLUMNS)


def test_every_row_says_how_new_the_data_are():
    known = "2026-11-15 房屋;2026-11-20 医保结算、人口登记"
    rows = rows_of(work_order_csv(township(order(1), order(2), known_until=known)))
    assert [row["数据截至"] for row in rows] == [known.replace(";", "；")] * 2
    assert {row["数据截至"] for row in rows_of(work_order_csv(township()))} == {""}


def test_what_is_not_known_is_empty():
    unknown = dict.fromkeys(
        ("village_name", "sex", "age", "number_last4", "phone", "address", "address_basis")
    )
    (row,) = rows_of(work_order_csv(township(order(2, **unknown))))
    empty = ("村或社区", "性别", "年龄", "证件后四位", "登记电话", "登记住址", "住址依据")
    assert {row[name] for name in empty} == {""}


def test_a_provisional_due_date_says_so():
    (row,) = rows_of(work_order_csv(township(order(2, due_provisional=True))))
    assert row["走访期限"] == "2026-11-25(暂定)"


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_from_outside_can_start_a_formula_or_break_a_row(name):
    told = {"person_name": name, "address": name, "note": name, "village_name": name}
    (row,) = rows_of(work_order_csv(township(order(2, **told, reasons=(name,), phone=name))))
    assert not any(
        cell[:1] in tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20") for cell in row.values() if cell
    )
    assert not set("".join(row.values())) & set("\r\n\t\u202e")


def test_a_guarded_name_can_be_read_back():
    (row,) = rows_of(work_order_csv(township(order(2, person_name="=1+1"))))
    assert unguarded(row["姓名"]) == "=1+1"


def test_the_same_list_gives_the_same_bytes_in_the_order_of_walking():
    lines = [
        order(1, address="3组21号"),
        order(2, address="3组3号"),
        order(3, village_name="王庄村"),
        order(4, severity=1),
    ]
    content = work_order_csv(township(*lines))
    assert content == work_order_csv(township(*lines))
    assert [row["工作单号"][-6:-2] for row in rows_of(content)] == ["0002", "0001", "0004", "0003"]


def test_who_is_to_go_where_what_may_help_and_the_last_visit_have_columns():
    line = order(
        2,
        village_code="370881105201",
        visitor="赵村医",
        offers=("医疗救助(医保窗口)", "临时救助"),
        last_visit="2026-11-10 走访:临时救助,2000元",
    )
    (row,) = rows_of(work_order_csv(township(line)))
    assert row["村代码"] == "'370881105201"
    assert row["指派走访人"] == "赵村医"
    assert row["可介绍的政策"] == "医疗救助（医保窗口）；临时救助"
    assert row["上次走访"] == "2026-11-10 走访：临时救助，2000元"


def test_the_reader_of_returns_mistakes_none_of_our_columns_for_another():
    header = work_order_csv(township()).decode("utf-8-sig").splitlines()[0].split(",")
    found = header_of(header).places
    assert all(len(places) == 1 for places in found.values())
    assert {column: header[found[column][0]] for column in ("visitor", "village", "name")} == {
        "visitor": "走访人",
        "village": "村或社区",
        "name": "姓名",
    }
