from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.publish.wording import (
    Figures,
    county_sentence,
    last4,
    masked_name,
    masked_phone,
    rounded,
    township_sentence,
)

KNOWN = Figures(amount=Decimal("26412.50"), month=date(2026, 11, 3), count=4, age=76)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "不足百元"),
        ("99.99", "不足百元"),
        ("100", "数百元"),
        ("999.99", "数百元"),
        ("1000", "约1千元"),
        ("1499.99", "约1千元"),
        ("1500", "约2千元"),
        ("9499.99", "约9千元"),
        ("9500", "约1万元"),
        ("26412.50", "约2.6万元"),
        ("26500", "约2.7万元"),
        ("999999", "约100万元"),
        ("1234567", "约123万元"),
    ],
)
def test_amounts_are_said_as_people_say_them(amount, words):
    assert rounded(Decimal(amount)) == words


def test_the_township_reads_rounded_figures_and_the_county_exact_ones():
    sentence = "{month}负担{amount},欠{count}个月,{age}岁"
    assert township_sentence(sentence, KNOWN) == "2026年11月负担约2.6万元,欠4个月,76岁"
    assert county_sentence(sentence, KNOWN) == "2026年11月负担26,412.50元,欠4个月,76岁"


def test_unknown_figures_are_said_to_be_unknown():
    sentence = "老人({age}岁){month}负担{amount},欠{count}个月"
    expected = "老人(年龄不详)近期负担金额待核实,欠若干个月"
    assert township_sentence(sentence, Figures()) == expected


def test_a_baby_is_not_yet_one_year_old():
    assert township_sentence("孩子({age}岁)", Figures(age=0)) == "孩子(不满1岁)"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("37088119680101021X", "**************021X"),
        ("370881680101021", "***********1021"),
        ("E1234567", "****4567"),
        ("E123456", "*******"),
        ("", ""),
        (None, ""),
    ],
)
def test_only_the_end_of_an_identity_number_is_shown(number, shown):
    assert last4(number) == shown


def test_only_the_end_of_a_telephone_number_is_shown():
    assert masked_phone("13812345678") == "*******5678"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("陈西成", "陈**"),
        ("陈成", "陈*"),
        ("陈", "*"),
        ("阿卜杜热合曼·买买提", "阿**"),
        ("𠮷田", "𠮷*"),
        (" ", ""),
        (None, ""),
    ],
)
def test_of_a_name_only_the_first_character_is_shown(name, shown):
    assert masked_name(name) == shown


@given(st.text(max_size=40))
def test_a_mask_never_shows_more_than_four_characters(text):
    assert len(last4(text).replace("*", "")) <= 4 or "*" in text
    assert len(last4(text)) == len(text.strip())
