"""A question is about an unordered pair of records; all that is by chance hangs on the pair alone.

A number reads WT-7K3QF-9M2XA-K: fifty bits of a hash of the pair and a check character (ISO 7064
Mod 37,36). The same pair always bears the same number; its blind second copy bears another.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from stdnum.iso7064 import mod_37_36

FIRST, SECOND = 1, 2
"""The copies of a question. The second is asked of a share of pairs to see how steady answers are."""

Pair = tuple[str, str]

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DIGITS = 10
_COMPACT = re.compile(rf"WT[{_LETTERS}]{{{_DIGITS}}}[0-9A-Z]")
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212\u200b-\u200f\ufeff]")


def pair_of(record_key: str, other_record_key: str) -> Pair:
    """The pair, whichever of the two was named first."""
    first, second = sorted((record_key, other_record_key))
    return first, second


def question_no(pair: Pair, copy: int = FIRST) -> str:
    """The number of a copy of the question about a pair; nobody can tell that two belong together."""
    drawn = _drawn(pair, f"question {copy}")
    letters = "".join(_LETTERS[(drawn >> (5 * at)) & 31] for at in range(_DIGITS))
    check = mod_37_36.calc_check_digit(f"WT{letters}")
    return f"WT-{letters[:5]}-{letters[5:]}-{check}"


def canonical_question_no(text: str) -> str | None:
    """What somebody typed as we write it, or nothing if it is no question number of ours."""
    compact = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if not _COMPACT.fullmatch(compact) or not mod_37_36.is_valid(compact):
        return None
    return f"WT-{compact[2:7]}-{compact[7:12]}-{compact[12]}"


def is_shown_twice(pair: Pair, share: float) -> bool:
    """Whether this pair is one of the declared share that is asked twice; the same every night."""
    return _drawn(pair, "twice") < share * 2**64


def _drawn(pair: Pair, topic: str) -> int:
    """64 bits that look like chance and depend on the pair and the topic alone."""
    text = "\x1f".join((topic, *pair))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
