"""The doubts of the night: which records may be somebody known, and what hangs on it.

They are asked of people (flows/review); `would_change` names the findings of the doubtful person that
would pass to the other's household (+), or be one with a finding that is there already (-).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from flows.cases import Case
from flows.engine import Engine
from flows.misdirected import misdirected
from flows.review.contradictions import without_contradictions
from flows.review.doubts import DOUBTS
from flows.review.measures import measures, waiting
from flows.review.verdicts import effective, unhonoured
from flows.tonight import Tonight
from flows.why_told import why_of
from matchers.model import BIT
from transforms.signal import BLUE, RED, YELLOW

_WORDS = {RED: "red", YELLOW: "yellow", BLUE: "blue"}
_ODDS = 60 * BIT


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """Tonight's doubts, how good the answers are, what waits, and verdicts that links go against."""

    doubts: pl.DataFrame
    measured: dict[str, Any]
    waits: dict[str, Any]
    unhonoured: int


def verdicts_of(answers: pl.DataFrame) -> pl.DataFrame:
    """What every night honours: the verdicts in force that no other verdict contradicts."""
    return without_contradictions(effective(answers))


def reviewed(tonight: Tonight, known: list[Case]) -> Reviewed:
    """Make `doubt` and say how the review stands; needs `decision`, `link`, `finding` and `proof`."""
    ledger, position = tonight.ledger, tonight.inputs.ledger_position
    answers = ledger.answers(position)
    verdicts = verdicts_of(answers)
    found = pl.concat([doubts(tonight.engine), misdirected(tonight, known)])
    return Reviewed(
        doubts=found,
        measured=measures(answers, ledger.asked(position)),
        waits=waiting(found, answers),
        unhonoured=unhonoured(verdicts, _links(tonight.engine, verdicts)).height,
    )


def doubts(engine: Engine) -> pl.DataFrame:
    """The table `doubt`: one row per doubtful record that somebody known could be (see DOUBTS)."""
    changes = _would_change(engine)
    rows = [
        {
            **{name: row[name] for name in DOUBTS if name in row},
            "weight": row["weight"] / BIT,
            "second_probability": _second(row),
            "why_zh": why_of({**row, "candidate": row["other_record_key"]}),
            "would_change": changes.get(row["record_key"], []),
        }
        for row in engine.rows(_DOUBTFUL)
    ]
    found = pl.DataFrame(rows, schema=DOUBTS)
    engine.register("doubt", found.to_arrow())
    return found


def _second(row: dict[str, Any]) -> float | None:
    """The runner-up's probability, from how much less its evidence weighs."""
    if row["second_weight"] is None:
        return None
    behind = min(row["weight"] - row["second_weight"], _ODDS)
    return float(row["probability"]) * 2.0 ** (-behind / BIT)


def _would_change(engine: Engine) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in engine.rows(_PASSING):
        sign = "-" if row["is_there"] else "+"
        item = f"{sign}{_WORDS[row['severity']]}:{row['signal']}"
        found.setdefault(row["record_key"], []).append(item)
    return found


def _links(engine: Engine, verdicts: pl.DataFrame) -> pl.DataFrame:
    """Whose the answered records are tonight."""
    keys = pl.concat([verdicts["left_record_key"], verdicts["right_record_key"]]).unique()
    engine.register("answered_record", pl.DataFrame({"record_key": keys}).to_arrow())
    rows: Any = pl.from_arrow(
        engine.arrow(
            "SELECT record_key, person_id FROM link SEMI JOIN answered_record USING (record_key)"
        )
    )
    return rows


_DOUBTFUL = """
SELECT decision.* EXCLUDE (candidate), decision.candidate AS other_record_key, own.person_id,
       other.person_id AS other_person_id
FROM decision
JOIN link AS own ON own.record_key = decision.record_key
JOIN link AS other ON other.record_key = decision.candidate
WHERE decision.decision = 'doubtful' AND decision.candidate IS NOT NULL
  AND decision.weight IS NOT NULL AND own.person_id <> other.person_id
ORDER BY decision.record_key
"""

_PASSING = """
SELECT DISTINCT doubt.record_key, finding.signal, finding.severity::INT AS severity,
       there.signal IS NOT NULL AS is_there
FROM decision AS doubt
JOIN link AS own ON own.record_key = doubt.record_key
JOIN link AS other ON other.record_key = doubt.candidate AND other.person_id <> own.person_id
JOIN finding ON finding.person_id = own.person_id
LEFT JOIN (SELECT DISTINCT household_id, signal FROM finding) AS there
  ON there.household_id = other.household_id AND there.signal = finding.signal
WHERE doubt.decision = 'doubtful'
ORDER BY doubt.record_key, severity DESC, finding.signal
"""
