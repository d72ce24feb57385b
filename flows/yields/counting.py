"""Counts by group, stage after stage; every stage is a part of the one before."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

Chain = tuple[int, ...]
Cell = tuple[str, str]
"""A grouping and a group; TOTAL stands for everybody."""

TOTAL: Cell = ("total", "total")
HOUSEHOLDS = ("flagged", "issued")
PEOPLE = ("people", "flagged", "issued")
ORDERS = ("orders", "visited", "confirmed", "helped")


def by_order(rows: pl.DataFrame, groupings: Mapping[str, pl.DataFrame]) -> dict[Cell, Chain]:
    """ORDERS for all of `rows` and for every group of each grouping's own rows (column `group`)."""
    return _counted(rows, groupings, _order_stages())


def by_household(rows: pl.DataFrame, groupings: Mapping[str, pl.DataFrame]) -> dict[Cell, Chain]:
    """HOUSEHOLDS, one row of `rows` and of each grouping being one flagged household."""
    return _counted(rows, groupings, [pl.len(), pl.col("issued").sum()])


def by_person(rows: pl.DataFrame, groupings: Mapping[str, pl.DataFrame]) -> dict[Cell, Chain]:
    """PEOPLE, one row of `rows` and of each grouping being one person, flagged or not."""
    stages = [pl.len(), pl.col("flagged").sum(), pl.col("issued").sum()]
    return _counted(rows, groupings, stages)


def _order_stages() -> list[pl.Expr]:
    return [pl.len(), *(pl.col(stage).sum() for stage in ORDERS[1:])]


def _counted(
    rows: pl.DataFrame, groupings: Mapping[str, pl.DataFrame], stages: list[pl.Expr]
) -> dict[Cell, Chain]:
    named = [stage.alias(str(place)) for place, stage in enumerate(stages)]
    counted = {TOTAL: _chain(rows.select(named).row(0))}
    for grouping, grouped in groupings.items():
        found = grouped.group_by("group").agg(named).sort("group")
        counted |= {(grouping, row[0]): _chain(row[1:]) for row in found.iter_rows()}
    return counted


def _chain(row: tuple[int | None, ...]) -> Chain:
    return tuple(int(count or 0) for count in row)
