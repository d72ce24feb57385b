"""What leaves the house in words: filled sentences, masks, and a last look at what may not go out.

A township's sentence is read out to the family, so its figures are rounded and a word that names a
diagnosis, the police or a score keeps the line at the county.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

TEN_THOUSAND = Decimal(10_000)

BANNED = {
    "含诊断或病名": (
        *("诊断", "病名", "确诊", "癌", "肿瘤", "白血病", "尿毒症", "衰竭", "透析", "化疗", "放疗"),
        *("移植", "艾滋", "HIV", "梅毒", "结核", "肝炎", "精神", "抑郁", "癫痫", "痴呆", "梗死"),
        *("出血", "糖尿病", "高血压", "残疾等级", "怀孕", "流产", "ICD"),
    ),
    "含警情或案件用语": (
        *("警情", "报警", "接警", "出警", "民警", "警察", "公安", "派出所", "案件", "刑事", "治安"),
        *("嫌疑", "犯罪", "拘留", "羁押", "服刑", "逮捕", "吸毒", "戒毒", "家暴", "家庭暴力"),
        *("自杀", "走失", "遗弃", "斗殴", "火灾", "交通事故"),
    ),
    "含评分或贬损用语": (
        *("评分", "得分", "打分", "分值", "概率", "模型", "算法", "风险等级", "高风险", "风险人员"),
        *("可疑", "骗保", "骗取", "核查对象", "贫困户"),
    ),
}
"""Words that stay at the county, by what the county is told about them."""

_PATTERNS = {
    "含诊断或病名": re.compile(r"(?<![A-Z0-9])[A-TV-Z][0-9]{2}\.?[0-9X]{0,3}(?![A-Z0-9])"),
    "含完整证件号码": re.compile(r"(?<!\d)(\d{17}[\dX]|\d{15})(?!\d)"),
    "含电话号码": re.compile(r"(?<!\d)(?:86)?(1[3-9]\d{9}|0\d{9,11})(?!\d)"),
    "含长号码": re.compile(r"\d{12,}"),
}
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-.·_]+(?=[\dX])")


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


def check_outgoing(text: str) -> list[str]:
    """Why this text may not leave the county, in words that repeat nothing of it; empty if it may.

    Full-width letters, spaces between digits and invisible characters do not get past it.
    """
    seen = unicodedata.normalize("NFKC", text).upper()
    seen = "".join(letter for letter in seen if unicodedata.category(letter) != "Cf")
    squeezed = re.sub(r"\s", "", seen)
    words = {why for why, banned in BANNED.items() if any(word in squeezed for word in banned)}
    joined = _BETWEEN_DIGITS.sub("", seen)
    return sorted(words | {why for why, found in _PATTERNS.items() if found.search(joined)})
