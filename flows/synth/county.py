"""Fill a HOME with one synthetic county."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from flows import files
from flows.errors import UsageError
from flows.synth import truth
from flows.synth.calendar import Calendar, day_date
from flows.synth.delivery import Delivery, deliveries
from flows.synth.departments import DEPARTMENTS
from flows.synth.hardship import hardship
from flows.synth.places import places_of
from flows.synth.world import World, imagine

INBOX_BY_NIGHT, TRUTH = "inbox-by-night", "truth"
_LEAST_RESIDENTS = 500
_COMPLETE_FROM_BACKFILL = (
    "hospital_discharge",
    "medical_settlement",
    "incident",
    "death",
    "field_lead",
)


@dataclass(frozen=True, kw_only=True)
class County:
    """What was made: where, how much, and since when each source is complete."""

    county_code: str
    county_name: str
    first_night: date
    nights: int
    residents: int
    households: int
    hardships: int
    files: int
    rows: Mapping[str, int]
    story_person: int
    story_name: str
    story_township: str
    story_night: date
    complete_since: Mapping[str, date]


def synthesise(
    home: Path,
    *,
    residents: int,
    nights: int,
    seed: int,
    first_night: date = date(2026, 11, 15),
    county: str = "370881",
    story_village: str = "370881102227",
    story_name: str | None = None,
) -> County:
    """Write a county's files and truth under `home`; the same arguments give the same bytes."""
    if residents < _LEAST_RESIDENTS or nights < 1 or seed < 0:
        raise UsageError(
            f"人数至少 {_LEAST_RESIDENTS},夜数至少 1,随机种子不能为负;请修改参数后重试。"
        )
    calendar = Calendar(first_night=first_night, nights=nights)
    places = places_of(county, story_village, seed)
    world = imagine(places, calendar, residents=residents, seed=seed, story_name=story_name)
    rows = _write_deliveries(home, world)
    need = hardship(world)
    _write_truth(home, world, rows=rows, hardship=need)
    return _summary(world, rows, need.height)


def _write_truth(home: Path, world: World, **tables: pl.DataFrame) -> None:
    everything = {**tables, "persons": truth.persons(world), "events": truth.events(world)}
    for name, table in everything.items():
        files.write(home / TRUTH / f"{name}.parquet", _parquet(table))


def _write_deliveries(home: Path, world: World) -> pl.DataFrame:
    truths = []
    for department in DEPARTMENTS.values():
        for delivery in deliveries(world, department):
            files.write(_path(home, delivery), delivery.content)
            truths.append(delivery.truth)
    return pl.concat(truths).sort("night", "source", "row")


def _path(home: Path, delivery: Delivery) -> Path:
    return home / INBOX_BY_NIGHT / delivery.night.isoformat() / delivery.source / delivery.file_name


def _parquet(table: pl.DataFrame) -> bytes:
    content = io.BytesIO()
    table.write_parquet(content, compression="zstd")
    return content.getvalue()


def _summary(world: World, rows: pl.DataFrame, hardships: int) -> County:
    calendar, village = world.calendar, world.places.villages.row(world.places.story, named=True)
    him = world.people.row(world.story, named=True)
    return County(
        county_code=world.places.county_code,
        county_name=village["county"],
        first_night=calendar.first_night,
        nights=calendar.nights,
        residents=world.people.height,
        households=world.people["household"].n_unique(),
        hardships=hardships,
        files=rows.select("source", "file_name").n_unique(),
        rows=dict(rows.group_by("source", maintain_order=True).len().sort("source").rows()),
        story_person=world.story,
        story_name=him["surname"] + him["given"],
        story_township=village["township_code"],
        story_night=day_date(calendar.end),
        complete_since=_complete_since(calendar),
    )


def _complete_since(calendar: Calendar) -> dict[str, date]:
    """Event sources are complete from the backfill on, registers from long before."""
    backfill = day_date(calendar.start)
    long_ago = date(backfill.year - 5, 1, 1)
    return {name: backfill if name in _COMPLETE_FROM_BACKFILL else long_ago for name in DEPARTMENTS}
