"""Which records are spoiled, and how: every office at its own rates, all of it written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER
from flows.synth.draws import Bools, Floats, Ints
from flows.synth.luck import Luck, mixed, share
from flows.synth.slips import NAME_SLIPS, NUMBER_SLIPS, Slip, has_rare
from flows.synth.world import World

RATES: Mapping[str, float] = {
    "number_missing": 0.006,
    "one_digit_wrong": 0.003,
    "digits_swapped": 0.001,
    "digit_dropped": 0.0006,
    "masked": 0.001,
    "fifteen_digits": 0.001,
    "full_width": 0.0006,
    "spaced_number": 0.003,
    "rounded_number": 0.0002,
    "placeholder": 0.0008,
    "relatives_number": 0.001,
    "guardians_number": 0.004,
    "lower_x": 0.12,
    "same_sound": 0.003,
    "similar_shape": 0.0015,
    "traditional": 0.001,
    "spaced_name": 0.002,
    "noted_name": 0.0003,
    "lost_character": 0.25,
    "substitute": 0.15,
    "former_name_used": 0.12,
    "noted_dead": 0.02,
    "other_dot": 0.5,
    "birth_missing": 0.008,
    "day_month_swapped": 0.002,
    "first_of_january": 0.002,
    "wrong_sex": 0.001,
    "phone_missing": 0.08,
    "old_phone": 0.04,
    "address_missing": 0.02,
    "registered_address_given": 0.04,
}
"""How often each slip happens to a record it can happen to, in an office of usual care."""
_BORROWED = ("relatives_number", "guardians_number")
_CONDITIONAL = (
    "lower_x",
    "lost_character",
    "substitute",
    "former_name_used",
    "noted_dead",
    "other_dot",
)


@dataclass
class Sheet:
    """Identity columns on their way to being spoiled, with the marks of what was done."""

    world: World
    person: Ints
    luck: Luck
    seen_on: Ints
    columns: dict[str, np.ndarray]
    marks: dict[str, Bools] = field(default_factory=dict)

    def spoil(self, column: str, kind: str, rows: Bools, values: np.ndarray) -> None:
        """Put `values` into these rows, and mark those rows where they differ from before."""
        before = self.columns[column]
        changed = rows.copy()
        changed[rows] = before[rows] != values
        after = before.copy()
        after[rows] = values
        self.columns[column] = after
        self.marks[kind] = self.marks.get(kind, np.zeros(len(rows), dtype=bool)) | changed

    def people(self, column: str) -> np.ndarray:
        """A column of the people the records are about."""
        return self.world.people[column].to_numpy()[self.person]


def spoiled(sheet: Sheet, rates: Mapping[str, float], care: float) -> None:
    """Spoil a sheet's columns in place; `care` scales the usual rates, `rates` replaces some."""
    usual = {kind: rate if kind in _CONDITIONAL else rate * care for kind, rate in RATES.items()}
    odds = {**usual, **rates}
    have = sheet.columns
    if "id_number" in have:
        _numbers(sheet, odds)
    if "name" in have:
        _names(sheet, odds)
    if "birth_date" in have:
        _births(sheet, odds)
    if "sex" in have:
        sexes = np.where(have["sex"] == "male", "female", "male").astype(object)
        _spoil_some(sheet, "sex", "wrong_sex", odds, sexes)
    for column, kind in (("phone", "phone_missing"), ("address", "address_missing")):
        if column in have:
            _spoil_some(sheet, column, kind, odds, np.full(len(sheet.luck), "", dtype=object))
    if {"address", "registered_address"} <= set(have):
        given = have["registered_address"]
        _spoil_some(sheet, "address", "registered_address_given", odds, given)
    if "phone" in have:
        _spoil_some(sheet, "phone", "old_phone", odds, _other_phones(sheet))


def _numbers(sheet: Sheet, odds: Mapping[str, float]) -> None:
    rows = np.ones(len(sheet.luck), dtype=bool)
    x_end = np.char.endswith(sheet.columns["id_number"].astype(str), "X")
    spots = share(sheet.luck, "number")
    low = 0.0
    for kind in (*_BORROWED, "number_missing", *NUMBER_SLIPS):
        fits = rows & (x_end if kind == "lower_x" else True) & _may_borrow(sheet, kind)
        chosen = fits & (spots >= low) & (spots < low + odds[kind])
        low += odds[kind]
        sheet.spoil("id_number", kind, chosen, _number_values(sheet, kind, chosen))


def _may_borrow(sheet: Sheet, kind: str) -> Bools | bool:
    if kind not in _BORROWED:
        return True
    child = sheet.people("age") < 12
    return (sheet.people("contact") >= 0) & (child if kind == "guardians_number" else ~child)


def _number_values(sheet: Sheet, kind: str, rows: Bools) -> np.ndarray:
    if kind == "number_missing":
        return np.full(rows.sum(), "", dtype=object)
    if kind in _BORROWED:
        numbers = sheet.world.people["id_number"].to_numpy()
        return numbers[sheet.people("contact")[rows]]
    return _slipped(sheet, "id_number", kind, rows, NUMBER_SLIPS[kind])


def _slipped(sheet: Sheet, column: str, kind: str, rows: Bools, slip: Slip) -> np.ndarray:
    lucks = mixed(sheet.luck[rows], kind).tolist()
    values = sheet.columns[column][rows]
    return np.array(
        [slip(v, luck) if v else v for v, luck in zip(values, lucks, strict=True)], dtype=object
    )


def _names(sheet: Sheet, odds: Mapping[str, float]) -> None:
    former = sheet.people("former").astype(object)
    has_former = former != ""
    whole = np.where(has_former, sheet.people("surname").astype(object) + former, "")
    chosen = has_former & (share(sheet.luck, "former") < odds["former_name_used"])
    sheet.spoil("name", "former_name_used", chosen, whole[chosen])
    for kind, slip in NAME_SLIPS.items():
        rows = _can_happen(sheet, kind) & (share(sheet.luck, kind) < odds[kind])
        sheet.spoil("name", kind, rows, _slipped(sheet, "name", kind, rows, slip))


def _can_happen(sheet: Sheet, kind: str) -> Bools:
    names = sheet.columns["name"]
    if kind == "noted_dead":
        died = sheet.people("died_on")
        return (died != NEVER) & (died < sheet.seen_on)
    if kind == "other_dot":
        return np.char.find(names.astype(str), "·") >= 0
    if kind in {"lost_character", "substitute"}:
        rare = {name: has_rare(name) for name in set(names.tolist())}
        return np.fromiter((rare[name] for name in names), dtype=bool, count=len(names))
    return np.ones(len(names), dtype=bool)


def _births(sheet: Sheet, odds: Mapping[str, float]) -> None:
    """Birth dates of small children stay: a wrong one would lie after the event itself."""
    births = sheet.columns["birth_date"]
    grown = sheet.people("age") >= 3
    swapped = _day_month_swapped(births)
    years = births.astype("datetime64[D]").astype("datetime64[Y]")
    starts = years.astype("datetime64[D]").astype(np.int64)
    _spoil_some(sheet, "birth_date", "day_month_swapped", odds, swapped, grown)
    _spoil_some(sheet, "birth_date", "first_of_january", odds, starts, grown)
    _spoil_some(sheet, "birth_date", "birth_missing", odds, np.full(len(births), NEVER))


def _day_month_swapped(births: Ints) -> Ints:
    """5 March as 3 May; a day that is no month stays."""
    days = births.astype("datetime64[D]")
    months, years = days.astype("datetime64[M]"), days.astype("datetime64[Y]")
    day, month = (days - months).astype(np.int64), (months - years).astype(np.int64)
    swapped = (years.astype("datetime64[M]") + day).astype("datetime64[D]") + month
    return np.where(day < 12, swapped.astype(np.int64), births)


def _spoil_some(
    sheet: Sheet,
    column: str,
    kind: str,
    odds: Mapping[str, float],
    values: np.ndarray,
    fits: Bools | None = None,
) -> None:
    rows = share(sheet.luck, kind) < odds[kind]
    rows = rows if fits is None else rows & fits
    sheet.spoil(column, kind, rows, values[rows])


def _other_phones(sheet: Sheet) -> np.ndarray:
    digits: Floats = share(sheet.luck, "other phone")
    numbers = 13_000_000_000 + (digits * 6_000_000_000).astype(np.int64)
    return np.where(sheet.columns["phone"] == "", "", numbers.astype(str)).astype(object)


def listed(marks: Mapping[str, Bools], count: int) -> pl.Series:
    """The marks of each record as a list of words."""
    if not marks:
        return pl.Series([[]] * count, dtype=pl.List(pl.String))
    frame = pl.DataFrame({kind: rows for kind, rows in sorted(marks.items())})
    words = [pl.when(pl.col(kind)).then(pl.lit(kind)) for kind in frame.columns]
    return frame.select(pl.concat_list(words).list.drop_nulls()).to_series()
