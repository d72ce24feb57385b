"""What happens to identity numbers on their way into a file."""

from __future__ import annotations

from flows.synth.sheet import Slip


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
