"""Codes and values in an official's words."""

from decimal import Decimal

import pytest

from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from flows.rulebook import meanings
from flows.rulebook.meanings import category, meaning, said, title_of
from transforms.bills import MONEY_BASES
from transforms.signals import SIGNALS


def parameter(kind, unit):
    return Parameter(
        name="x",
        kind=kind,
        unit=unit,
        means="",
        reference=Reference(title=""),
        flags_more_when=Worse.NEITHER,
    )


@pytest.mark.parametrize(
    ("kind", "unit", "value", "told"),
    [
        (ValueKind.MONEY, "元", Decimal("26000.00"), "26,000.00 元"),
        (ValueKind.SHARE, "比例", Decimal("0.2"), "20%"),
        (ValueKind.SHARE, "比例", Decimal("0.125"), "12.5%"),
        (ValueKind.SHARE, "比例", Decimal(0), "0%"),
        (ValueKind.MULTIPLE, "倍", Decimal("1.50"), "1.5 倍"),
        (ValueKind.DAYS, "天", 100, "100 天"),
        (ValueKind.CODE, "口径", "in_scope", "政策范围内负担"),
        (ValueKind.CODES, "救助类别", ("dibao", "tekun"), "低保、特困"),
        (ValueKind.CODES, "警情类别", ("fire",), "火灾"),
        (ValueKind.CODES, "ICD-10 编码前缀", ("C34", "N18"), "C34、N18"),
        (ValueKind.CODES, "救助类别", (), "(无)"),
    ],
)
def test_a_value_is_told_by_its_kind_and_unit(kind, unit, value, told):
    assert said(parameter(kind, unit), value) == told


def test_every_base_of_money_has_its_word():
    assert set(meanings.MONEY_BASES) == set(MONEY_BASES)


def test_every_category_that_answers_a_signal_has_its_word():
    asked = {code for signal in SIGNALS.values() for code in signal.answered_by}
    assert all(category(code) != code for code in asked)


def test_a_code_is_told_in_the_departments_word_or_stays():
    assert meaning("incident.outcome", "unharmed") == "无伤"
    assert meaning("incident.outcome", "nobody says this") == "nobody says this"


def test_columns_and_records_are_told_by_their_titles():
    assert title_of("people.age") == "年龄"
    assert title_of("incident") == "警情"
    assert title_of("settlement.personal_amount") == "医保结算的个人负担总金额"
