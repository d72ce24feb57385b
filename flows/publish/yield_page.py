"""The yield page: yield.json as pages that print well and need no network and no other file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows.linkage_report.words import percent
from flows.publish.cells import plain, typeset
from flows.yields.groups import GROUPINGS
from flows.yields.shares import BAND

YIELD, YIELD_JSON = "成效.html", "yield.json"
FUNNELS = {"by_signal": "按预警类型", "by_township": "按乡镇", "by_month": "按月份"}
NOTHING = "–"


def render_yield(told: Mapping[str, Any], site: str) -> str:
    """The page for one night (see flows/yields/telling.py)."""
    return _ENVIRONMENT.get_template("yield.html.j2").render(
        told=told,
        site=site,
        funnels=[(title, told[name]) for name, title in FUNNELS.items()],
        groups=[(title, told["groups"][name]) for name, title in GROUPINGS.items()],
        band=BAND,
    )


def count(number: int | str) -> str:
    """A count with its thousands, or the mark of a hidden one."""
    return number if isinstance(number, str) else f"{number:,}"


def rate(found: Mapping[str, float] | None) -> str:
    """A share in percent; a dash where it is not told."""
    return percent(found["value"] if found else None, 1)


def within(found: Mapping[str, float] | None) -> str:
    """The interval of a share."""
    return f"{percent(found['low'], 0)} 至 {percent(found['high'], 0)}" if found else ""


def times(found: Mapping[str, float] | None) -> str:
    """A ratio."""
    return f"{found['value']:.2f} 倍" if found else NOTHING


def times_within(found: Mapping[str, float] | None) -> str:
    """The interval of a ratio."""
    return f"{found['low']:.2f} 至 {found['high']:.2f}" if found else ""


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
    "count": count,
    "rate": rate,
    "within": within,
    "times": times,
    "times_within": times_within,
}
