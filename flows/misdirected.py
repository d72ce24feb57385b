"""Visits that found the wrong person: the records that led there are asked about again.

What a visitor says at a door does not change a link by itself; the pair goes to the review queue
with everything that hangs on it, and the answer given there is honoured for ever.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from data_contracts.visit_results import Outcome
from flows.cases import Case
from flows.review.doubts import DOUBTS
from flows.tonight import Tonight

WHY = "走访反馈:不是本人"


def misdirected(tonight: Tonight, known: list[Case]) -> pl.DataFrame:
    """One row of DOUBTS per record that proved a finding about somebody it was not about."""
    into = tonight.minted.person_into
    sent = [
        (into.get(person, person), signal)
        for case in known
        if Outcome.WRONG_PERSON in case.said
        for person in case.order.members
        for signal in case.order.signals
    ]
    frame = pl.DataFrame(
        sorted(set(sent)), schema={"person_id": pl.String, "signal": pl.String}, orient="row"
    )
    tonight.engine.register("misdirected", frame.to_arrow())
    rows: list[dict[str, Any]] = [
        {**row, "why_zh": WHY, "would_change": [row.pop("change")]} for row in tonight.rows(_ASKED)
    ]
    return pl.DataFrame([{name: row.get(name) for name in DOUBTS} for row in rows], schema=DOUBTS)


_ASKED = """
WITH own AS (
  SELECT link.person_id, link.record_key, row_number() OVER (
    PARTITION BY link.person_id ORDER BY link.record <> 'resident', link.record_key) AS place
  FROM link WHERE person_id IN (SELECT person_id FROM misdirected)
)
SELECT proof.record_key, own.record_key AS other_record_key, proof.person_id,
       proof.person_id AS other_person_id, link.probability, 0.0 AS weight, link.how,
       '-' || CASE max(proof.severity) WHEN 3 THEN 'red' WHEN 2 THEN 'yellow' ELSE 'blue' END
         || ':' || min(proof.signal) AS change
FROM proof JOIN misdirected USING (person_id, signal) JOIN link USING (record_key)
JOIN own ON own.person_id = proof.person_id AND own.place = 1
WHERE proof.record_key <> own.record_key AND link.person_id = proof.person_id
GROUP BY ALL ORDER BY ALL
"""
"""Beside the row of the register, or of whatever else is known of that person, a proof is asked."""
