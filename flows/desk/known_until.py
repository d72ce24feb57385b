"""Up to which day each department's data go, as the papers that leave the desk say it."""

from __future__ import annotations

from datetime import date

from flows.desk.page import Visit
from flows.freshness import known_until


def known_of_sources(visit: Visit) -> str:
    """The published night's sources with their days, the oldest first, as on a work order."""
    rows = visit.snapshot.rows(
        "SELECT source, last_business_date FROM source_status WHERE last_business_date IS NOT NULL"
    )
    newest = {row["source"]: date.fromisoformat(row["last_business_date"]) for row in rows}
    return known_until(newest, visit.home.config.sources)
