"""What goes wrong with the characters of a name."""

from __future__ import annotations

import numpy as np

from benchmarks.matching.city.luck import words
from benchmarks.matching.city.names import COMPOUND
from benchmarks.matching.city.slips_number import Edit, Slip, edit
from benchmarks.matching.city.tables import confusions

DOT = "·"
DOTS = words("• ・ ． . ‧ 。 ∙ -")
NOTES = words(
    "(已故) （已故） (户主) （外出） (死亡) (低保) 1 2 (女) （长期在外） * (本人) （曾用名） A (大) （已迁出）"
)


def confuse(kind: str, surnames: float = 0.15) -> Edit:
    """One character for another by a table; the surname's turn comes less often."""

    def change(text: str, rng: np.random.Generator) -> str | None:
        table = confusions(kind)
        places = [i for i, char in enumerate(text) if char in table]
        if not places or DOT in text:
            return None
        if places[0] == 0 and len(places) > 1 and rng.random() > surnames:
            places = places[1:]
        at = places[rng.integers(len(places))]
        return text[:at] + _drawn(kind, text[at], rng) + text[at + 1 :]

    return change


def _drawn(kind: str, char: str, rng: np.random.Generator) -> str:
    written, shares = confusions(kind)[char]
    return written[min(int(np.searchsorted(shares, rng.random(), side="right")), len(written) - 1)]


def traditional(text: str, rng: np.random.Generator) -> str | None:
    """All characters traditional, or one of them."""
    table = confusions("traditional")
    if DOT in text or not any(char in table for char in text):
        return None
    if rng.random() < 0.4:
        return confuse("traditional", 0.5)(text, rng)
    return "".join(_drawn("traditional", c, rng) if c in table else c for c in text)


def variant_surname(text: str, rng: np.random.Generator) -> str | None:
    """肖 for 萧, 付 for 傅, 闫 for 阎, ..."""
    if text[0] not in confusions("variant_surname"):
        return None
    return _drawn("variant_surname", text[0], rng) + text[1:]


def rare_lost(text: str, rng: np.random.Generator) -> str | None:
    """A rare character as ?, box, star, pinyin, its parts, a stand-in, a private-use point, or gone."""
    places = [i for i, char in enumerate(text) if char in confusions("rare_substitute")]
    if not places:
        return None
    at = places[rng.integers(len(places))]
    signs = ("?", "？", "□", "*", "〇", "", " ", "\ue863")
    style = rng.random()
    sign = signs[rng.integers(len(signs))]
    for share, kind in ((0.35, "rare_substitute"), (0.5, "pinyin"), (0.6, "rare_parts")):
        if style < share and text[at] in confusions(kind):
            sign = _drawn(kind, text[at], rng)
            break
    return text[:at] + sign + text[at + 1 :]


def dot_missing(text: str, rng: np.random.Generator) -> str | None:
    """买买提艾力 or 买买提 艾力."""
    return text.replace(DOT, "" if rng.random() < 0.8 else " ") if DOT in text else None


def dot_other(text: str, rng: np.random.Generator) -> str | None:
    """One of the many characters that look like the dot."""
    return text.replace(DOT, DOTS[rng.integers(len(DOTS))]) if DOT in text else None


def truncated(text: str, rng: np.random.Generator) -> str | None:
    """Fields of four or six characters, or only the own name."""
    if len(text) < 5:
        return None
    if DOT in text and rng.random() < 0.4:
        return text.split(DOT)[0]
    return text[: 4 if rng.random() < 0.4 or len(text) < 7 else 6]


def noted(text: str, rng: np.random.Generator) -> str:
    """A note behind the name."""
    return text + NOTES[rng.integers(len(NOTES))]


def turned(text: str, rng: np.random.Generator) -> str | None:
    """Given name before surname."""
    if DOT in text or len(text) < 2:
        return None
    cut = 2 if text[:2] in COMPOUND else 1
    return text[cut:] + text[:cut]


def spaced(text: str, rng: np.random.Generator) -> str:
    """张  三, or blanks at an end."""
    blank = " " if rng.random() < 0.6 else "\u3000"
    style = rng.random()
    if len(text) == 2 and style < 0.8:
        return text[0] + blank * int(rng.integers(1, 3)) + text[1]
    if style < 0.5:
        return text + blank
    return blank + text if style < 0.8 else blank.join(text)


SLIPS: dict[str, Slip] = {
    "name_variant_surname": edit("name", variant_surname),
    "name_rare_lost": edit("name", rare_lost),
    "name_truncated": edit("name", truncated),
    "name_dot_missing": edit("name", dot_missing),
    "name_dot_other": edit("name", dot_other),
    "name_same_sound": edit("name", confuse("same_sound")),
    "name_near_sound": edit("name", confuse("near_sound")),
    "name_similar_shape": edit("name", confuse("similar_shape")),
    "name_traditional": edit("name", traditional),
    "name_turned": edit("name", turned),
    "name_note": edit("name", noted),
}
WRITINGS: dict[str, Slip] = {"name_spaces": edit("name", spaced)}
