"""docs/generated/transparency.{zh,en}.md: the record of what the algorithm does and does not.

The fields follow the UK Algorithmic Transparency Recording Standard, with what a Chinese filing
(算法备案) asks besides.
"""

from __future__ import annotations

from typing import Literal

from data_contracts.sources import SOURCES
from flows.assessor.transparency_en import ENGLISH
from flows.assessor.transparency_zh import CHINESE
from flows.models.frozen import shipped
from flows.statistics.protecting import STEP
from flows.statistics.small import MOST_HIDDEN
from flows.yields.groups import GROUPINGS
from flows.yields.shares import BAND
from transforms.signal import LeadsTo
from transforms.signals import DORMANT, SIGNALS

Language = Literal["zh", "en"]
_PAGES = {"zh": CHINESE, "en": ENGLISH}


def render_transparency(language: Language) -> str:
    """The record in one language; what only the site knows is left open."""
    return _PAGES[language].format(**_facts())


def _facts() -> dict[str, str | int | float]:
    """What the code says of itself, by the blanks of both pages."""
    frozen = shipped()
    model = frozen.model
    return {
        "sources": len(SOURCES),
        "optional": sum(source.optional for source in SOURCES.values()),
        "columns": sum(len(source.columns) for source in SOURCES.values()),
        "signals": len(SIGNALS),
        "visits": _leading(LeadsTo.VISIT),
        "reviews": _leading(LeadsTo.REVIEW),
        "notes": _leading(LeadsTo.NOTE),
        "sensitive": sum(one.is_sensitive for one in SIGNALS.values()),
        "dormant": len(DORMANT),
        "fields": len(model.weights),
        "levels": sum(len(levels) for levels in model.weights.values()),
        "decided": f"{model.decided:.0%}",
        "doubtful": f"{model.doubtful:.0%}",
        "model_hash": frozen.sha256[:16],
        "groups": "、".join(GROUPINGS.values()),
        "group_count": len(GROUPINGS),
        "low": BAND[0],
        "high": BAND[1],
        "most_hidden": MOST_HIDDEN,
        "step": STEP,
    }


def _leading(to: LeadsTo) -> int:
    return sum(one.leads_to is to for one in SIGNALS.values())
