"""What Excel keeps as a number is put back into the text that the column means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from data_contracts.terms import Column, Kind
from transforms.columns import DIGITS_MATTER

_SERIAL = r"^[2-5][0-9]{4}(\.[0-9]+)?$"
_LONG_FRACTION = r"^-?[0-9]+\.[0-9]{5,}$"
_DAY_ZERO, _DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
_EXACT_DIGITS = ".15g"
"""Excel itself is exact to fifteen digits; the rest of a binary fraction is noise."""


def as_text(
    grid: Any, columns: Mapping[int, Column], lost_numbers: frozenset[str], *, starts_in_1904: bool
) -> Any:
    """A grid of text in which declared columns hold days, amounts and numbers as people write them."""
    day_zero = _DAY_ZERO_1904 if starts_in_1904 else _DAY_ZERO
    changed = [
        _column_as_text(grid.to_series(at), column, lost_numbers, day_zero)
        for at, column in columns.items()
    ]
    return grid.with_columns(changed)


def _column_as_text(
    cells: Any, column: Column, lost_numbers: frozenset[str], day_zero: date
) -> Any:
    match column.kind:
        case Kind.DATE | Kind.MONTH | Kind.DAY_OR_MONTH:
            return _serials_as_days(cells, day_zero)
        case Kind.MONEY | Kind.NUMBER:
            return _replaced(cells, _LONG_FRACTION, lambda text: format(float(text), _EXACT_DIGITS))
        case kind if kind in DIGITS_MATTER and lost_numbers:
            shown = {text: f"{float(text):.5E}" for text in sorted(lost_numbers)}
            return cells.replace(list(shown), list(shown.values()))
        case _:
            return cells


def _serials_as_days(cells: Any, day_zero: date) -> Any:
    whole = cells.str.extract(r"^([0-9]+)", 1).cast(pl.Int64, strict=False)
    days = (pl.lit(day_zero) + pl.duration(days=whole)).dt.to_string("%Y-%m-%d")
    return pl.select(
        pl.when(cells.str.contains(_SERIAL)).then(days).otherwise(cells).alias(cells.name)
    ).to_series()


def _replaced(cells: Any, form: str, spelled: Any) -> Any:
    odd = cells.filter(cells.str.contains(form)).unique().sort()
    return cells.replace(odd, [spelled(text) for text in odd]) if odd.len() else cells
