"""The snapshot's small tables: the night, its sources, the worklist, findings in words."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import polars as pl

from data_contracts.policy.shared import SHARED
from flows import reference
from flows.case_frames import case_frame
from flows.cases import Case
from flows.desk_frames import desk_frames
from flows.order_lines import Orders
from flows.publish.wording import Figures, county_sentence, masked_name
from flows.tonight import Tonight
from transforms.signal import Signal
from transforms.signals import SIGNALS


def snapshot_frames(
    tonight: Tonight,
    orders: Orders,
    report: dict[str, Any],
    doubts: pl.DataFrame,
    known: list[Case],
) -> dict[str, pl.DataFrame]:
    """Table name to rows, masked."""
    findings = _findings(tonight)
    return {
        "night": _night(report),
        "source_status": _source_status(report),
        "drift": _drift(report),
        "worklist": _worklist(tonight, orders, findings),
        "finding": findings,
        "township": _townships(tonight),
        "doubt": doubts,
        "case": case_frame(tonight, known, list(orders.ledger)),
        "situation": _situations(tonight),
        "policy": _shared_policy(tonight),
        **desk_frames(tonight, report),
    }


def _situations(tonight: Tonight) -> pl.DataFrame:
    found: Any = pl.from_arrow(
        tonight.engine.arrow("SELECT * FROM situation ORDER BY household_id")
    )
    return found


def _shared_policy(tonight: Tonight) -> pl.DataFrame:
    """The shared values in force, as the officers' pages quote them."""
    night, policy = tonight.inputs.night, tonight.question.policy
    rows = [
        (name, parameter.means, _plain(value.value), parameter.unit, value.document, value.since)
        for name, parameter in SHARED.items()
        for value in [policy.value(name, night)]
    ]
    return pl.DataFrame(rows, schema=_POLICY, orient="row")


def _plain(value: Any) -> str:
    return f"{len(value)} 项" if isinstance(value, tuple) else str(value)


def _night(report: dict[str, Any]) -> pl.DataFrame:
    row = {
        "on": report["night"],
        "number": report["number"],
        "state": report["state"],
        "message": report["message_zh"],
        "site": report["site"],
    }
    return pl.DataFrame([row]).with_columns(pl.col("on").str.to_date())


def _source_status(report: dict[str, Any]) -> pl.DataFrame:
    rows = []
    for source in report["sources"]:
        last = source["deliveries"][-1] if source["deliveries"] else {}
        rows.append(
            {
                "source": source["source"],
                "title": source["title"],
                "supplier": source["supplier"],
                "last_delivery": last.get("delivery"),
                "last_business_date": source["latest"],
                "late_days": source["late_days"],
                **{
                    name: sum(one[name] for one in source["deliveries"])
                    for name in ("rows", "loaded", "quarantined", "duplicate")
                },
                "verdict": last.get("verdict"),
                "message": ";".join(failed["reason"] for failed in last.get("failed", [])),
            }
        )
    return pl.DataFrame(rows, schema=_SOURCE_STATUS)


def _drift(report: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(report["drift"], schema=_DRIFT).with_columns(pl.col("last").str.to_date())


def _worklist(tonight: Tonight, orders: Orders, findings: pl.DataFrame) -> pl.DataFrame:
    ordered = _last_order(tonight, orders)
    sentences: dict[str, list[str]] = defaultdict(list)
    for row in findings.iter_rows(named=True):
        sentences[row["household_id"]].append(row["sentence"])
    townships = reference.townships(tonight.config.site.county)
    villages = reference.villages(tonight.config.site.county)
    rows = []
    for row in tonight.rows(_WORKLIST):
        order_no, due_on = ordered.get(row["household_id"], (None, None))
        rows.append(
            {
                **row,
                "lead_name": masked_name(row["lead_name"]) or "(无姓名)",
                "township_name": townships.get(row["township_code"] or "", "乡镇不明"),
                "village_name": villages.get(row["village_code"] or "", ""),
                "order_no": order_no,
                "due_on": due_on,
                "sentences": "\n".join(dict.fromkeys(sentences[row["household_id"]])),
            }
        )
    return pl.DataFrame([{name: row.get(name) for name in _LISTED} for row in rows], schema=_LISTED)


def _last_order(tonight: Tonight, orders: Orders) -> dict[str, tuple[str, date]]:
    """Each household's last order, tonight's included: its number and by when to visit."""
    issued = [*tonight.issued, *orders.ledger]
    present = tonight.minted.household_into
    return {
        present.get(order.household_id, order.household_id): (
            order.order_no,
            date.fromisoformat(str(order.printed["due"])),
        )
        for order in issued
    }


def _findings(tonight: Tonight) -> pl.DataFrame:
    rows = [
        {
            **{name: row[name] for name in ("household_id", "person_id", "signal")},
            "title": SIGNALS[row["signal"]].title,
            "severity": row["severity"],
            "measure": row["measure"],
            "occurred_on": row["occurred_on"],
            "first_found": row["first_found"],
            "sentence": county_sentence(SIGNALS[row["signal"]].county_sentence, Figures.of(row)),
            "verify": SIGNALS[row["signal"]].verify,
            "reference": str(SIGNALS[row["signal"]].reference),
            "parameters": _parameters(tonight, SIGNALS[row["signal"]]),
            "history_note": _history_note(tonight, SIGNALS[row["signal"]]),
            "seen_to": _seen_to(row),
            "is_sensitive": row["is_sensitive"],
        }
        for row in tonight.rows(
            "SELECT finding.*, people.age, weighed.answered, weighed.covered "
            "FROM finding JOIN people USING (person_id) "
            "LEFT JOIN finding_weighed AS weighed USING (person_id, signal) ORDER BY ALL"
        )
    ]
    return pl.DataFrame(rows, schema=_FINDING)


def _seen_to(row: dict[str, Any]) -> str | None:
    """Why a finding makes nobody go tonight, if so."""
    if row["answered"]:
        return "事后已获得对应的救助"
    return "已派单或在冷却期内" if row["covered"] else None


def _parameters(tonight: Tonight, signal: Signal) -> str:
    lines = []
    for parameter in signal.parameters:
        name = parameter.name if parameter.shared else f"{signal.name}.{parameter.name}"
        value = tonight.question.policy.value(name, tonight.inputs.night)
        lines.append(
            f"{parameter.means}:{_plain(value.value)}{parameter.unit}({value.document},{value.since} 起)"
        )
    return "\n".join(lines)


def _history_note(tonight: Tonight, signal: Signal) -> str | None:
    if signal.history is None:
        return None
    record, parameter = signal.history
    limits = tonight.question.policy.limits(signal, tonight.inputs.night)
    days = int(getattr(limits, parameter))
    if tonight.question.coverage.history_reaches(record, days):
        return None
    return f"该来源历史不足 {days} 天,不能断言为“新发”"


def _townships(tonight: Tonight) -> pl.DataFrame:
    townships = reference.townships(tonight.config.site.county)
    return pl.DataFrame(
        sorted(townships.items()), schema={"code": pl.String, "name": pl.String}, orient="row"
    )


_WORKLIST = """
SELECT worklist.*, best_name.name AS lead_name,
       (SELECT string_agg(DISTINCT signal, ',' ORDER BY signal) FROM finding
        WHERE finding.household_id = worklist.household_id) AS signals
FROM worklist LEFT JOIN best_name ON best_name.person_id = worklist.lead_person_id
ORDER BY worklist.township_code NULLS LAST, worklist.position NULLS LAST, worklist.household_id
"""

_DRIFT = {
    **dict.fromkeys(("source", "title", "delivery", "file_name", "column", "kind"), pl.String),
    **{"said": pl.String, "last": pl.String, "holds": pl.Boolean, "verdict": pl.String},
}

_SOURCE_STATUS = {
    "source": pl.String,
    "title": pl.String,
    "supplier": pl.String,
    "last_delivery": pl.String,
    "last_business_date": pl.String,
    "late_days": pl.Int64,
    "rows": pl.Int64,
    "loaded": pl.Int64,
    "quarantined": pl.Int64,
    "duplicate": pl.Int64,
    "verdict": pl.String,
    "message": pl.String,
}

_LISTED = {
    "household_id": pl.String,
    "severity": pl.Int8,
    "state": pl.String,
    "state_reason": pl.String,
    "position": pl.Int64,
    "township_code": pl.String,
    "township_name": pl.String,
    "village_name": pl.String,
    "order_no": pl.String,
    "due_on": pl.Date,
    "first_found": pl.Date,
    "need": pl.Int64,
    "signal_count": pl.Int64,
    "rests_until": pl.Date,
    "signals": pl.String,
    "lead_person_id": pl.String,
    "lead_name": pl.String,
    "sentences": pl.String,
}

_POLICY = {
    "name": pl.String,
    "means": pl.String,
    "value": pl.String,
    "unit": pl.String,
    "document": pl.String,
    "since": pl.Date,
}

_FINDING = {
    "household_id": pl.String,
    "person_id": pl.String,
    "signal": pl.String,
    "title": pl.String,
    "severity": pl.Int8,
    "measure": pl.Decimal(16, 2),
    "occurred_on": pl.Date,
    "first_found": pl.Date,
    "sentence": pl.String,
    "verify": pl.String,
    "reference": pl.String,
    "parameters": pl.String,
    "history_note": pl.String,
    "seen_to": pl.String,
    "is_sensitive": pl.Boolean,
}
