"""Precision and recall without the truth: from the model's probabilities, and from human answers.

Expected false links: the sum of 1 - p over links. Expected missed links: for records that were not
linked the chance that one of their two best candidates is their person, for linked ones that the
second is. Links that rest on a verified number, or on newcomers who resemble one another, have no p
and count as right. The intervals hold the
chance left when the probabilities are right; whether they are, people's answers and a known truth tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis.expr.types as ir
from ibis import _

from flows.engine import Engine
from flows.linkage_report.identifiers import fetched
from flows.linkage_report.judged import BANDS
from flows.linkage_report.terms import MILLION
from matchers.estimates import (
    Estimate,
    clopper_pearson,
    count_of_events,
    precision,
    recall,
    summed,
)

FEWEST_ANSWERS = 10
"""With fewer answers in a band the model speaks for it."""


def by_probability(engine: Engine, records: ir.Table) -> dict[str, Any]:
    """All records, and those without a usable number."""
    return {
        "all": _estimated(_sums(engine, records)),
        "without_usable_number": _estimated(_sums(engine, records.filter(_.number != "usable"))),
    }


def by_answers(
    engine: Engine, records: ir.Table, measured: Mapping[str, Any] | None
) -> dict[str, Any] | None:
    """The same with people's share of 'same' in every band where they said enough; None of nothing.

    People see the pairs that matter most and not a random sample, so this is a check, not a survey.
    """
    said = (measured or {}).get("model") or {}
    if not said.get("pairs"):
        return None
    answered = {round(band["from"], 1): band for band in said["bands"]}
    counted = {row["band"]: row for row in _bands(engine, records)}
    bands = [_answered(answered.get(low, {}), place) for place, low in enumerate(BANDS)]
    parts = [_part(band, counted[place]) for place, band in enumerate(bands) if place in counted]
    links = _sums(engine, records)["links"]
    false, missed = summed(part[0] for part in parts), summed(part[1] for part in parts)
    return {
        "pairs": said["pairs"],
        "bands": bands,
        "bands_by_people": sum(band["pairs"] >= FEWEST_ANSWERS for band in bands),
        **_errors(links, false, missed),
    }


def _sums(engine: Engine, records: ir.Table) -> dict[str, int]:
    (row,) = fetched(
        engine,
        records.agg(
            links=_.is_link.sum(),
            attached=_.attached.sum(),
            false=_.false.sum(),
            false_variance=_.false_variance.sum(),
            missed=_.missed.sum(),
            missed_variance=_.missed_variance.sum(),
        ),
    )
    return {name: int(value or 0) for name, value in row.items()}


def _estimated(sums: Mapping[str, int]) -> dict[str, Any]:
    false = _events(sums["false"], sums["false_variance"])
    missed = _events(sums["missed"], sums["missed_variance"])
    return {"by_evidence": sums["attached"], **_errors(sums["links"], false, missed)}


def _events(chance: int, variance: int) -> Estimate:
    return count_of_events(chance / MILLION, variance / MILLION)


def _errors(links: int, false: Estimate, missed: Estimate) -> dict[str, Any]:
    return {
        "links": links,
        "false": _told(false, 1),
        "missed": _told(missed, 1),
        "precision": _told(precision(links, false), 6),
        "recall": _told(recall(links, false, missed), 6),
    }


def _told(one: Estimate | None, digits: int) -> dict[str, float] | None:
    if one is None:
        return None
    values = {"estimate": one.value, "low": one.low, "high": one.high}
    return {name: round(value, digits) for name, value in values.items()}


def _bands(engine: Engine, records: ir.Table) -> list[dict[str, Any]]:
    """Weighed records by the band of their probability: links, others, and what the model expects."""
    weighed = records.filter(_.weighed)
    counted = weighed.group_by("band").agg(
        links=_.attached.sum(),
        others=(~_.attached).sum(),
        false=_.false.sum(),
        false_variance=_.false_variance.sum(),
        missed=_.missed.sum(where=~_.attached),
        missed_variance=_.missed_variance.sum(where=~_.attached),
    )
    rows = fetched(engine, counted.order_by("band"))
    return [{name: int(value or 0) for name, value in row.items()} for row in rows]


def _answered(band: Mapping[str, Any], place: int) -> dict[str, Any]:
    low, high = BANDS[place], (*BANDS, 1.0)[place + 1]
    pairs, same = band.get("pairs", 0), band.get("same", 0)
    found = clopper_pearson(same, pairs)
    return {
        "from": low,
        "to": high,
        "pairs": pairs,
        "same": same,
        "share": round(same / pairs, 4) if pairs else None,
        "interval": [round(end, 4) for end in found] if found else None,
        "fits_model": found[0] <= high and found[1] >= low if found else None,
    }


def _part(band: Mapping[str, Any], counted: Mapping[str, int]) -> tuple[Estimate, Estimate]:
    """False and missed links of one band, by the people if they said enough of it."""
    found = clopper_pearson(band["same"], band["pairs"])
    if band["pairs"] < FEWEST_ANSWERS or found is None:
        return (
            _events(counted["false"], counted["false_variance"]),
            _events(counted["missed"], counted["missed_variance"]),
        )
    share, (low, high) = band["same"] / band["pairs"], found
    links, others = counted["links"], counted["others"]
    return (
        Estimate(links * (1 - share), links * (1 - high), links * (1 - low)),
        Estimate(others * share, others * low, others * high),
    )
