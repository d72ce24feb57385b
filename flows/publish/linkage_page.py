"""The linkage page: linkage.json as pages that print well and need no network and no other file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows.linkage_report.suppression import suppressed
from flows.linkage_report.terms import OUTCOMES, rate
from flows.linkage_report.words import (
    FIELD_WORDS,
    GROUPING_TITLES,
    NUMBER_STATUS_WORDS,
    OUTCOME_WORDS,
    group_title,
    percent,
    spread,
)
from flows.publish.cells import plain, typeset
from flows.statistics.small import is_small
from matchers.rules import HOW_IN_CHINESE

HIDDEN = "*"
CHANGE_WORDS = {
    "appeared": "新增",
    "vanished": "撤走",
    "gained": "新归入",
    "lost": "失去",
    "moved": "改归他人",
    "doubt_raised": "转为存疑",
    "doubt_settled": "不再存疑",
    "unchanged": "未变",
}
IDENTIFIER_WORDS = {
    "usable": "号码可用",
    "damaged": "残缺或有误",
    "foreign": "其他证件",
    "missing": "没有号码",
    "name_missing": "无姓名",
    "name_partial": "姓名缺字",
    "birth_date_missing": "无出生日期",
    "phone_missing": "无电话",
    "address_missing": "无地址",
    "nothing": "无从辨认",
}
_TABLE = ("records", *OUTCOMES)


def render_linkage(quality: Mapping[str, Any], site: str) -> str:
    """The page for one night (see flows/linkage_report/quality.py)."""
    template = _ENVIRONMENT.get_template("linkage.html.j2")
    return template.render(quality=quality, site=site, **linkage_values(quality))


def linkage_values(quality: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of the page by name, small counts hidden."""
    return {
        "groups": [(title, _group_rows(quality, name)) for name, title in GROUPING_TITLES.items()],
        "changes": _change_rows(quality["changes"]),
        "hows": list(_how_rows(quality["rates"]["how"])),
        "identifiers": [_identifier_row(one) for one in quality["identifiers"]],
        "statuses": [NUMBER_STATUS_WORDS[status] for status in _statuses(quality["identifiers"])],
        "status_rows": _status_rows(quality["identifiers"]),
        "fields": "、".join(FIELD_WORDS.get(name, name) for name in quality["method"]["fields"]),
        "outcomes": OUTCOME_WORDS,
        "change_words": CHANGE_WORDS,
        "identifier_words": IDENTIFIER_WORDS,
    }


def _group_rows(quality: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """One grouping; a count that is hidden has no rate and no mark."""
    entries = quality["groups"][name]
    shown = suppressed([[entry[column] for column in _TABLE] for entry in entries])
    return [
        {
            "title": group_title(name, entry),
            "records": _count(counts[0]),
            "cells": [
                {
                    "count": _count(count),
                    "share": percent(entry["rates"][outcome]) if _is_told(count, counts) else "",
                    "mark": _mark(entry["differs"].get(outcome)) if _is_told(count, counts) else "",
                }
                for outcome, count in zip(OUTCOMES, counts[1:], strict=True)
            ],
        }
        for entry, counts in zip(entries, shown, strict=True)
    ]


def _is_told(count: int | None, counts: Sequence[int | None]) -> bool:
    return count is not None and counts[0] is not None


def _count(count: int | None) -> str:
    return HIDDEN if count is None else f"{count:,}"


def _mark(found: Mapping[str, Any] | None) -> str:
    """Up or down where the difference exceeds chance; double where it is a quarter or more."""
    if not found or not found["beyond_chance"]:
        return ""
    more = found["ratio"] is None or found["ratio"] > 1
    mark = "▲" if more else "▼"
    return mark * 2 if found["notable"] else mark


def _change_rows(found: Mapping[str, Any] | None) -> list[tuple[str, list[str]]]:
    """Departments, and all together."""
    if found is None:
        return []
    departments = found["by_department"]
    shown = suppressed([[one[kind] for kind in CHANGE_WORDS] for one in departments])
    rows = [(one["title"], counts) for one, counts in zip(departments, shown, strict=True)]
    told = [(title, [_count(count) for count in counts]) for title, counts in rows]
    return [*told, ("合计", [_count(found[kind]) for kind in CHANGE_WORDS])]


def _how_rows(hows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    """How records were decided, in words; a word for each way stands in matchers/rules.py."""
    total = sum(one["records"] for one in hows)
    for one in hows:
        sentence = HOW_IN_CHINESE.get(one["how"], one["how"])
        share = percent(rate(one["records"], total))
        yield (
            OUTCOME_WORDS.get(one["decision"], one["decision"]),
            sentence,
            f"{one['records']:,}",
            share,
        )


def _identifier_row(one: Mapping[str, Any]) -> dict[str, Any]:
    """One department's shares; of one to seven records none is told."""
    counts = {**one["numbers"], **one}
    shares = [
        HIDDEN if is_small(counts[name]) else percent(one["rates"][name], 1)
        for name in IDENTIFIER_WORDS
    ]
    return {"title": one["title"], "records": one["records"], "shares": shares}


def _status_rows(departments: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[str]]]:
    listed = _statuses(departments)
    counts = [[one["number_statuses"].get(status, 0) for status in listed] for one in departments]
    # Each department's number of records stands in the table above.
    shown = suppressed([[sum(row), *row] for row in counts])
    return [
        (one["title"], [_count(count) for count in row[1:]])
        for one, row in zip(departments, shown, strict=True)
    ]


def _statuses(departments: Sequence[Mapping[str, Any]]) -> list[str]:
    """The statuses of numbers that occur anywhere, in the order of their words."""
    seen = {status for one in departments for status in one["number_statuses"]}
    return [status for status in NUMBER_STATUS_WORDS if status in seen]


def _thousands(number: float) -> str:
    return f"{number:,}" if isinstance(number, int) else f"{number:,.1f}"


_ENVIRONMENT = Environment(
    loader=PackageLoader("flows.publish"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters |= {
    "plain": plain,
    "typeset": typeset,
    "thousands": _thousands,
    "percent": percent,
    "spread": spread,
}
