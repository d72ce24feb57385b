"""What the pages under 成效 show: the night's own measures, small counts hidden, and the pictures of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flows import reference
from flows.desk.charts import Bars, Figure, Map, count_bars, ratio_bars, share_bars, township_map
from flows.desk.page import Visit
from flows.desk.words import N_
from flows.drift.told import drift_rows
from flows.linkage_report.terms import DOUBTFUL, OUTCOMES
from flows.linkage_report.words import percent
from flows.measured import LINKAGE, YIELD
from flows.outlines import OutlinesRefused, read_outlines
from flows.publish.yield_page import count

STAGES = {
    "flagged": N_("预警户"),
    "issued": N_("其中派单户"),
    "orders": N_("派单"),
    "visited": N_("走访到"),
    "confirmed": N_("属实"),
    "helped": N_("落实帮扶"),
}
RATES = {
    "confirmed": N_("属实率"),
    "visited": N_("走访率"),
    "helped": N_("帮扶率"),
    "issued": N_("派单率"),
    "flagged": N_("预警户数"),
}
"""What the map can show."""

DELIVERIES = 12
"""Of each source so many are looked back upon."""


def measured(visit: Visit, name: str) -> dict[str, Any]:
    """What the night told of itself: the yield or the linkage."""
    row = visit.snapshot.rows("SELECT told FROM measured WHERE name = ?", name)[0]
    told: dict[str, Any] = json.loads(row["told"])
    return told


def yields(visit: Visit) -> dict[str, Any]:
    """The yield of a year."""
    return measured(visit, YIELD)


def linkage(visit: Visit) -> dict[str, Any]:
    """The quality of the night's linkage."""
    return measured(visit, LINKAGE)


def funnel(total: Mapping[str, Any]) -> Bars:
    """From flag to help; a hidden count has no bar."""
    told = total["counts"]
    return count_bars([(word, _number(told[name])) for name, word in STAGES.items()])


def rate_bars(rows: Sequence[Mapping[str, Any]], rate: str) -> Bars:
    """One rate with its interval, of the groups for which it is told; the table has the others, too."""
    return share_bars([(one["title"], one["rates"][rate]) for one in rows if one["rates"][rate]])


def disparity_bars(rows: Sequence[Mapping[str, Any]], measure: str) -> Bars:
    """Each group beside everybody else, where the ratio is told."""
    told = [(one["title"], one["ratios"][measure]) for one in rows]
    return ratio_bars([(title, found) for title, found in told if found])


def doubt_bars(entries: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> Bars:
    """The share of doubtful records in the groups of a grouping; `rows` say in which it is told."""
    at = OUTCOMES.index(DOUBTFUL)
    told = []
    for entry, row in zip(entries, rows, strict=True):
        ends = entry["intervals"][DOUBTFUL]
        if ends and row["cells"][at]["share"]:
            found = {"value": entry["rates"][DOUBTFUL], "low": ends[0], "high": ends[1]}
            told.append((row["title"], found))
    return share_bars(told)


def drawn_map(visit: Visit, told: Mapping[str, Any], shown: str) -> tuple[Map, str]:
    """The map of one rate, and why the county's outlines could not be used, if so.

    A township of which nothing was counted is there, too: it has no figure.
    """
    townships = reference.townships(visit.home.config.site.county)
    rows = {one["group"]: one for one in told["by_township"] if one["group"] in townships}
    figures = {code: _figure(name, rows.get(code), shown) for code, name in townships.items()}
    try:
        return township_map(figures, read_outlines(visit.home.policy, townships)), ""
    except OutlinesRefused as refused:
        return township_map(figures, ()), str(refused)


def _figure(title: str, row: Mapping[str, Any] | None, shown: str) -> Figure:
    if row is None:
        return Figure(title=title, value=None, said="–")
    if shown == "flagged":
        counted = row["counts"]["flagged"]
        number = _number(counted)
        return Figure(
            title=title, value=None if number is None else float(number), said=count(counted)
        )
    found = row["rates"][shown]
    value = found["value"] if found else None
    return Figure(title=title, value=value, said=percent(value, 0))


def _number(told: int | str) -> int | None:
    return None if isinstance(told, str) else told


def sources(visit: Visit) -> list[dict[str, Any]]:
    """Each source as it stands, with its last accepted deliveries as rows and as bars."""
    found = []
    for row in visit.snapshot.rows("SELECT * FROM source_status ORDER BY title, source"):
        history = [
            {
                "as_of": one.judgement.get("as_of"),
                **{
                    name: one.judgement.get(name, 0)
                    for name in ("rows", "loaded", "quarantined", "duplicate")
                },
            }
            for one in visit.ledger.accepted(row["source"], DELIVERIES)
        ]
        bars = count_bars([(str(one["as_of"] or "–"), one["rows"]) for one in history])
        found.append({**row, "history": history, "bars": bars})
    return found


def drift_story(visit: Visit, source: str) -> list[dict[str, Any]]:
    """Every change that was ever noticed in the deliveries, the newest first; of one source or all."""
    known = visit.home.config.sources
    story = [
        {**row, "night": night}
        for night, outcome in visit.ledger.drifted()
        if source in ("", outcome.source)
        for row in drift_rows([outcome], known)
    ]
    return story[::-1]
