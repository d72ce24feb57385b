"""A row is about the order whose number it bears, whole and right; a name only ever speaks against."""

from dataclasses import replace

import pytest

from tests.returns.returned import (
    CHEN,
    LI,
    NOT_ISSUED,
    ORDERS,
    OUYANG,
    WANG,
    Copy,
    only,
    reasons,
    taken,
)

APART = "工作单号和姓名(电话、住址)对不上"


def full_width(text):
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)


@pytest.mark.parametrize(
    "written",
    [
        CHEN.lower(),
        CHEN.replace("-", ""),
        CHEN.replace("-", " "),
        CHEN.replace("-", "—"),
        f"  {CHEN}\n",
        f"'{CHEN}",
        full_width(CHEN),
    ],
)
def test_a_number_may_be_spaced_cased_and_typed_in_full_width(written):
    copy = Copy().fill(CHEN).set("工作单号", written)
    assert only(copy.taken()).order_no == CHEN


def wrong(number, at, letter):
    return number[:at] + letter + number[at + 1 :]


@pytest.mark.parametrize(
    "broken",
    [
        wrong(CHEN, -3, "7"),
        wrong(CHEN, -1, "0" if CHEN[-1] != "0" else "1"),
        CHEN[:-2],
        CHEN[2:],
        CHEN.replace("ZF", "ZT"),
        "3.70881E+17",
        "12",
    ],
)
def test_a_broken_number_is_never_mended_from_the_name(broken):
    found = Copy().fill(CHEN).set("工作单号", broken).taken()
    assert (found.visits, found.leads) == ([], [])
    assert reasons(found) == [(2, "工作单号", "工作单号不对")]
    assert found.problems[0].fault.remedy == "请对照原单"


@pytest.mark.parametrize("gone", ["", "-", "看不清"])
def test_a_number_that_is_gone_makes_no_lead_of_a_printed_row(gone):
    found = Copy().fill(CHEN).set("工作单号", gone).taken()
    assert (found.visits, found.leads) == ([], [])
    assert found.counts.to_mend == 1


def test_a_number_that_was_never_issued_is_told():
    found = Copy().fill(CHEN).set("工作单号", NOT_ISSUED).taken()
    assert reasons(found) == [(2, "工作单号", "没有派出过这个工作单号")]


@pytest.mark.parametrize("number", ["3.70881E+17", NOT_ISSUED, ""])
def test_a_wrong_number_on_a_row_with_nothing_filled_in_harms_nobody(number):
    found = Copy().set("工作单号", number).taken()
    assert (found.problems, found.counts.not_visited) == ([], 4)


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("陈西成", True),
        ("陈 西 成", True),
        ("陈细成", True),
        ("陈*成", True),
        ("", True),
        ("***", True),
        ("张伟", False),
        ("王秀兰", False),
    ],
)
def test_a_name_that_shares_nothing_with_the_printed_one_keeps_the_row_apart(name, fits):
    found = Copy().fill(CHEN).set("姓名", name).taken()
    assert [one.order_no for one in found.visits] == ([CHEN] if fits else [])
    assert reasons(found) == ([] if fits else [(2, "工作单号", APART)])


def test_the_name_of_another_order_keeps_the_row_apart_even_if_it_shares_a_character():
    orders = {**ORDERS, WANG: replace(ORDERS[WANG], person_name="陈西来")}
    copy = Copy().fill(CHEN).set("姓名", "陈西来")
    assert reasons(taken(copy.saved(), orders)) == [(2, "工作单号", APART)]
    elsewhere = {**orders, WANG: replace(orders[WANG], township_code="370881101")}
    assert only(taken(copy.saved(), elsewhere)).order_no == CHEN


@pytest.mark.parametrize("title", ["登记电话", "登记住址"])
def test_of_two_of_one_name_the_printed_telephone_and_address_tell_which(title):
    orders = {**ORDERS, WANG: replace(ORDERS[WANG], person_name="陈西成")}
    copy = Copy().fill(CHEN)
    copy.set(title, copy.row(WANG)[copy.header.index(title)])
    assert reasons(taken(copy.saved(), orders)) == [(2, "工作单号", APART)]
    assert only(taken(copy.set(title, "别处").saved(), orders)).order_no == CHEN


def test_a_column_of_numbers_sorted_alone_attaches_nothing():
    copy = Copy()
    for order_no in (CHEN, WANG, OUYANG, LI):
        copy.fill(order_no)
    turned = [row[0] for row in copy.rows][::-1]
    for row, order_no in zip(copy.rows, turned, strict=True):
        row[0] = order_no
    found = copy.taken()
    assert (found.visits, found.counts.to_mend) == ([], 4)


def test_where_no_name_was_printed_or_the_column_is_gone_the_number_is_enough():
    unnamed = {key: replace(order, person_name=None) for key, order in ORDERS.items()}
    assert only(taken(Copy().fill(CHEN).set("姓名", "张伟").saved(), unnamed)).order_no == CHEN
    copy = Copy().fill(CHEN)
    copy.header[copy.header.index("姓名")] = "称呼"
    assert only(copy.taken()).order_no == CHEN
