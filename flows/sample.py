"""A few households without any finding and without standing aid, visited to learn how many the signals miss.

Chosen by a hash of household and night: nobody can foresee or steer it, and the same night of the
same inputs chooses the same. A household is not drawn again within a year.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from data_contracts.policy.shared import STANDING_CATEGORIES
from flows.cases import Case
from flows.tonight import Tonight

SAMPLE = "random_sample"
"""Stands where an order names its signals; it is no signal."""

SAMPLED = "sampled"
SAMPLE_REASON = "例行走访,了解家里近况"
SAMPLE_VERIFY = "家里近况;看病、上学、住房、收入上有没有难处"
_AGAIN_AFTER = timedelta(days=365)


def unflagged(on: date) -> str:
    """The query of the households that a sample may be drawn from, each with who speaks for it.

    Whoever is flagged or in standing aid on the day cannot be missed. Needs `people`, `finding`,
    `fact_assistance` and `visit_death`.
    """
    return f"""
    SELECT household_id, person_id, township_code, village_code FROM (
      SELECT *, row_number() OVER (PARTITION BY household_id ORDER BY
        relation IS DISTINCT FROM 'head', birth_date NULLS LAST, person_id) AS place
      FROM people
      WHERE life_status <> 'dead' AND in_register AND age >= 18
        AND person_id NOT IN (SELECT person_id FROM visit_death)
        AND township_code IS NOT NULL AND in_county IS NOT false
        AND household_kind IS DISTINCT FROM 'collective'
    )
    WHERE place = 1
      AND household_id NOT IN (SELECT household_id FROM finding WHERE household_id IS NOT NULL)
      AND household_id NOT IN (
        SELECT household_id FROM people JOIN fact_assistance AS aid USING (person_id)
        WHERE household_id IS NOT NULL AND aid.category IN {STANDING_CATEGORIES}
          AND aid.approved_on <= DATE '{on}'
          AND (aid.exit_on IS NULL OR aid.exit_on > DATE '{on}'))
    """


def draw_sample(tonight: Tonight, known: list[Case]) -> None:
    """Add tonight's sample to `worklist`; the first night draws none."""
    night = tonight.inputs.night
    wanted = tonight.question.policy.shared(night).sample_per_night
    if tonight.inputs.baseline or not wanted:
        return
    tonight.engine.register("lately_seen", _lately_seen(tonight, known).to_arrow())
    tonight.engine.duckdb.execute(
        f"""
        INSERT INTO worklist BY NAME
        SELECT household_id, 1::TINYINT AS severity, '{SAMPLED}' AS state,
               '随机走访,用来估计遗漏' AS state_reason, township_code, village_code,
               person_id AS lead_person_id, person_id AS place_person_id,
               $night AS first_found, 0 AS signal_count, 0 AS need
        FROM ({unflagged(night)})
        WHERE household_id NOT IN (
            SELECT household_id FROM people JOIN lately_seen USING (person_id)
            WHERE household_id IS NOT NULL)
        ORDER BY md5(household_id || strftime($night, '%Y%m%d')), household_id
        LIMIT {int(wanted)}
        """,
        {"night": night},
    )


def _lately_seen(tonight: Tonight, known: list[Case]) -> pl.DataFrame:
    """The people of orders that still stand, or were visited as a sample within the year."""
    night, into = tonight.inputs.night, tonight.minted.person_into
    seen = {
        into.get(person, person)
        for case in known
        if case.stands(night)
        or (SAMPLE in case.order.signals and case.order.issued_on > night - _AGAIN_AFTER)
        for person in case.order.members
    }
    return pl.DataFrame({"person_id": sorted(seen)}, schema={"person_id": pl.String})
