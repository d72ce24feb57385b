"""The morning report: one printable A4 page in Chinese, made from report.json and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows.publish.cells import plain, typeset
from flows.publish.report_terms import DeliveryReport, Report, SourceReport

LIGHTS = {
    "done": ("green", "完成"),
    "degraded": ("amber", "降级"),
    "failed": ("red", "失败"),
    "nothing_new": ("grey", "无新内容"),
}
VERDICT_WORDS = {
    "accepted": "接收",
    "repeated": "重复文件",
    "held": "暂缓,待放行",
    "refused": "未接收",
    "postponed": "留待下次",
}
TAKEN = {"accepted", "repeated"}
NO_TOWNSHIP = "乡镇不明"
NO_ANCHOR = "(发布时填写)"
COUNTED = ("rows", "loaded", "quarantined", "duplicate")


def render_report(report: Mapping[str, Any]) -> str:
    """The report (see report_terms.Report) as a page that needs no network and no other file."""
    page = _ENVIRONMENT.get_template("report.html.j2")
    told = cast(Report, report)
    return page.render(
        report=told,
        anchor=NO_ANCHOR,
        light=LIGHTS[told["state"]],
        sources=[_source_rows(source) for source in told["sources"]],
        totals=_totals(told),
        townships=_townships(told),
        counts={found["signal"]: found["by_township"] for found in told["findings"]},
        ordered={order["township_code"]: order["count"] for order in told["orders"]},
    )


_ANCHOR = '<p class="quiet">审计锚点:{}</p>'


def with_anchor(page: str, anchor: str) -> str:
    """The page with the anchor of the audit trail in its one empty place, as it is printed."""
    return page.replace(_ANCHOR.format(NO_ANCHOR), _ANCHOR.format(anchor))


def without_anchor(page: str) -> str:
    """The page as it was made, before its anchor was printed."""
    return re.sub(_ANCHOR.format("[0-9a-f-]+"), _ANCHOR.format(NO_ANCHOR), page)


def _source_rows(source: SourceReport) -> dict[str, Any]:
    """One source with its deliveries, each with its counts and what there is to say of it."""
    deliveries = [
        {
            **delivery,
            "taken": delivery["verdict"] in TAKEN,
            "balanced": _is_balanced(delivery),
            "words": VERDICT_WORDS.get(delivery["verdict"], delivery["verdict"]),
            "remarks": list(_remarks(delivery)),
        }
        for delivery in source["deliveries"]
    ]
    to_mend = any(one["quarantined"] or not one["taken"] for one in deliveries)
    troubled = to_mend or bool(source["late_days"]) or source["latest"] is None
    return {**source, "deliveries": deliveries, "troubled": troubled}


def _is_balanced(counts: Mapping[str, Any]) -> bool:
    return counts["rows"] == counts["loaded"] + counts["quarantined"] + counts["duplicate"]


def _remarks(delivery: DeliveryReport) -> Iterator[str]:
    """What went wrong with a delivery, worst first."""
    yield from (failed["reason"] for failed in delivery["failed"])
    for reason, rows in sorted(delivery["reasons"].items(), key=lambda one: (-one[1], one[0])):
        yield f"{reason} {rows} 行"
    if delivery["undeclared"]:
        yield f"未约定的列未读取:{'、'.join(map(plain, delivery['undeclared']))}"
    yield from delivery["warnings"]


def _totals(report: Report) -> dict[str, Any]:
    """The night's rows: those of deliveries that were taken add up, the others are told apart."""
    all_deliveries = [one for source in report["sources"] for one in source["deliveries"]]
    taken = [one for one in all_deliveries if one["verdict"] in TAKEN]
    totals = {name: sum(one[name] for one in taken) for name in COUNTED}  # type: ignore[literal-required]
    left = sum(one["rows"] for one in all_deliveries if one["verdict"] not in TAKEN)
    return {**totals, "not_taken": left, "balanced": _is_balanced(totals)}


def _townships(report: Report) -> list[tuple[str, str]]:
    """Code and name of every township that the report counts something for, in order of code."""
    names = {order["township_code"]: order["township_name"] for order in report["orders"]}
    names |= report.get("townships", {})
    seen = {code for found in report["findings"] for code in found["by_township"]} | set(names)
    known = [(code, names.get(code, code)) for code in sorted(seen - {""})]
    return [*known, ("", NO_TOWNSHIP)] if "" in seen else known


def _thousands(number: int) -> str:
    return f"{number:,}"


_ENVIRONMENT = Environment(
    loader=PackageLoader("flows.publish"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters |= {"plain": plain, "typeset": typeset, "thousands": _thousands}
