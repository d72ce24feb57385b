"""成效: what the visits came to, how good the linkage is, and how good what departments send is."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.desk.words import N_
from flows.desk.works import (
    RATES,
    STAGES,
    disparity_bars,
    doubt_bars,
    drawn_map,
    drift_story,
    funnel,
    linkage,
    rate_bars,
    sources,
    yields,
)
from flows.linkage_report.words import GROUPING_TITLES, percent, spread
from flows.publish.linkage_page import linkage_values
from flows.publish.yield_page import FUNNELS, count, rate, times, times_within, within
from flows.yields.disparity import MEASURES
from flows.yields.groups import GROUPINGS
from flows.yields.shares import BAND

TABS = {
    "/works": N_("走访成效"),
    "/works/linkage": N_("身份比对"),
    "/works/quality": N_("数据质量"),
}
BECAME = {"accepted": N_("已接收"), "held": N_("暂缓,待放行"), "refused": N_("未接收")}
_FORMATS: dict[str, Any] = {
    "count": count,
    "rate": rate,
    "within": within,
    "times": times,
    "times_within": times_within,
    "percent": percent,
    "spread": spread,
}


def works(visit: Visit) -> Response:
    """From flag to help, whom it misses, and whether every group is found alike."""
    told = yields(visit)
    shown = visit.asked("map", "confirmed")
    shown = shown if shown in RATES else "confirmed"
    drawn, refused = drawn_map(visit, told, shown)
    return visit.show(
        "works.html.j2",
        tabs=TABS,
        year=told,
        stages=STAGES,
        funnel=funnel(told["total"]),
        funnels=[
            (name, title, told[name], rate_bars(told[name], "confirmed"))
            for name, title in FUNNELS.items()
        ],
        rates=RATES,
        shown=shown,
        map=drawn,
        refused=refused,
        measures=MEASURES,
        groups=[
            (title, told["groups"][name], disparity_bars(told["groups"][name], "flagged"))
            for name, title in GROUPINGS.items()
        ],
        band=BAND,
        **_FORMATS,
    )


def matching(visit: Visit) -> Response:
    """How good the night's linkage is, in the order of the linkage page."""
    told = linkage(visit)
    values = linkage_values(told)
    pictures = [
        doubt_bars(told["groups"][name], rows)
        for name, (_, rows) in zip(GROUPING_TITLES, values["groups"], strict=True)
    ]
    return visit.show(
        "works_linkage.html.j2", tabs=TABS, quality=told, pictures=pictures, **values, **_FORMATS
    )


def quality(visit: Visit) -> Response:
    """Each source: what arrived, how its deliveries ran, and what changed since when."""
    known = sources(visit)
    source = visit.asked("source")
    return visit.show(
        "works_quality.html.j2",
        tabs=TABS,
        sources=known,
        source=source if source in {one["source"] for one in known} else "",
        story=drift_story(visit, source),
        became=BECAME,
    )


PAGES = (
    Page("/works", works, needs=Need.YIELD, title=N_("成效"), menu=5),
    Page("/works/linkage", matching, needs=Need.YIELD),
    Page("/works/quality", quality, needs=Need.YIELD),
)
