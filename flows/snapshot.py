"""The published database: what consoles and exports read. Masked; raw identities stay behind.

Details (members, timeline, proofs) are there only for households with findings.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from data_contracts.records import RECORDS
from data_contracts.terms import FactType, Kind, Source
from flows import files
from flows.engine import Engine
from flows.publish.wording import last4, masked_name
from flows.visit_deaths import death_proofs
from flows.why_told import whys
from transforms.signals import SIGNALS


def write_snapshot(
    engine: Engine, path: Path, sources: dict[str, Source], frames: dict[str, pl.DataFrame]
) -> None:
    """Write a whole new snapshot aside; the night renames it into place."""
    files.remove(path)
    files.attach_duckdb(engine.duckdb, path, "snapshot")
    try:
        for name, sql in _TABLES.items():
            engine.duckdb.execute(f"CREATE TABLE snapshot.{name} AS {sql}")
        made = {
            **frames,
            "member": _members(engine),
            "timeline": _timeline(engine, sources),
            "signal": _signals(),
        }
        made["proof"] = _proofs(engine, made["timeline"])
        for name, frame in made.items():
            engine.duckdb.register("incoming_rows", frame.to_arrow())
            engine.duckdb.execute(f"CREATE TABLE snapshot.{name} AS FROM incoming_rows")
            engine.duckdb.unregister("incoming_rows")
    finally:
        engine.duckdb.execute("DETACH snapshot")
    path.chmod(files.FILE_MODE)


_TABLES = {
    "link": """
        SELECT link.source, delivery.delivery, sighting.row, sighting.line, link.record_key,
               link.person_id, link.household_id, link.decision, link.how, link.probability
        FROM link JOIN sighting USING (record_key) JOIN delivery USING (arrival)
        WHERE delivery.source = link.source
        ORDER BY link.source, delivery.arrival, sighting.row
    """,
}

_LISTED = "household_id IN (SELECT household_id FROM finding)"


def _members(engine: Engine) -> pl.DataFrame:
    rows = engine.rows(
        f"""
        SELECT people.household_id, people.person_id, identity.name, people.sex, people.age,
               people.relation, identity.id_clean, people.life_status, people.township_code,
               people.place_source, people.place_on, household_of.how AS household_how,
               household_of.since AS household_since
        FROM people LEFT JOIN best_name AS identity USING (person_id)
        LEFT JOIN household_of USING (person_id)
        WHERE people.{_LISTED} ORDER BY people.household_id, age DESC NULLS LAST, person_id
        """
    )
    masked = [
        {
            **{key: row[key] for key in row if key not in {"name", "id_clean"}},
            "name": masked_name(row["name"]) if row["name"] else "(无姓名)",
            "id_last4": last4(row["id_clean"]) if row["id_clean"] else "",
        }
        for row in rows
    ]
    return _frame(masked, _MEMBER)


def _timeline(engine: Engine, sources: dict[str, Source]) -> pl.DataFrame:
    labels = {name: labels_of(source) for name, source in sources.items()}
    why = whys(engine, f"link.{_LISTED}")
    rows: list[dict[str, Any]] = []
    for record in RECORDS:
        for row in engine.rows(_TIMELINE.format(record=record, listed=_LISTED)):
            source = sources[row["source"]]
            rows.append(
                {
                    **{name: row[name] for name in _TIMELINE_COLUMNS if name in row},
                    "record": record,
                    "source_title": source.title,
                    "what": describe(record, row, labels[source.name]),
                    "why_zh": why.get(row["record_key"]),
                }
            )
    frame = _frame(rows, _TIMELINE_COLUMNS)
    return frame.sort("household_id", "happened_on", "record_key", nulls_last=True)


def describe(record: str, row: dict[str, Any], labels: dict[str, dict[str, str]]) -> str:
    """A record's facts as one Chinese line: '月待遇 1,200.00 元;发放状态 正常发放'."""
    parts = []
    for name, fact in RECORDS[record].columns.items():
        value = row.get(name)
        if value is None or value == "":
            continue
        title = fact.means.split("(")[0]
        parts.append(f"{title} {_said(value, fact.type, labels.get(name, {}))}")
    return ";".join(parts)


def _said(value: Any, kind: FactType, labels: dict[str, str]) -> str:
    if kind is FactType.MONEY:
        return f"{value:,.2f} 元"
    if kind is FactType.NUMBER:
        return f"{value.normalize():,f}"
    if isinstance(value, date):
        return value.isoformat()
    return labels.get(str(value), str(value))


def labels_of(source: Source) -> dict[str, dict[str, str]]:
    """For each code column, the department's own Chinese word for each meaning."""
    found: dict[str, dict[str, str]] = {}
    for name, column in source.columns.items():
        if column.kind is Kind.CODE:
            words = {
                m: code for code, m in reversed(list(column.codes.items())) if _is_chinese(code)
            }
            found[name] = words
    return found


def _is_chinese(text: str) -> bool:
    return any("一" <= character <= "鿿" for character in text)


def _proofs(engine: Engine, timeline: pl.DataFrame) -> pl.DataFrame:
    proofs: Any = pl.from_arrow(
        engine.arrow("SELECT DISTINCT signal, person_id, record_key FROM proof ORDER BY ALL")
    )
    told = death_proofs(engine)
    seen = pl.concat([timeline.select(told.columns), told])
    found: pl.DataFrame = proofs.join(seen, on="record_key", how="left")
    return found.sort("signal", "person_id", "happened_on", "record_key", nulls_last=True)


def _signals() -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "name": one.name,
                "code": one.code,
                "title": one.title,
                "means": one.means,
                "reference": str(one.reference),
            }
            for one in SIGNALS.values()
        ]
    )


def _frame(rows: list[dict[str, Any]], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


_TIMELINE = """
SELECT link.household_id, link.person_id, link.source, link.record_key, link.how,
       link.probability, identity.dated AS happened_on, delivery.delivery, delivery.file_name,
       record.line, record.row AS delivered_row, record.row, fact.* EXCLUDE (record_key, person_id)
FROM fact_{record} AS fact
JOIN link USING (record_key)
JOIN known_identities AS identity USING (record_key)
JOIN record_{record} AS record
  ON record.record_key = identity.record_key AND record.version = identity.version
 AND record.source = identity.source
JOIN delivery ON delivery.arrival = record.arrival
WHERE link.{listed}
ORDER BY ALL
"""

_MEMBER = {
    "household_id": pl.String,
    "person_id": pl.String,
    "name": pl.String,
    "sex": pl.String,
    "age": pl.Int64,
    "relation": pl.String,
    "id_last4": pl.String,
    "life_status": pl.String,
    "township_code": pl.String,
    "place_source": pl.String,
    "place_on": pl.Date,
    "household_how": pl.String,
    "household_since": pl.Date,
}

_TIMELINE_COLUMNS = {
    "household_id": pl.String,
    "person_id": pl.String,
    "record": pl.String,
    "source": pl.String,
    "source_title": pl.String,
    "happened_on": pl.Date,
    "what": pl.String,
    "delivery": pl.String,
    "file_name": pl.String,
    "line": pl.Int64,
    "row": pl.Int64,
    "record_key": pl.String,
    "how": pl.String,
    "probability": pl.Float64,
    "why_zh": pl.String,
}
