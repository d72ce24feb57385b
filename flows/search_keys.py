"""What a search looks up instead of names and numbers: keyed hashes of forgiving forms of them.

Whoever takes the snapshot without HOME/state/secret can neither read a name out of these keys nor
try numbers against them. Forms are: a number whole and with each one digit left out, so that two
numbers that differ in one place share a form; a name's characters, sound, blurred sound and
initials; every three neighbouring characters of an address.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

import pyarrow as pa

from matchers.names import read_names

_KEY_DIGITS = 15
"""60 bits of the hash: two different forms of one county do not meet by chance."""

GRAM = 3
_BLURS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("h", "f"))
_NOT_WRITTEN = re.compile(r"[\W_]+")


def key_of(secret: bytes, kind: str, form: str) -> int:
    """The key of one form; `key_sql` says the same to the engine."""
    text = f"{secret.hex()}\x1fsearch {kind}\x1f{form}"
    return int(hashlib.sha256(text.encode()).hexdigest()[:_KEY_DIGITS], 16)


def key_sql(kind: str, form: str) -> str:
    """The key as SQL over a column, with the secret as $secret (hex)."""
    digest = f"sha256(concat($secret, chr(31), 'search {kind}', chr(31), {form}))"
    return f"CAST('0x' || substr({digest}, 1, {_KEY_DIGITS}) AS BIGINT)"


def number_forms(number: str) -> set[str]:
    """A number, and it with each one digit left out."""
    return {number, *(number[:place] + number[place + 1 :] for place in range(len(number)))}


def name_forms(names: Iterable[str]) -> list[tuple[str, str, str]]:
    """Name, kind and form of every way in which somebody may type each name."""
    values = sorted(set(names))
    read = read_names(pa.array(values, pa.string()), {})
    found = []
    for name, key, sound in zip(
        values, read["name_key"].to_pylist(), read["name_pinyin"].to_pylist(), strict=True
    ):
        if not key:
            continue
        found.append((name, "name", key))
        syllables = (sound or "").split()
        if syllables:
            found += [(name, "sound", form) for form in sound_forms(syllables)]
            found.append((name, "surname", syllables[0]))
    return found


def sound_forms(syllables: list[str]) -> set[str]:
    """How a name sounds, how it sounds to a careless ear, and its initials."""
    spoken = "".join(syllables)
    return {spoken, blurred(spoken), "".join(one[0] for one in syllables)}


def blurred(sound: str) -> str:
    """A sound without what many speakers do not tell apart: zh and z, n and l, f and h, n and ng."""
    for clear, same in _BLURS:
        sound = sound.replace(clear, same)
    return sound


def address_forms(address: str) -> set[str]:
    """Every three neighbouring characters of what is written, whatever stands between them."""
    text = _NOT_WRITTEN.sub("", unicodedata.normalize("NFKC", address).lower())
    return {text[place : place + GRAM] for place in range(len(text) - GRAM + 1)}
