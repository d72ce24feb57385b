"""An office's records with the people's identity written in, slips and all."""

from __future__ import annotations

import numpy as np
import polars as pl

from data_contracts.records import IDENTITY
from data_contracts.sources import SOURCES
from data_contracts.terms import Kind, Need, Source
from flows.synth.addresses import texts
from flows.synth.calendar import dates
from flows.synth.departments.terms import FOREVER, Department
from flows.synth.dirt import spoil
from flows.synth.draws import Bools
from flows.synth.identities import identities
from flows.synth.luck import Luck, mixed, of_records, share
from flows.synth.rates import odds
from flows.synth.sheet import Sheet, listed
from flows.synth.world import World

_BAD, _TWICE = 0.002, 0.0015
_SPOILABLE = (Kind.DATE, Kind.MONEY, Kind.INTEGER, Kind.CODE)


def kept_by(world: World, department: Department) -> pl.DataFrame:
    """Every record the office ever has: identity as written, `dirt`, `bad` column, `twice`."""
    source = SOURCES[department.source]
    records = _completed(department.records(world))
    luck = _luck(world, department, records)
    sheet = _sheet(world, department, source, records, luck)
    spoil(sheet, odds(department.care, department.dirt))
    _special_cases(sheet, records)
    story = records["person"].to_numpy() == world.story
    written = {
        name: dates(values) if name == "birth_date" else texts(values)
        for name, values in sheet.columns.items()
    }
    return records.with_columns(
        **written,
        dirt=listed(sheet.marks, records.height),
        luck=pl.Series(mixed(luck, "extras")),
        bad=_bad_columns(source, luck, story),
        twice=pl.Series((share(luck, "twice") < _TWICE) & ~story),
    ).with_columns(person=pl.when(pl.col("nameless")).then(None).otherwise("person"))


def _completed(records: pl.DataFrame) -> pl.DataFrame:
    """Fill in what an office need not say."""
    defaults = {
        "until": pl.lit(FOREVER, dtype=pl.Int64),
        "record": pl.int_range(pl.len()),
        "seen_on": pl.col("since"),
        **dict.fromkeys(("nameless", "newborn", "unnumbered", "double", "at_home"), pl.lit(False)),
    }
    missing = [value.alias(name) for name, value in defaults.items() if name not in records.columns]
    return records.with_columns(missing)


def _luck(world: World, department: Department, records: pl.DataFrame) -> Luck:
    known, place = np.unique(records["record"].to_numpy(), return_inverse=True)
    return of_records(world.rng(f"luck of {department.source}"), len(known))[place]


def _sheet(
    world: World, department: Department, source: Source, records: pl.DataFrame, luck: Luck
) -> Sheet:
    """The identity columns the contract wants and the office does not fill in itself."""
    wanted = set(source.columns) & set(IDENTITY.columns) - set(records.columns)
    person, seen_on = records["person"].to_numpy(), records["seen_on"].to_numpy()
    frame = identities(world, person, seen_on, luck, department.form.address, wanted)
    columns = {
        name: frame[name].to_numpy()
        if name == "birth_date"
        else frame[name].to_numpy().astype(object)
        for name in frame.columns
    }
    at_home = records["at_home"].to_numpy()
    if at_home.any():
        _stay_at_home(world, person, at_home, columns)
    return Sheet(world=world, person=person, luck=luck, seen_on=seen_on, columns=columns)


def _stay_at_home(
    world: World, person: np.ndarray, rows: Bools, columns: dict[str, np.ndarray]
) -> None:
    """For a register that knows no better, people live where they are registered."""
    codes = world.places.villages["code"].to_numpy()[world.people["village"].to_numpy()[person]]
    columns["address"] = np.where(rows, columns["registered_address"], columns["address"])
    columns["place_code"] = np.where(rows, codes, columns["place_code"])


def _special_cases(sheet: Sheet, records: pl.DataFrame) -> None:
    """What happens to whole kinds of records: no number yet, no name known, the parent's name."""
    blank = np.full(records.height, "", dtype=object)
    nameless, newborn = records["nameless"].to_numpy(), records["newborn"].to_numpy()
    for flag, kind, columns in (
        ("unnumbered", "no_number_yet", ("id_number",)),
        ("nameless", "nobody_named", ("id_number", "name", "phone")),
    ):
        rows = records[flag].to_numpy()
        for column in set(columns) & set(sheet.columns):
            sheet.spoil(column, kind, rows, blank[rows])
    sheet.marks["double_registration"] = records["double"].to_numpy()
    if newborn.any():
        _under_parents_name(sheet, newborn & ~nameless)


def _under_parents_name(sheet: Sheet, newborn: Bools) -> None:
    """Most newborn are admitted under a parent's name, many under the parent's number."""
    spots = share(sheet.luck, "newborn")
    rows = newborn & (sheet.people("contact") >= 0) & (spots < 0.7)
    parents = sheet.world.people[sheet.people("contact")[rows]]
    child = np.where(sheet.people("male")[rows], "之子", "之女").astype(object)
    whole = (parents["surname"] + parents["given"]).to_numpy().astype(object)
    sheet.spoil("name", "parents_name", rows, whole + child)
    borrowed = rows & (spots < 0.3)
    sheet.spoil(
        "id_number", "guardians_number", borrowed, parents["id_number"].to_numpy()[borrowed[rows]]
    )
    without = rows & ~borrowed
    sheet.spoil("id_number", "number_missing", without, np.full(without.sum(), "", dtype=object))


def _bad_columns(source: Source, luck: Luck, story: Bools) -> pl.Series:
    """For a few records the name of a column that will be nonsense, else nothing."""
    choices = sorted(
        name
        for name, column in source.columns.items()
        if (column.kind in _SPOILABLE and column.need is not Need.NOTHING)
        or (name == "name" and column.need is Need.VALUE)
    )
    rows = (share(luck, "bad") < _BAD) & ~story
    column = np.array(choices)[
        (mixed(luck, "bad column") % np.uint64(len(choices))).astype(np.int64)
    ]
    return texts(np.where(rows, column, ""))
