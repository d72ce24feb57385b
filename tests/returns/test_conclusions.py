"""A conclusion in the visitor's own hand: taken when it is sure, sent back when it is not."""

from decimal import Decimal

import pytest

from data_contracts.visit_results import VISIT_RESULTS
from flows.publish.visit_results import VISIT_RESULT_CHOICES
from flows.returns.conclusions import LONGEST, conclusion_of


@pytest.mark.parametrize("choice", VISIT_RESULT_CHOICES)
def test_every_choice_of_the_list_is_read_whole_by_its_words_or_by_its_code(choice):
    for text in (choice, choice[:2], choice[3:], f"{choice[:2]}.0", choice.replace(" ", "\n")):
        found = conclusion_of(text)
        assert (found.codes, found.amount, found.is_plain) == ((choice[:2],), None, True)


@pytest.mark.parametrize(
    ("text", "codes", "amount"),
    [
        ("临时救助2000元,低保单人保", "15 11", 2000),
        ("15 临时救助 2,000元", "15", 2000),
        ("15、临时救助2千", "15", 2000),
        ("临时救助0.2万", "15", 2000),
        ("临时救助 1.5 万元", "15", 15000),
        ("临时救助2000", "15", 2000),
        ("临时救助¥2000.50", "15", "2000.50"),
        ("15 800", "15", 800),
        ("已给予一次性临时救助2000元", "15", 2000),
        ("15200元", "", None),
        ("15,11", "15 11", None),
        ("15/11", "15 11", None),
        ("15、11", "15 11", None),
        ("１５", "15", None),
        ("１5 临时救助(2千元)", "15", 2000),
        ("15,临时救助", "15", None),
        ("单人保,单人保", "11", None),
        ("本人已去世", "55", None),
        ("一事一议", "90", None),
    ],
)
def test_codes_in_the_order_they_are_written_and_the_sum(text, codes, amount):
    found = conclusion_of(text)
    told = (found.codes, found.amount, found.is_plain) if found else ((), None, True)
    assert told == (tuple(codes.split()), Decimal(amount) if amount else None, True)


@pytest.mark.parametrize(
    "text",
    [
        *("低保", "特困", "住院", "未能入户", "暂不符合"),
        *("未纳入低保", "不是低保边缘", "建议临时救助", "临时救助未批", "未去世", "申请临时救助"),
        *("10 不符合", "15 没给", "15 不够低保边缘", "55 未去世", "62 不在保"),
        *("15 低保单人保", "11 已去世"),
        *("15,200元", "2000元", "15.11", "15.5", "1511", "99", "1", "#错误", "??"),
        *("15 13812345550", "15 11/25", "15 370881199003078850"),
        "15 " + "临时救助," * LONGEST,
    ],
)
def test_what_could_mean_something_else_is_not_taken(text):
    assert conclusion_of(text) is None


@pytest.mark.parametrize(
    ("text", "codes", "amount"),
    [
        ("15 镇里出了2000元", "15", 2000),
        ("11 每月500元", "11", None),
        ("15 2000-3000元", "15", None),
        ("15 11月25日发放", "15", None),
        ("15 2026-11-25", "15", None),
        ("15 共3个月", "15", None),
        ("54 未入户", "54", None),
        ("53 住院", "53", None),
    ],
)
def test_a_code_holds_and_what_stands_beside_it_is_known_to_be_left_over(text, codes, amount):
    found = conclusion_of(text)
    assert found.codes == tuple(codes.split())
    assert found.amount == (Decimal(amount) if amount else None)
    assert not found.is_plain


def test_nothing_behind_words_that_are_not_known_adds_a_conclusion():
    assert conclusion_of("15 还够不上低保边缘").codes == ("15",)
    assert conclusion_of("15 老人住院,低保单人保").codes == ("15",)


def test_the_codes_are_the_ones_of_the_contract():
    assert {conclusion_of(code).codes[0] for code in VISIT_RESULTS} == set(VISIT_RESULTS)
