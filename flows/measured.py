"""The snapshot's table `measured`: what the night measured of itself, as it told it in its pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

YIELD, LINKAGE = "yield", "linkage"
"""The rows: flows/yields/telling.py and flows/linkage_report/quality.py as JSON."""


def measured_frame(yields: Mapping[str, Any], linkage: Mapping[str, Any]) -> pl.DataFrame:
    """One row a page: name, told."""
    told = {YIELD: yields, LINKAGE: linkage}
    texts = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in told.values()]
    return pl.DataFrame({"name": list(told), "told": texts})
