"""What leaves the house in words: filled sentences and masks.

A township's sentence is read out to the family, so its figures are rounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a signal's sentence may mention of a finding; empty when it is not known."""

    amount: Decimal | None = None
    month: date | None = None
    count: int | None = None
    age: int | None = None

    @classmethod
    def of(cls, finding: Mapping[str, Any]) -> Figures:
        """The figures of a finding's row: measure, occurred_on, and the age of its person."""
        measure = finding["measure"]
        return cls(
            amount=measure,
            month=finding["occurred_on"],
            count=None if measure is None else int(measure),
            age=finding["age"],
        )


def township_sentence(sentence: str, figures: Figures) -> str:
    """The sentence with rounded figures, fit to be read out at the door."""
    amount = "金额待核实" if figures.amount is None else rounded(figures.amount)
    return _filled(sentence, figures, amount)


def county_sentence(sentence: str, figures: Figures) -> str:
    """The sentence with exact figures, for the officers who check it against the rows."""
    amount = "金额不详" if figures.amount is None else f"{figures.amount:,.2f}元"
    return _filled(sentence, figures, amount)


def _filled(sentence: str, figures: Figures, amount: str) -> str:
    if figures.age is None:
        sentence = sentence.replace("{age}岁", "年龄不详")
    return sentence.format(
        amount=amount,
        month=f"{figures.month.year}年{figures.month.month}月" if figures.month else "近期",
        count="若干" if figures.count is None else figures.count,
        age="年龄不详" if figures.age is None else figures.age or "不满1",
    )


def rounded(amount: Decimal) -> str:
    """An amount as people say it, too coarse to tell which bill it was."""
    if amount < 100:
        return "不足百元"
    if amount < 1000:
        return "数百元"
    thousands = (amount / 1000).quantize(Decimal(1), ROUND_HALF_UP)
    if thousands < 10:
        return f"约{thousands}千元"
    places = Decimal("0.1") if amount < 100 * TEN_THOUSAND else Decimal(1)
    tens = (amount / TEN_THOUSAND).quantize(places, ROUND_HALF_UP)
    return f"约{f'{tens:f}'.removesuffix('.0')}万元"


def last4(number: str | None) -> str:
    """An identity number of which only the last four characters are left."""
    return _tail(number, hidden=4)


def masked_phone(phone: str | None) -> str:
    """A telephone number of which only the last four digits are left."""
    return _tail(phone, hidden=4)


def masked_name(name: str | None) -> str:
    """The first character of a name; at most two stars, which do not tell how long it is."""
    name = (name or "").strip()
    return name[:1] + "*" * min(len(name) - 1, 2) if len(name) > 1 else "*" * len(name)


def _tail(text: str | None, hidden: int) -> str:
    """The last four characters, unless fewer than `hidden` would stay hidden."""
    text = (text or "").strip()
    shown = 4 if len(text) >= 4 + hidden else 0
    return "*" * (len(text) - shown) + text[len(text) - shown :]
