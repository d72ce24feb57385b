"""Which records are spoiled, and how: every office at its own rates, all of it written down."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from flows.synth.calendar import NEVER
from flows.synth.draws import Bools, Ints
from flows.synth.luck import mixed, share
from flows.synth.name_slips import NAME_SLIPS, has_rare
from flows.synth.number_slips import NUMBER_SLIPS
from flows.synth.sheet import Sheet, Slip

_BORROWED = ("relatives_number", "guardians_number")
_CHILD, _INFANT = 12, 5
Odds = Mapping[str, float]


def spoil(sheet: Sheet, odds: Odds) -> None:
    """Spoil a sheet's columns in place, each kind of slip at its rate in `odds`."""
    spoilers = {
        "id_number": _numbers,
        "name": _names,
        "birth_date": _births,
        "sex": _sexes,
        "address": _addresses,
        "phone": _phones,
    }
    for column, spoiler in spoilers.items():
        if column in sheet.columns:
            spoiler(sheet, odds)


def _numbers(sheet: Sheet, odds: Odds) -> None:
    """A number meets one slip at most."""
    spots, low = share(sheet.luck, "number"), 0.0
    for kind in (*_BORROWED, "number_missing", *NUMBER_SLIPS):
        rows = _number_can(sheet, kind) & (spots >= low) & (spots < low + odds[kind])
        low += odds[kind]
        sheet.spoil("id_number", kind, rows, _number_values(sheet, kind, rows))


def _number_can(sheet: Sheet, kind: str) -> Bools:
    if kind == "lower_x":
        return np.char.endswith(sheet.columns["id_number"].astype(str), "X")
    if kind not in _BORROWED:
        return np.ones(len(sheet.luck), dtype=bool)
    child = sheet.people("age") < _CHILD
    return (sheet.people("contact") >= 0) & (child if kind == "guardians_number" else ~child)


def _number_values(sheet: Sheet, kind: str, rows: Bools) -> np.ndarray:
    if kind == "number_missing":
        return np.full(rows.sum(), "", dtype=object)
    if kind in _BORROWED:
        return sheet.world.people["id_number"].to_numpy()[sheet.people("contact")[rows]]
    return _slipped(sheet, "id_number", kind, rows, NUMBER_SLIPS[kind])


def _slipped(sheet: Sheet, column: str, kind: str, rows: Bools, slip: Slip) -> np.ndarray:
    lucks = mixed(sheet.luck[rows], kind).tolist()
    pairs = zip(sheet.columns[column][rows], lucks, strict=True)
    return np.array([slip(value, luck) if value else value for value, luck in pairs], dtype=object)


def _names(sheet: Sheet, odds: Odds) -> None:
    former = sheet.people("former").astype(object)
    whole = sheet.people("surname").astype(object) + former
    _spoil_some(sheet, "name", "former_name_used", odds, whole, former != "")
    for kind, slip in NAME_SLIPS.items():
        rows = _name_can(sheet, kind) & (share(sheet.luck, kind) < odds[kind])
        sheet.spoil("name", kind, rows, _slipped(sheet, "name", kind, rows, slip))


def _name_can(sheet: Sheet, kind: str) -> Bools:
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


def _births(sheet: Sheet, odds: Odds) -> None:
    """Birth dates of small children stay: a wrong one would lie after the event itself."""
    births = sheet.columns["birth_date"]
    grown = sheet.people("age") >= _INFANT
    starts = births.astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]")
    swapped = _day_month_swapped(births)
    _spoil_some(sheet, "birth_date", "day_month_swapped", odds, swapped, grown)
    _spoil_some(sheet, "birth_date", "first_of_january", odds, starts.astype(np.int64), grown)
    _spoil_some(sheet, "birth_date", "birth_missing", odds, np.full(len(births), NEVER))


def _day_month_swapped(births: Ints) -> Ints:
    """5 March as 3 May; a day that is no month stays."""
    days = births.astype("datetime64[D]")
    months, years = days.astype("datetime64[M]"), days.astype("datetime64[Y]")
    day, month = (days - months).astype(np.int64), (months - years).astype(np.int64)
    swapped = (years.astype("datetime64[M]") + day).astype("datetime64[D]") + month
    return np.where(day < 12, swapped.astype(np.int64), births)


def _sexes(sheet: Sheet, odds: Odds) -> None:
    other = np.where(sheet.columns["sex"] == "male", "female", "male").astype(object)
    _spoil_some(sheet, "sex", "wrong_sex", odds, other)


def _addresses(sheet: Sheet, odds: Odds) -> None:
    _spoil_some(sheet, "address", "address_missing", odds, _blank(sheet))
    if "registered_address" in sheet.columns:
        given = sheet.columns["registered_address"]
        _spoil_some(sheet, "address", "registered_address_given", odds, given)


def _phones(sheet: Sheet, odds: Odds) -> None:
    _spoil_some(sheet, "phone", "phone_missing", odds, _blank(sheet))
    numbers = 13_000_000_000 + (share(sheet.luck, "other phone") * 6_000_000_000).astype(np.int64)
    others = np.where(sheet.columns["phone"] == "", "", numbers.astype(str)).astype(object)
    _spoil_some(sheet, "phone", "old_phone", odds, others)


def _blank(sheet: Sheet) -> np.ndarray:
    return np.full(len(sheet.luck), "", dtype=object)


def _spoil_some(
    sheet: Sheet,
    column: str,
    kind: str,
    odds: Odds,
    values: np.ndarray,
    fits: Bools | None = None,
) -> None:
    rows = share(sheet.luck, kind) < odds[kind]
    rows = rows if fits is None else rows & fits
    sheet.spoil(column, kind, rows, values[rows])
