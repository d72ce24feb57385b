"""What happens to names on their way into a file."""

from __future__ import annotations

from functools import cache

import polars as pl

from flows.synth.sheet import Slip
from flows.synth.shelf import table


def same_sound(name: str, luck: int) -> str:
    """A character that sounds the same."""
    return _replaced(name, luck, "same_sound")


def similar_shape(name: str, luck: int) -> str:
    """A character that looks alike."""
    return _replaced(name, luck, "similar_shape")


def traditional(name: str, luck: int) -> str:
    """A traditional character."""
    return _replaced(name, luck, "traditional")


def substitute(name: str, luck: int) -> str:
    """The usual substitute of a rare character."""
    return _replaced(name, luck, "substitute")


def spaced_name(name: str, luck: int) -> str:
    """A space inside the name."""
    return name[:1] + (" " if luck % 2 else "　") + name[1:]


def lost_character(name: str, luck: int) -> str:
    """A rare character that the system did not know."""
    return "".join("?" if _is_rare(character) else character for character in name)


def noted_name(name: str, luck: int) -> str:
    """A note in the name field."""
    return name + ("(已故)", "(户主)", "(联系人)")[luck % 3]


def noted_dead(name: str, luck: int) -> str:
    """The name of somebody dead, with a note."""
    return name + "(已故)"


def other_dot(name: str, luck: int) -> str:
    """Another of the six middle dots."""
    return name.replace("·", ("•", ".", "．", "")[luck % 4])


@cache
def _variants(kind: str) -> dict[str, list[str]]:
    grouped = table("name_variants").filter(pl.col("kind") == kind).group_by("char").agg("written")
    return {char: sorted(written) for char, written in grouped.rows()}


def _replaced(name: str, luck: int, kind: str) -> str:
    """Replace one character after the surname, or the surname where only that has a variant."""
    variants = _variants(kind)
    places = [place for place, char in enumerate(name) if char in variants]
    if not places:
        return name
    place = places[-1 - luck % len(places)] if len(places) > 1 and luck % 5 == 0 else places[-1]
    choices = variants[name[place]]
    return name[:place] + choices[luck // 7 % len(choices)] + name[place + 1 :]


def has_rare(name: str) -> bool:
    """Whether a name has a character that old systems do not know."""
    return any(_is_rare(character) for character in name)


def _is_rare(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return character != "·"
    return False


NAME_SLIPS: dict[str, Slip] = {
    "same_sound": same_sound,
    "similar_shape": similar_shape,
    "traditional": traditional,
    "substitute": substitute,
    "spaced_name": spaced_name,
    "lost_character": lost_character,
    "noted_name": noted_name,
    "noted_dead": noted_dead,
    "other_dot": other_dot,
}
