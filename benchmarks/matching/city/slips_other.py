"""What goes wrong with birth dates, sex, phones and addresses."""

from __future__ import annotations

from zlib import crc32

import numpy as np

from benchmarks.matching.city.luck import Bools, Ints, texts
from benchmarks.matching.city.lunar import lunar_date
from benchmarks.matching.city.sheet import Sheet
from benchmarks.matching.city.slips_number import Slip, edit
from benchmarks.matching.city.spellings import elsewhere, write
from benchmarks.matching.city.world import World


def blank(column: str) -> Slip:
    """Nothing there."""

    def slip(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
        able = np.not_equal(sheet.fields[column][rows], None).astype(bool)
        sheet.fields[column][rows] = None
        return able

    return slip


def birth_one_digit(text: str, rng: np.random.Generator) -> str:
    """Year, month or day off by one keystroke; may be an impossible date."""
    at = int(rng.choice([2, 3, 3, 5, 6, 6, 8, 9, 9]))
    choices = [
        digit
        for digit in ("01" if at == 5 else "0123" if at == 8 else "0123456789")
        if digit != text[at]
    ]
    return text[:at] + choices[rng.integers(len(choices))] + text[at + 1 :]


def day_month(text: str, rng: np.random.Generator) -> str | None:
    """03-07 for 07-03; only where the day can be a month."""
    return (
        f"{text[:4]}-{text[8:]}-{text[5:7]}" if text[8:] <= "12" and text[8:] != text[5:7] else None
    )


def lunar(text: str, rng: np.random.Generator) -> str | None:
    """The birthday of the farmers' calendar, written as if it were the other."""
    return lunar_date(text)


def sex_wrong(text: str, rng: np.random.Generator) -> str:
    """The other one."""
    return "女" if text == "男" else "男"


def phone_relative(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """The phone of husband, wife, parent, child or head."""
    person = sheet.person[rows]
    options = np.stack([world.contact, world.spouse, world.head, world.mother])
    whose = options[rng.integers(0, 4, len(rows)), person]
    whose = np.where(whose < 0, world.contact[person], whose)
    able = (whose >= 0) & (whose != person)
    new = world.phone[np.maximum(whose, 0)]
    able &= (np.not_equal(new, None) & (new != sheet.fields["phone"][rows])).astype(bool)
    sheet.fields["phone"][rows[able]] = new[able]
    return able


def phone_old(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """The number of some years ago; the same one in every department that kept it."""
    sheet.fields["phone"][rows] = world.old_phone[sheet.person[rows]]
    return np.ones(len(rows), dtype=bool)


def phone_village(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """The phone of the village clerk who handed the forms in, the same for dozens of people."""
    home = world.household_home[sheet.person[rows]]
    village = world.town.town[home] + world.town.village[home]
    sheet.fields["phone"][rows] = texts(
        [f"139{crc32(name.encode()) % 10**8:08d}" for name in village]
    )
    return np.ones(len(rows), dtype=bool)


def phone_written(text: str, rng: np.random.Generator) -> str | None:
    """138-1234-5678, +86138..., a blank in between."""
    if len(text) != 11:
        return None
    style = rng.integers(5)
    if style == 0:
        return f"{text[:3]}-{text[3:7]}-{text[7:]}"
    if style == 1:
        return f"{text[:3]} {text[3:7]} {text[7:]}"
    return ("+86", "86", "0")[style - 2] + text


def phone_mistyped(text: str, rng: np.random.Generator) -> str:
    """A digit wrong, left out, or two exchanged; or a sign that stands for none."""
    at = int(rng.integers(2, len(text)))
    style = rng.random()
    if style < 0.5:
        return text[:at] + str((int(text[at]) + int(rng.integers(1, 10))) % 10) + text[at + 1 :]
    if style < 0.7:
        return text[:at] + text[at + 1 :]
    if style < 0.85:
        return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
    return ("00000000000", "13800000000", "无", "-", "0")[rng.integers(5)]


def address_elsewhere(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """An address of another province."""
    sheet.fields["address"][rows] = elsewhere(int(rng.integers(1 << 30)), len(rows), sheet.table)
    return np.ones(len(rows), dtype=bool)


def address_abbreviated(text: str, rng: np.random.Generator) -> str | None:
    """Beginning or end left out."""
    for end in ("镇", "乡", "街道", "路"):
        at = text.find(end)
        if 0 < at < len(text) - 3:
            rest = text[at + len(end) :]
            return rest if rng.random() < 0.5 else text[: at + len(end)] + rest[:3]
    return text[: max(3, len(text) // 2)] if len(text) > 6 else None


def address_old(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """Where somebody lived before."""
    home = world.old_home[sheet.person[rows]]
    sheet.fields["address"][rows] = write(world.town, home, rng.integers(0, 5, len(rows)))
    return np.ones(len(rows), dtype=bool)


BIRTH: dict[str, Slip] = {
    "birth_missing": blank("birth"),
    "birth_one_digit": edit("birth", birth_one_digit),
    "birth_day_month": edit("birth", day_month),
    "birth_1_january": edit("birth", lambda text, rng: f"{text[:4]}-01-01"),
    "birth_lunar": edit("birth", lunar),
    "birth_year_only": edit("birth", lambda text, rng: text[:4]),
}
SEX: dict[str, Slip] = {"sex_wrong": edit("sex", sex_wrong)}
PHONE: dict[str, Slip] = {
    "phone_missing": blank("phone"),
    "phone_relative": phone_relative,
    "phone_village": phone_village,
    "phone_old": phone_old,
    "phone_mistyped": edit("phone", phone_mistyped),
}
PHONE_WRITING: dict[str, Slip] = {"phone_written": edit("phone", phone_written)}
ADDRESS: dict[str, Slip] = {
    "address_missing": blank("address"),
    "address_elsewhere": address_elsewhere,
    "address_old": address_old,
    "address_abbreviated": edit("address", address_abbreviated),
}
