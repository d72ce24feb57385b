"""Whom every known record is really about, where the HOME is a synthetic one."""

from __future__ import annotations

from typing import Any

from flows.engine import Engine
from flows.home import Home

_ARRIVAL = 10**10
"""link_rows.rid is arrival * 10^10 + row."""

_TRUTH = f"""
CREATE OR REPLACE TEMP TABLE linkage_truth AS
SELECT link_rows.record_key, any_value(truth.truth_person) AS truth_person
FROM link_rows
JOIN delivery ON delivery.arrival = link_rows.rid // {_ARRIVAL}
JOIN read_parquet(?) AS truth
  ON truth.source = delivery.source AND truth.file_name = delivery.file_name
 AND truth.row = link_rows.rid % {_ARRIVAL}
GROUP BY link_rows.record_key HAVING count(DISTINCT truth.truth_person) = 1
"""


def truth_rows(engine: Engine, home: Home) -> Any | None:
    """Make `linkage_truth` (record_key, truth_person) from HOME/truth; None for a real county."""
    path = home.root / "truth" / "rows.parquet"
    if not path.is_file():
        return None
    engine.duckdb.execute(_TRUTH, [str(path)])
    return engine.table("linkage_truth")
