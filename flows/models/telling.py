"""What the commands say of a model: its weights, what it rests on, and how EM sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flows.models.frozen import FrozenModel
from flows.models.words import field_words, level_words
from matchers.model import BIT, RARITY_OF_LEVEL, SHIPPED
from matchers.name_levels import NameLevel

_FAR = 0.05
"""A difference of m from which a level is named."""


def model_lines(frozen: FrozenModel) -> Iterator[str]:
    """A trained model in full."""
    yield f"第 {frozen.number} 号模型  sha256 {frozen.sha256[:12]}"
    yield from fact_lines(frozen.facts)
    yield ""
    yield from weight_lines(frozen)
    yield ""
    yield from check_lines(frozen.facts.get("em_check") or {})


def fact_lines(facts: Mapping[str, Any]) -> Iterator[str]:
    """What it was trained on."""
    if facts:
        yield (
            f"训练数据:截至 {facts['night'] or '首夜之前'},记录 {facts['rows']:,} 条"
            f"(有效证号 {facts['numbered_rows']:,} 条),{facts['people']:,} 人,"
            f"由证号证实的记录对 {facts['proven_pairs']:,} 对"
        )


def weight_lines(frozen: FrozenModel) -> Iterator[str]:
    """Every level's weight in bits, the closest first, beside the shipped one."""
    yield "权重(以 2 为底的对数;括号内为出厂值;“+少见程度”另按姓名、姓氏的常见程度加分):"
    for name, worth in frozen.model.weights.items():
        yield field_words(name)
        shipped = SHIPPED.get(name, {})
        for level in sorted(worth, reverse=True):
            rare = "+少见程度" if name == "name" and NameLevel(level) in RARITY_OF_LEVEL else ""
            before = f"({shipped[level] / BIT:+.1f})" if level in shipped else ""
            words = level_words(name, level)
            yield f"  {worth[level] / BIT:+6.1f} {before:>8}  {words}{rare}"


def check_lines(check: Mapping[str, Any]) -> Iterator[str]:
    """How far EM on unnumbered records is from what was counted."""
    if not check.get("fields"):
        yield "EM 复核:无证号记录的候选对太少,没有复核。"
        return
    pairs = sum(block["pairs"] for block in check["blocks"].values())
    yield f"EM 复核(无证号记录的候选对 {pairs:,} 对),同一人中各等级所占比例:"
    for name, levels in check["fields"].items():
        top = max(levels, key=int)
        one = levels[top]
        yield (
            f"  {field_words(name)}:{level_words(name, int(top))} 计数 {one['counted']:.1%}、"
            f"EM {one['em']:.1%};各等级最大相差 {_largest(levels):.1%}"
        )
    if check["largest_difference"] >= _FAR:
        yield "  相差较大的字段,说明无证号记录的填写情况与有证号的不同,采用前请先看 model diff。"


def _largest(levels: Mapping[str, Mapping[str, float]]) -> float:
    return max(abs(one["difference"]) for one in levels.values())
