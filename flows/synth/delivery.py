"""What every office delivers on every night, and the truth about each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from data_contracts.sources import SOURCES
from data_contracts.terms import DeliveryKind
from flows.synth.calendar import day_number
from flows.synth.departments.terms import Department
from flows.synth.formats import encoded
from flows.synth.records import kept_by
from flows.synth.rendering import cells, numeric_headers
from flows.synth.world import World


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One file of one office on one night; `truth` has a row for each of its rows."""

    night: date
    source: str
    file_name: str
    content: bytes
    truth: pl.DataFrame


def deliveries(world: World, department: Department) -> Iterator[Delivery]:
    """Every file an office sends, baseline first; who has nothing new sends nothing."""
    source, form = SOURCES[department.source], department.form
    records = kept_by(world, department).with_row_index("nth")
    last = -(2**40)
    for night, day in enumerate(world.calendar.dates):
        if not department.delivers(night):
            continue
        today = day_number(day)
        since = min(last, today - department.looks_back)
        known = department.as_of(_known(records, source.delivery, since, today), today)
        last = today
        if known.is_empty():
            continue
        rows = cells(known, source, form, department.extras)
        name = f"{department.title}_{day:%Y%m%d}.{form.suffix}"
        yield Delivery(
            night=day,
            source=department.source,
            file_name=name,
            content=encoded(rows, form, numeric_headers(source, form), day),
            truth=_truth(known, department.source, name, day),
        )


def _known(records: pl.DataFrame, kind: DeliveryKind, since: int, today: int) -> pl.DataFrame:
    """The rows of a file: all that stands (full), or what is new since the last one."""
    if kind is DeliveryKind.FULL:
        rows = records.filter((pl.col("since") < today) & (pl.col("until") >= today))
    else:
        rows = records.filter(pl.col("since").is_between(since, today - 1)).sort("since", "nth")
    if kind is DeliveryKind.CHANGES:
        rows = rows.unique("record", keep="last", maintain_order=True)
    repeated = rows.filter("twice").with_columns(again=pl.lit(True))
    rows = pl.concat([rows.with_columns(again=pl.lit(False)), repeated])
    order = ["nth", "again"] if kind is DeliveryKind.FULL else ["since", "nth", "again"]
    return rows.sort(order)


def _truth(known: pl.DataFrame, source: str, name: str, day: date) -> pl.DataFrame:
    bad = pl.when(pl.col("bad") != "").then(pl.lit("bad:") + pl.col("bad"))
    twice = pl.when(pl.col("again")).then(pl.lit("duplicate_row"))
    return known.select(
        source=pl.lit(source),
        file_name=pl.lit(name),
        night=pl.lit(day),
        row=pl.int_range(1, pl.len() + 1),
        truth_person="person",
        dirt=pl.concat_list("dirt", pl.concat_list(bad, twice).list.drop_nulls()),
    )
