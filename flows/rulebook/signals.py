"""Every signal as an article of the rulebook: what it looks for, by which values, what follows."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from data_contracts.policy.shared import RENEWAL_GROWTH
from data_contracts.policy.terms import Parameter, Worse
from data_contracts.records import RECORDS
from data_contracts.sources import SOURCES
from flows.markdown import table
from flows.policy.declared import full_name
from flows.rulebook.issued import Issued
from flows.rulebook.meanings import category, meaning, title_of
from flows.rulebook.parameters import parameter_table, value_of
from flows.rulebook.severities import severities
from flows.rulebook.words import LEADS_TO, SEVERITIES
from transforms.signal import RenewedBy, Signal
from transforms.signals import DORMANT, SIGNALS

_BLANKS = {"amount": "〔金额〕", "count": "〔数目〕", "month": "〔年月〕", "age": "〔年龄〕"}
_TABLES = {
    "people": "人员和家庭(由各来源归并)",
    "found": "其他各项预警的结果",
    "refusal": "走访反馈",
}


def by_code() -> list[Signal]:
    """The live signals in the order of their codes: M2 before M10."""
    return sorted(SIGNALS.values(), key=lambda one: place(one.code))


def place(code: str) -> tuple[str, int, str]:
    """Where a code stands: M2 before M10, R1h after R1."""
    letter, number, rest = re.findall(r"(\D+)(\d+)(.*)", code)[0]
    return letter, int(number), rest


def article(signal: Signal, issued: Issued | None) -> str:
    """One signal in full."""
    lines = [
        f"### {signal.code} {signal.title}\n",
        *(f"- **{label}**:{text}" for label, text in _told(signal, issued)),
        "",
        parameter_table({full_name(signal, each): each for each in signal.parameters}, issued),
    ]
    return "\n".join(lines)


def dormant_table() -> str:
    """The signals that sleep, with what is lacking."""
    ordered = sorted(DORMANT.values(), key=lambda one: place(one.code))
    return table(
        ("代码", "名称", "还缺什么", "依据"),
        ((one.code, one.title, one.lacking, str(one.reference)) for one in ordered),
    )


def extracts(record: str) -> str:
    """The Chinese title of what a rule reads; an extract nobody is bound to send is marked."""
    if record in _TABLES:
        return _TABLES[record]
    theirs = [source for source in SOURCES.values() if source.becomes.name == record]
    is_optional = all(source.optional for source in theirs)
    return RECORDS[record].title + ("(可选来源)" if is_optional else "")


def _told(signal: Signal, issued: Issued | None) -> Iterator[tuple[str, str]]:
    yield "规则", _rule(signal, issued)
    yield "轻重", "、".join(SEVERITIES[one] for one in severities(signal))
    yield "依据", str(signal.reference)
    yield "读取", _reads(signal)
    yield "发现以后", LEADS_TO[signal.leads_to]
    yield "写给县里", _blank(signal.county_sentence)
    yield "写给乡镇", _blank(signal.township_sentence) if signal.township_sentence else "不下发乡镇"
    yield "上门了解", signal.verify
    yield "获得何种救助即算已回应", "、".join(map(category, signal.answered_by)) or "(无)"
    yield "有效期", _expiry(signal, issued)
    if signal.history:
        yield "历史要求", _history(signal, issued)
    yield "走访以后的新情况", _renewed(signal, issued)
    yield "怎样算更重", _worse(signal)
    yield "程序名", f"`{signal.name}`"


def _rule(signal: Signal, issued: Issued | None) -> str:
    """What is looked for and what the county sets of it, as one sentence."""
    limits = ";".join(_limit(signal, each, issued) for each in signal.parameters)
    return f"{_blank(signal.county_sentence)}。由县规定:{limits}。"


def _limit(signal: Signal, parameter: Parameter, issued: Issued | None) -> str:
    if issued is None:
        return parameter.means
    return f"{parameter.means}——{value_of(full_name(signal, parameter), parameter, issued)}"


def _reads(signal: Signal) -> str:
    told = "、".join(extracts(record) for record in signal.reads)
    if "coverage" in inspect.signature(signal.rule).parameters:
        told += "。据“没有记录”下结论的部分,只在该来源完整且没有迟到时成立"
    return told


def _expiry(signal: Signal, issued: Issued | None) -> str:
    windows = (each for each in signal.parameters if "window_days" in each.name)
    return ";".join(_limit(signal, each, issued) for each in windows)


def _history(signal: Signal, issued: Issued | None) -> str:
    record, name = signal.history or ("", "")
    (parameter,) = (each for each in signal.parameters if each.name == name)
    days = value_of(full_name(signal, parameter), parameter, issued)
    return f"{RECORDS[record].title}的历史够长才说是“新发”:{parameter.means},{days}"


def _renewed(signal: Signal, issued: Issued | None) -> str:
    growth = value_of(RENEWAL_GROWTH.name, RENEWAL_GROWTH, issued)
    grown = f"有新的事实并达到走访时的规定倍数({growth})"
    if signal.renewed_by is RenewedBy.EVENT:
        return f"再次发生即算新情况;或{grown}"
    return grown


def _worse(signal: Signal) -> str:
    return (
        ";".join(_direction(column, way) for column, way in signal.worse.items())
        or "(只看轻重和数值)"
    )


def _direction(column: str, way: Worse | tuple[str, ...]) -> str:
    if isinstance(way, tuple):
        steps = " → ".join(meaning(column, code) for code in way)
        return f"{title_of(column)}由轻到重:{steps}"
    if column in RECORDS:
        return f"{title_of(column)}多一条"
    return f"{title_of(column)}{'更高' if way is Worse.HIGHER else '更低'}"


def _blank(sentence: str) -> str:
    return sentence.format(**_BLANKS)
