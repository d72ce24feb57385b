"""What goes wrong with citizen numbers. Each slip changes `rows` of a sheet and says which it could."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.matching.city.luck import Bools, Ints, Texts, texts, words
from benchmarks.matching.city.sheet import Sheet
from benchmarks.matching.city.world import World

PLACEHOLDERS = words(
    "000000000000000000 111111111111111111 无 不详 / - 430000000000000000 123456789012345678 "
    "999999999999999999 未提供 暂无 无身份证 430281000000000000 0 NULL 111111190001010001 x"
)
Slip = Callable[[Sheet, Ints, World, np.random.Generator], Bools]
Edit = Callable[[str, np.random.Generator], str | None]


def edit(column: str, change: Edit) -> Slip:
    """A slip that rewrites one text; None means it cannot happen to that text."""

    def slip(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
        old = sheet.fields[column][rows]
        new = texts([change(text, rng) if text else None for text in old])
        able = np.not_equal(new, None) & (new != old)
        sheet.fields[column][rows[able]] = new[able]
        return able.astype(bool)

    return slip


def other_persons(sheet: Sheet, rows: Ints, whose: Ints, numbers: Texts) -> Bools:
    """Puts the numbers of other people there; -1 means nobody."""
    able = whose >= 0
    able[able] &= whose[able] != sheet.person[rows[able]]
    sheet.fields["number"][rows[able]] = numbers[whose[able]]
    return able


def missing(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """Nothing there."""
    able = np.not_equal(sheet.fields["number"][rows], None).astype(bool)
    sheet.fields["number"][rows] = None
    return able


def placeholder(text: str, rng: np.random.Generator) -> str:
    """A word or digits that stand for 'no number'."""
    return PLACEHOLDERS[rng.integers(len(PLACEHOLDERS))]


def one_digit(text: str, rng: np.random.Generator) -> str | None:
    """One digit another one, anywhere; now and then two."""
    if len(text) != 18:
        return None
    digits = list(text)
    for position in rng.choice(18, size=1 + (rng.random() < 0.06), replace=False):
        choices = [digit for digit in "0123456789" if digit != digits[position]]
        digits[position] = choices[rng.integers(len(choices))]
    return "".join(digits)


def neighbours(text: str, rng: np.random.Generator) -> str | None:
    """Two different neighbouring digits change places."""
    places = [i for i in range(len(text) - 1) if text[i] != text[i + 1]]
    if not places:
        return None
    i = places[rng.integers(len(places))]
    return text[:i] + text[i + 1] + text[i] + text[i + 2 :]


def dropped(text: str, rng: np.random.Generator) -> str:
    """One digit left out; sometimes one typed twice."""
    i = int(rng.integers(len(text)))
    return text[:i] + text[i + 1 :] if rng.random() < 0.8 else text[: i + 1] + text[i:]


def rounded(text: str, rng: np.random.Generator) -> str | None:
    """What a spreadsheet leaves of an 18-digit number (numbers with X stay text there)."""
    if len(text) != 18 or not text.isdigit():
        return None
    if rng.random() < 0.5:
        return text[:15] + "000"
    return f"{int(text):.{int(rng.choice([2, 4, 5, 5, 5]))}E}"


def masked(text: str, rng: np.random.Generator) -> str | None:
    """Hidden for privacy, in one of the usual patterns."""
    if len(text) != 18:
        return None
    patterns = (
        (6, 4),
        (6, 4),
        (6, 4),
        (4, 4),
        (3, 4),
        (14, 0),
        (10, 4),
        (1, 1),
        (6, 2),
        (0, 6),
        (12, 2),
    )
    head, tail = patterns[rng.integers(len(patterns))]
    star = "*" if rng.random() < 0.85 else "X×"[rng.integers(2)]
    fill = 18 - head - tail if rng.random() < 0.8 else 4
    return text[:head] + star * fill + (text[18 - tail :] if tail else "")


def relatives(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """The number of husband, wife, parent, child or head."""
    person = sheet.person[rows]
    options = np.stack(
        [world.spouse, world.mother, world.father, world.head, world.contact, world.sibling]
    )
    whose = options[rng.integers(0, len(options), len(rows)), person]
    whose = np.where((whose < 0) | (whose == person), world.contact[person], whose)
    return other_persons(sheet, rows, whose, world.number)


def twins(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """The number of the twin: valid, the same birth date, nearly the same name."""
    return other_persons(sheet, rows, world.twin[sheet.person[rows]], world.number)


def guardians(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """A parent's number for a child."""
    person = sheet.person[rows]
    whose = np.where(world.age[person] < 14, world.guardian[person], -1)
    return other_persons(sheet, rows, whose, world.number)


def row_above(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """The number of the row above, copied down."""
    whose = np.where(rows > 0, sheet.person[np.maximum(rows - 1, 0)], -1)
    return other_persons(sheet, rows, whose, world.number)


SLIPS: dict[str, Slip] = {
    "number_missing": missing,
    "number_placeholder": edit("number", placeholder),
    "number_one_digit": edit("number", one_digit),
    "number_swapped": edit("number", neighbours),
    "number_dropped": edit("number", dropped),
    "number_rounded": edit("number", rounded),
    "number_masked": edit("number", masked),
    "number_twin": twins,
    "number_relative": relatives,
    "number_guardian": guardians,
    "number_row_above": row_above,
}
