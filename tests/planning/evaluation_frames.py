"""What a night came to, drawn with pipes."""

from datetime import date

import ibis
import polars as pl

from flows.planning.evaluation import Evaluated
from tests.drawn import drawn

_FINDING = {
    "household_id": "string",
    "person_id": "string",
    "signal": "string",
    "severity": "int8",
    "measure": "decimal(16, 2)",
    "occurred_on": "date",
    "age": "int64",
    "township_code": "string",
}
_WAITING = {
    "household_id": "string",
    "state": "string",
    "position": "int64",
    "township_code": "string",
}


def findings(text: str) -> pl.DataFrame:
    """Drawn findings; a column that is left out is unknown, a person is the household's only one."""
    rows = _frame(text, _FINDING)
    return rows.with_columns(
        person_id=pl.coalesce("person_id", pl.col("household_id").str.replace("H", "P")),
        occurred_on=pl.coalesce("occurred_on", pl.lit(date(2026, 11, 1))),
        severity=pl.coalesce("severity", pl.lit(2, pl.Int8)),
    )


def night(found: str, waiting: str) -> Evaluated:
    """A night of drawn findings and a drawn worklist."""
    return Evaluated(findings=findings(found), worklist=_frame(waiting, _WAITING))


def _frame(text: str, schema: dict[str, str]) -> pl.DataFrame:
    header = [cell.strip() for cell in text.strip().splitlines()[0].split("|")]
    told = drawn(text, **{name: schema[name] for name in header})
    missing = {name: kind for name, kind in schema.items() if name not in header}
    full = told.mutate(**{name: ibis.null(kind) for name, kind in missing.items()})
    return pl.from_arrow(full.select(*schema).to_pyarrow())
