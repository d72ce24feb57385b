"""The profile of a delivery: what it looked like, in counts and rounded figures.

No value of a person stands in it. Codes are told by the meanings of the declared list; a figure that
fewer than five rows share is left out. Amounts are told as log10, days as day numbers rounded to ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import duckdb

from data_contracts.terms import Column, Kind, Source
from flows.receive.header import mapped
from flows.receive.judgement import Judgement

FEWEST = 5
"""Fewer rows than this are people and not a figure."""

SHARES_NEED = 20
"""So many rows before a share of them says anything."""

LOOKED_AT = 200_000
"""At most so many rows, spread evenly, are looked at."""

AMOUNTS = frozenset({Kind.MONEY, Kind.NUMBER, Kind.INTEGER})
DAYS = frozenset({Kind.DATE, Kind.MONTH, Kind.DAY_OR_MONTH})

_ROUNDED_DAYS = 10
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, kw_only=True)
class ColumnProfile:
    """One declared column: how often it is filled, what share its commonest meanings have, figures.

    `figures` holds, by kind: low, middle, high, spread and nonzero (amounts, in log10), ratio and
    ratio_spread (to the first amount of the same row), middle and spread (days, as day numbers), gap
    and gap_spread (days since the day that dates the same row), length, han and digits (texts).
    """

    filled: int
    codes: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One delivery. `titles` is the header as written, in its order; `shares` concern whole rows."""

    night: date
    rows: int
    looked_at: int
    as_of: date | None
    day_named: bool = False
    released: bool
    encoding: str
    delimiter: str
    announced: bool
    titles: Mapping[str, str]
    undeclared: tuple[str, ...]
    columns: Mapping[str, ColumnProfile]
    shares: Mapping[str, float]

    def as_json(self) -> dict[str, Any]:
        """Plain values, as the ledger keeps them, which does not keep the order of names."""
        days = {"night": str(self.night), "as_of": str(self.as_of) if self.as_of else None}
        return asdict(self) | days | {"titles": list(self.titles.items())}


def profile_from(tree: Mapping[str, Any]) -> Profile:
    """The profile that the ledger kept."""
    return Profile(
        **{
            **tree,
            "night": date.fromisoformat(tree["night"]),
            "as_of": date.fromisoformat(tree["as_of"]) if tree["as_of"] else None,
            "titles": dict(tree["titles"]),
            "undeclared": tuple(tree["undeclared"]),
            "columns": {name: ColumnProfile(**one) for name, one in tree["columns"].items()},
        }
    )


def profile_of(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    judgement: Judgement,
    on: date,
    shares: Mapping[str, float],
    *,
    released: bool,
    announced: bool,
) -> Profile:
    """The profile of the delivery whose good rows stand in `good`."""
    header = mapped(judgement.header, source)
    step = max(1, judgement.rows // LOOKED_AT)
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW drift_rows AS FROM good WHERE row % {step} = 0"
        if step > 1
        else "CREATE OR REPLACE TEMP VIEW drift_rows AS FROM good"
    )
    counted = _row(connection, "SELECT count(*) AS looked_at FROM drift_rows")["looked_at"]
    money = [name for name in header.places if source.columns[name].kind is Kind.MONEY]
    dated = source.dated_by if source.dated_by in header.places else None
    columns = {
        name: _column(connection, name, source.columns[name], money[0] if money else name, dated)
        for name in header.places
    }
    agreeing = _agreement(connection, header.places)
    connection.execute("DROP VIEW drift_rows")
    return Profile(
        night=on,
        rows=judgement.rows,
        looked_at=counted,
        as_of=judgement.as_of,
        day_named=judgement.day_named,
        released=released,
        encoding=judgement.encoding,
        delimiter=judgement.delimiter,
        announced=announced,
        titles=dict(sorted(header.titles.items(), key=lambda one: header.places[one[0]])),
        undeclared=header.undeclared,
        columns=columns,
        shares={**shares, **agreeing},
    )


def _column(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    column: Column,
    anchor: str,
    dated: str | None,
) -> ColumnProfile:
    filled = _row(connection, f'SELECT count("{name}") AS filled FROM drift_rows')["filled"]
    if filled < FEWEST:
        return ColumnProfile(filled=0)
    if column.kind is Kind.CODE:
        return ColumnProfile(filled=filled, codes=dict(_codes(connection, name)))
    if column.kind in AMOUNTS:
        found = _row(connection, _AMOUNTS.format(name=name))
        if column.kind is Kind.MONEY and name != anchor:
            found |= _row(connection, _RATIOS.format(name=name, anchor=anchor))
    elif column.kind in DAYS:
        found = _row(connection, _DAYS.format(name=name))
        found["middle"] = _ROUNDED_DAYS * round(found["middle"] / _ROUNDED_DAYS)
        if dated and dated != name:
            found |= _row(connection, _GAPS.format(name=name, anchor=dated))
    else:
        found = _row(connection, _TEXTS.format(name=name))
    figures = {what: round(float(value), 2) for what, value in found.items() if value is not None}
    return ColumnProfile(filled=filled, figures=figures)


def _codes(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[tuple[str, int]]:
    yield from connection.execute(
        f'SELECT "{name}", count(*) FROM drift_rows WHERE "{name}" IS NOT NULL '
        f"GROUP BY ALL HAVING count(*) >= {FEWEST} ORDER BY ALL"
    ).fetchall()


_AMOUNTS = f"""
WITH logs AS (SELECT log10(abs(CAST("{{name}}" AS DOUBLE))) AS x FROM drift_rows WHERE "{{name}}" <> 0)
SELECT quantile_cont(x, 0.1) AS low, quantile_cont(x, 0.5) AS middle, quantile_cont(x, 0.9) AS high,
       (quantile_cont(x, 0.75) - quantile_cont(x, 0.25)) / 1.35 AS spread, count(*) AS nonzero
FROM logs HAVING count(*) >= {FEWEST}"""

_RATIOS = f"""
WITH logs AS (SELECT log10(abs(CAST("{{name}}" AS DOUBLE) / CAST("{{anchor}}" AS DOUBLE))) AS x
              FROM drift_rows WHERE "{{name}}" <> 0 AND "{{anchor}}" <> 0)
SELECT quantile_cont(x, 0.5) AS ratio,
       (quantile_cont(x, 0.75) - quantile_cont(x, 0.25)) / 1.35 AS ratio_spread
FROM logs HAVING count(*) >= {FEWEST}"""

_DAYS = """
WITH days AS (SELECT CAST("{name}" AS DATE) - DATE '1970-01-01' AS x FROM drift_rows
              WHERE "{name}" IS NOT NULL)
SELECT quantile_cont(x, 0.5) AS middle,
       (quantile_cont(x, 0.75) - quantile_cont(x, 0.25)) / 1.35 AS spread
FROM days"""

_GAPS = f"""
WITH gaps AS (SELECT CAST("{{name}}" AS DATE) - CAST("{{anchor}}" AS DATE) AS x FROM drift_rows
              WHERE "{{name}}" IS NOT NULL AND "{{anchor}}" IS NOT NULL)
SELECT quantile_cont(x, 0.5) AS gap,
       (quantile_cont(x, 0.75) - quantile_cont(x, 0.25)) / 1.35 AS gap_spread
FROM gaps HAVING count(*) >= {FEWEST}"""

_TEXTS = """
SELECT quantile_cont(length("{name}"), 0.5) AS length,
       avg(CAST(regexp_matches("{name}", '[\\x{{3400}}-\\x{{9FFF}}]') AS INT)) AS han,
       avg(CAST(regexp_matches("{name}", '[0-9]') AS INT)) AS digits
FROM drift_rows WHERE "{name}" IS NOT NULL"""


def _agreement(
    connection: duckdb.DuckDBPyConnection, delivered: Mapping[str, int]
) -> dict[str, float]:
    """How often birth date and sex agree with the number beside them: a column out of step shows."""
    found: dict[str, float] = {}
    if "id_number" not in delivered:
        return found
    for name, agrees in _AGREES.items():
        if name in delivered:
            row = _row(
                connection,
                f"SELECT avg(CAST({agrees} AS INT)) AS share FROM drift_rows "
                f'WHERE length(id_number) = 18 AND "{name}" IS NOT NULL '
                f"HAVING count(*) >= {4 * FEWEST}",
            )
            if row:
                found[f"{name}_agrees"] = round(row["share"], 3)
    return found


_AGREES = {
    "birth_date": "substr(id_number, 7, 8) = strftime(birth_date, '%Y%m%d')",
    "sex": "(try_cast(substr(id_number, 17, 1) AS INT) % 2 = 1) = (sex = 'male')",
}


def _row(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, Any]:
    """The single row of a query by column name, or nothing."""
    found = connection.execute(sql)
    titles = [one[0] for one in found.description or ()]
    row = found.fetchone()
    return dict(zip(titles, row, strict=True)) if row else {}
