"""Tonight's worklist: give triage what it needs, and keep people of doubtful identity apart."""

from __future__ import annotations

import polars as pl

from flows.tonight import Tonight
from transforms.answered import weighed
from transforms.signals import SIGNALS
from transforms.triage import worklist

_ANSWERED = {"signal": pl.String, "category": pl.String}
_OPEN_ORDERS = {
    "household_id": pl.String,
    "signal": pl.String,
    "severity": pl.Int8,
    "issued_on": pl.Date,
}


def rank(tonight: Tonight) -> None:
    """Make `worklist` and `finding_weighed` (what help answers); the first night issues nothing."""
    engine, on = tonight.engine, tonight.inputs.night
    _set_doubtful_apart(tonight)
    engine.register("answered_by", _answered_by().to_arrow())
    engine.register("open_order", _open_orders(tonight).to_arrow())
    limits = tonight.question.policy.shared(on)
    read = {
        "findings": engine.table("finding_certain"),
        "answered_by": engine.table("answered_by"),
        "people": engine.table("people"),
        "assistance": engine.table("fact_assistance"),
        "open_orders": engine.table("open_order"),
    }
    cool_down = limits.cool_down_days
    ranked = worklist(**read, on=on, capacity=limits.township_capacity, cool_down_days=cool_down)
    engine.materialise("worklist", ranked)
    considered = weighed(**read, on=on, cool_down_days=cool_down)
    engine.materialise("finding_weighed", considered)
    if tonight.inputs.baseline:
        engine.duckdb.execute(
            "UPDATE worklist SET state = 'carried', state_reason = '首夜只装载历史,不派单' "
            "WHERE state = 'issued'"
        )


def _set_doubtful_apart(tonight: Tonight) -> None:
    """A finding about somebody whose identity is in doubt is no door to knock on yet."""
    tonight.engine.duckdb.execute(
        "CREATE OR REPLACE TEMP TABLE doubtful_person AS "
        "SELECT person_id FROM link GROUP BY person_id HAVING bool_and(decision = 'doubtful')"
    )
    for table, word in (("finding_doubtful", "SEMI"), ("finding_certain", "ANTI")):
        tonight.engine.duckdb.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS "
            f"SELECT finding.* FROM finding {word} JOIN doubtful_person USING (person_id)"
        )


def _answered_by() -> pl.DataFrame:
    pairs = [(one.name, category) for one in SIGNALS.values() for category in one.answered_by]
    return pl.DataFrame(sorted(pairs), schema=_ANSWERED, orient="row")


def _open_orders(tonight: Tonight) -> pl.DataFrame:
    """Orders by the ids that households bear now."""
    present = tonight.minted.household_into
    rows = [
        (
            present.get(order.household_id, order.household_id),
            signal,
            order.severity,
            order.issued_on,
        )
        for order in tonight.ledger.orders(tonight.inputs.ledger_position)
        for signal in order.signals
    ]
    return pl.DataFrame(rows, schema=_OPEN_ORDERS, orient="row")
