"""Right numbers in odd writing; a good reader gets all of them back."""

from __future__ import annotations

import numpy as np

from benchmarks.matching.city.luck import Bools, Ints, texts
from benchmarks.matching.city.sheet import Sheet
from benchmarks.matching.city.slips_number import Slip, edit
from benchmarks.matching.city.world import World

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def fifteen(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """The first-generation number of those born before 2000."""
    old = sheet.fields["number"][rows]
    able = np.array(
        [bool(t) and len(t) == 18 and t[6:8] == "19" and t[:17].isdigit() for t in old], bool
    )
    able &= world.age[sheet.person[rows]] > 26.8
    new = texts([t[:6] + t[8:17] if fits else t for t, fits in zip(old, able, strict=True)])
    sheet.fields["number"][rows] = new
    return able


def spaces(text: str, rng: np.random.Generator) -> str:
    """Blanks around or inside."""
    style = rng.integers(5)
    if style == 0:
        return " " + text
    if style == 1:
        return text + ("  " if rng.random() < 0.7 else "\u3000")
    if style == 2:
        return f"{text[:6]} {text[6:14]} {text[14:]}"
    at = int(rng.integers(1, max(2, len(text))))
    return text[:at] + (" " if style == 3 else "\u00a0") + text[at:]


WRITINGS: dict[str, Slip] = {
    "number_15_digits": fifteen,
    "number_lower_x": edit("number", lambda text, rng: text.replace("X", "x")),
    "number_full_width": edit("number", lambda text, rng: text.translate(WIDE)),
    "number_leading_quote": edit(
        "number", lambda text, rng: "'`’"[int(rng.random() < 0.15)] + text
    ),
    "number_spaces": edit("number", spaces),
}
