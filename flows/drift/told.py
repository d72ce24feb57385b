"""What drifted, as the county reads it: rows for the morning report, lines for `doorstep drift`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from data_contracts.terms import Source
from flows.drift.bands import REMEMBERED
from flows.home import Home
from flows.ledger import Ledger, Outcome

_BECAME = {"accepted": "已接收", "held": "暂缓,待放行", "refused": "未接收"}


def drift_rows(outcomes: Iterable[Outcome], sources: Mapping[str, Source]) -> list[dict[str, Any]]:
    """One row a change: source, column, what changed, the last delivery before it, what became."""
    return [
        {
            "source": outcome.source,
            "title": sources[outcome.source].title,
            "delivery": outcome.delivery,
            "file_name": outcome.file_name,
            "column": _column(sources[outcome.source], change["column"]),
            "kind": change["kind"],
            "said": change["said"],
            "last": change["last"],
            "holds": change["holds"],
            "verdict": outcome.verdict,
        }
        for outcome in outcomes
        if outcome.source in sources
        for change in outcome.judgement.get("drift", ())
    ]


def drift_lines(home: Home, since: date | None) -> Iterator[str]:
    """Source by source: what changed in which night's file, and what is usual by now."""
    sources = home.config.sources
    ledger = Ledger(home.ledger)
    drifted = [(night, one) for night, one in ledger.drifted() if since is None or night >= since]
    for name, source in sources.items():
        learned = sum(
            bool(one.judgement.get("profile")) for one in ledger.accepted(name, REMEMBERED)
        )
        if not learned:
            continue
        yield f"{source.title}:按最近 {learned} 批比较"
        mine = [(night, one) for night, one in drifted if one.source == name]
        for night, outcome in mine:
            became = _BECAME.get(outcome.verdict, outcome.verdict)
            for row in drift_rows([outcome], sources):
                yield f"  自 {night}(上一批 {row['last']})起:{row['said']} [{became}]"
        if not mine:
            yield "  没有变化"


def _column(source: Source, name: str) -> str:
    return source.columns[name].means if name in source.columns else ""
