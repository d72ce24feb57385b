"""linkage.json: everything about the night's linkage as plain values, in the order of GUILD."""

from __future__ import annotations

from typing import Any

from flows.engine import Engine
from flows.linkage_report import changes, duplicates, estimating, identifiers, known, rates
from flows.linkage_report.judged import judged
from flows.linkage_report.lines import ten_lines
from flows.linkage_report.terms import Linkage
from matchers.model import BIT, Model

SCHEMA_VERSION = 1


def linkage_quality(engine: Engine, night: Linkage) -> dict[str, Any]:
    """Counts and rates only, no value of a row; the same tables give the same bytes."""
    records = judged(engine, night)
    expected = estimating.by_probability(engine, records)
    quality = {
        "schema_version": SCHEMA_VERSION,
        "night": night.night.isoformat(),
        "population": identifiers.population(engine, night),
        "identifiers": identifiers.completeness(engine, night),
        "method": _method(night.model),
        "rates": rates.overall(engine, records),
        "groups": rates.by_group(engine, records, night),
        "estimates": {
            "by_probability": expected,
            "by_answers": estimating.by_answers(engine, records, night.review),
        },
        "truth": known.known(engine, records, night, expected["all"]),
        "duplicates": duplicates.duplicates(engine, records, night),
        "changes": changes.changes(engine, night),
        "review": _review(night),
    }
    engine.drop("linkage_judged", "linkage_known", "linkage_name_kind")
    return {**quality, "lines_zh": ten_lines(quality)}


def _method(model: Model) -> dict[str, Any]:
    """Which model it was and where it draws its lines; weights in bits."""
    return {
        "model": model.number,
        "fields": sorted(model.weights),
        "people": model.people,
        "thresholds": {
            "decided": model.decided,
            "doubtful": model.doubtful,
            "settled": model.settled,
        },
        "prior_bits": round(model.prior / BIT, 2),
    }


def _review(night: Linkage) -> dict[str, Any]:
    """How many questions wait, and which share of all that were ever asked is answered."""
    waiting = int((night.waiting or {}).get("questions", 0))
    pairs = (night.review or {}).get("pairs", {})
    decided = int(pairs.get("same", 0)) + int(pairs.get("different", 0))
    total = waiting + decided
    return {
        "waiting": waiting,
        "by_severity": dict((night.waiting or {}).get("by_severity", {})),
        "decided_pairs": decided,
        "unsure": int(pairs.get("unsure", 0)),
        "conflict": int(pairs.get("conflict", 0)),
        "answered_share": round(decided / total, 6) if total else None,
    }
