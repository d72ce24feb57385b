"""What moved since the night before, record by record."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from flows.engine import Engine
from flows.linkage_report.identifiers import fetched
from flows.linkage_report.terms import DECIDED, DOUBTFUL, Linkage

KINDS = (
    "appeared",
    "vanished",
    "gained",
    "lost",
    "moved",
    "doubt_raised",
    "doubt_settled",
    "unchanged",
)
"""gained, lost: is decided now, was decided then. moved: decided both times, for another person.
doubt_raised, doubt_settled: between doubtful and new."""


def changes(engine: Engine, night: Linkage) -> dict[str, Any] | None:
    """Counts of each kind, in all and by department; None without a night before.

    A person merged into another since is the same person: that is told as `persons_merged`.
    """
    if night.before is None:
        return None
    now = night.link.select("record_key", "source", "decision", "person_id")
    joined = now.outer_join(_resolved(night.before, night.merged), "record_key")
    rows = joined.select(source=joined.source.fill_null(""), kind=_kind(joined))
    counted = fetched(engine, rows.group_by("source", "kind").agg(records=_.count()))
    departments = sorted({row["source"] for row in counted} - {""})
    merged = night.merged.count() if night.merged is not None else ibis.literal(0)
    return {
        **_tally(counted),
        "persons_merged": int(fetched(engine, merged.name("n").as_table())[0]["n"]),
        "by_department": [
            {
                "department": source,
                "title": night.titles.get(source, source),
                **_tally([row for row in counted if row["source"] == source]),
            }
            for source in departments
        ],
    }


def _resolved(before: ir.Table, merged: ir.Table | None) -> ir.Table:
    """record_key, was and was_person: the person of the night before, under the id it has now."""
    then = before.select("record_key", was="decision", person_id="person_id")
    if merged is None:
        return then.rename(was_person="person_id")
    into = merged.group_by("person_id").agg(into=_.into_person_id.min())
    met = then.left_join(into, "person_id")
    return met.select("record_key", "was", was_person=ibis.coalesce(met.into, met.person_id))


def _kind(rows: ir.Table) -> ir.StringValue:
    is_in, was_in = rows.decision == DECIDED, rows.was == DECIDED
    return ibis.cases(
        (rows.was.isnull(), "appeared"),
        (rows.decision.isnull(), "vanished"),
        (is_in & ~was_in, "gained"),
        (~is_in & was_in, "lost"),
        (is_in & (rows.person_id != rows.was_person), "moved"),
        (~is_in & (rows.decision == DOUBTFUL) & (rows.was != DOUBTFUL), "doubt_raised"),
        (~is_in & (rows.decision != DOUBTFUL) & (rows.was == DOUBTFUL), "doubt_settled"),
        else_="unchanged",
    )


def _tally(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {kind: sum(row["records"] for row in rows if row["kind"] == kind) for kind in KINDS}
