"""The slips of the pen: each takes what should be there and a record's luck, and spoils it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import polars as pl

from flows.synth.numbers import check_character
from flows.synth.shelf import table

Slip = Callable[[str, int], str]


def one_digit_wrong(number: str, luck: int) -> str:
    """Another digit in one place of the body."""
    place = 6 + luck % 11
    digit = (int(number[place]) + 1 + luck // 11 % 9) % 10
    return number[:place] + str(digit) + number[place + 1 :]


def digits_swapped(number: str, luck: int) -> str:
    """Two neighbouring digits exchanged; where all neighbours are equal nothing changes."""
    for step in range(11):
        place = 6 + (luck + step) % 11
        if number[place] != number[place + 1]:
            return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return number


def digit_dropped(number: str, luck: int) -> str:
    """Seventeen characters instead of eighteen."""
    place = 6 + luck % 11
    return number[:place] + number[place + 1 :]


def masked(number: str, luck: int) -> str:
    """The birth date hidden by stars."""
    return number[:6] + "********" + number[14:]


def fifteen_digits(number: str, luck: int) -> str:
    """The number as it was written before 1999; only for births of the last century."""
    if number[6:8] != "19" or number[14:17] >= "996":
        return number
    return number[:6] + number[8:17]


def lower_x(number: str, luck: int) -> str:
    """A small x as check character."""
    return number.lower()


def full_width(number: str, luck: int) -> str:
    """Full-width digits."""
    return "".join(chr(ord(character) + 0xFEE0) for character in number)


def spaced_number(number: str, luck: int) -> str:
    """Spaces between the parts, or after the end."""
    return number + " " if luck % 2 else f"{number[:6]} {number[6:14]} {number[14:]}"


def rounded_number(number: str, luck: int) -> str:
    """What a spreadsheet makes of eighteen digits."""
    return f"{int(number[:17] + '0'):.14E}" if number.endswith("X") else f"{int(number):.5E}"


def placeholder(number: str, luck: int) -> str:
    """A number that stands for none."""
    return ("无", "000000000000000000", "111111111111111111", "不详")[luck % 4]


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


def is_sound(number: str) -> bool:
    """Whether a number's check character fits its body."""
    return (
        len(number) == 18 and number[:17].isdigit() and check_character(number[:17]) == number[17]
    )


NUMBER_SLIPS: dict[str, Slip] = {
    "one_digit_wrong": one_digit_wrong,
    "digits_swapped": digits_swapped,
    "digit_dropped": digit_dropped,
    "masked": masked,
    "fifteen_digits": fifteen_digits,
    "lower_x": lower_x,
    "full_width": full_width,
    "spaced_number": spaced_number,
    "rounded_number": rounded_number,
    "placeholder": placeholder,
}
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
