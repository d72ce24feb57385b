"""A text as its reader sees it, so that no disguise gets past a ban.

Full width, other scripts' digits, circled figures, zero-width and combining characters are all one to
the eye, and a number written 三七〇八 is read as easily as 3708.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

_UNSEEN = {"Cc", "Cf", "Cs", "Mn", "Me"}
_BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and patterns by name that show nothing."""

_CHINESE_DIGITS = str.maketrans(
    "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两〡〢〣〤〥〦〧〨〩",
    "000" + "123456789" * 2 + "12" + "123456789",
)
_LETTERS_LIKE_DIGITS = str.maketrans("OIL", "011")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[OIL]+(?=\d)")


@lru_cache(maxsize=64)
def seen(text: str) -> str:
    """Half width, upper case, simplified characters, ASCII digits, and nothing invisible."""
    shown = (_letter(letter) for letter in unicodedata.normalize("NFKC", text).upper())
    return _simplified().convert("".join(shown))


def read_as_digits(shown: str) -> str:
    """What `seen` gives, with Chinese numerals and letters between figures as the digits meant."""
    digits = shown.translate(_CHINESE_DIGITS)
    return _BETWEEN_DIGITS.sub(lambda found: found[0].translate(_LETTERS_LIKE_DIGITS), digits)


def _letter(letter: str) -> str:
    if letter.isspace():
        return letter
    if unicodedata.category(letter) in _UNSEEN or letter in _BLANKS:
        return ""
    return str(unicodedata.digit(letter, letter))


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")
