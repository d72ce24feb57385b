"""The forgiving search: what was typed, word by word, turned into keys that the snapshot may know.

All words must fit the same household. Within a word the better reason to fit counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import pyarrow as pa

from flows.desk.published import Snapshot
from flows.publish.order_numbers import canonical_order_number
from flows.search_keys import (
    address_forms,
    blurred,
    key_of,
    name_forms,
    number_forms,
)
from matchers.identity_number import read_numbers
from matchers.phones import read_phones

MOST_FOUND = 500
_MOST_WORDS = 6
_SCORES = {"name": 10, "sound": 6, "surname": 3, "number": 10, "phone": 10}
_SHORTEST_IDENTITY_NUMBER = 14
"""The old form with one digit lost."""
_LONG_NUMBER = re.compile(r"[0-9]{6,17}[0-9Xx]")
_HOUSEHOLD = re.compile(r"[HP][0-9]{4,12}", re.IGNORECASE)
_ENOUGH_OF_AN_ADDRESS, _FEWEST_OF_AN_ADDRESS = 0.6, 2


def search(snapshot: Snapshot, secret: bytes, typed: str) -> list[str]:
    """The households that fit all words, best first."""
    found = [_fitting(snapshot, secret, word) for word in _words(typed)]
    if not found:
        return []
    common = set(found[0]).intersection(*found[1:])
    scored = sorted((-sum(one[household] for one in found), household) for household in common)
    return [household for _, household in scored[:MOST_FOUND]]


def is_number(typed: str) -> bool:
    """Whether somebody searches by a number of a person: that is noted apart."""
    return any(_LONG_NUMBER.fullmatch(_bare(word)) for word in _words(typed))


def _words(typed: str) -> list[str]:
    """The words; a number written in groups is one of them."""
    whole = _bare(typed)
    if _LONG_NUMBER.fullmatch(whole):
        return [whole]
    return unicodedata.normalize("NFKC", typed).split()[:_MOST_WORDS]


def _fitting(snapshot: Snapshot, secret: bytes, word: str) -> dict[str, float]:
    """household_id to how well a word fits it."""
    order = canonical_order_number(word)
    if order:
        sql = 'SELECT household_id, 10.0 AS score FROM "case" WHERE order_no = ?'
        return _scores(snapshot.rows(sql, order))
    if _HOUSEHOLD.fullmatch(word):
        asked = "household_id" if word[0] in "Hh" else "person_id"
        sql = f"SELECT DISTINCT household_id, 10.0 AS score FROM link WHERE {asked} = ?"
        return _scores(snapshot.rows(sql, word.upper()))
    bare = _bare(word)
    if _LONG_NUMBER.fullmatch(bare):
        return _of_keys(snapshot, secret, _number_forms(bare.upper()))
    if re.fullmatch(r"[0-9]{3}[0-9Xx]", word):
        sql = "SELECT DISTINCT household_id, 5.0 AS score FROM member WHERE id_last4 LIKE ?"
        return _scores(snapshot.rows(sql, f"%{word.upper()}"))
    by_name = _of_keys(snapshot, secret, _name_forms(word))
    by_place = _of_address(snapshot, secret, word)
    named = snapshot.rows(
        "SELECT household_id, 2.0 AS score FROM worklist "
        "WHERE contains(village_name, ?) OR contains(township_name, ?)",
        word,
        word,
    )
    return _best(by_name, by_place, _scores(named))


def _bare(word: str) -> str:
    return re.sub(r"[-\s]", "", unicodedata.normalize("NFKC", word))


def _number_forms(number: str) -> list[tuple[str, str]]:
    """A telephone, or an identity number in its long form, each with one digit left out."""
    phone = read_phones(pa.array([number]))["phone"].to_pylist()[0] or number
    if len(phone) < _SHORTEST_IDENTITY_NUMBER:
        return [("phone", form) for form in number_forms(phone)]
    read = read_numbers(pa.array([number]))["number"].to_pylist()[0]
    return [("number", form) for form in number_forms(read or number)]


def _name_forms(word: str) -> list[tuple[str, str]]:
    """The word as a name in characters, or as a sound in letters."""
    if word.isascii():
        sound = "".join(letter for letter in word.lower() if letter.isalpha())
        forms = [("sound", sound), ("sound", blurred(sound)), ("surname", sound)]
        return [form for form in forms if sound]
    return [(kind, form) for _, kind, form in name_forms([word]) if _is_whole(word, kind, form)]


def _is_whole(word: str, kind: str, form: str) -> bool:
    """Not by initials, and by the surname alone only where nothing else was typed."""
    return (kind != "sound" or len(form) > len(word)) and (kind != "surname" or len(word) == 1)


def _of_keys(
    snapshot: Snapshot, secret: bytes, forms: Iterable[tuple[str, str]]
) -> dict[str, float]:
    keys = {key_of(secret, kind, form): kind for kind, form in forms}
    if not keys:
        return {}
    # A list of values, not an array: only so does the engine skip what cannot hold them.
    marks = ", ".join("?" * len(keys))
    rows = snapshot.rows(
        f"SELECT household_id, kind, key FROM search_key WHERE key IN ({marks})", *keys
    )
    found: dict[str, float] = {}
    for row in rows:
        if keys[row["key"]] == row["kind"]:
            score = _SCORES[row["kind"]]
            found[row["household_id"]] = max(score, found.get(row["household_id"], 0))
    return found


def _of_address(snapshot: Snapshot, secret: bytes, word: str) -> dict[str, float]:
    """Households one of whose addresses holds most of what was typed."""
    keys = [key_of(secret, "address", form) for form in address_forms(word)]
    if len(keys) < _FEWEST_OF_AN_ADDRESS:
        return {}
    marks = ", ".join("?" * len(keys))
    rows = snapshot.rows(
        "SELECT household_id, count(DISTINCT key) AS shared FROM search_key "
        f"WHERE kind = 'address' AND key IN ({marks}) GROUP BY household_id",
        *keys,
    )
    return {
        row["household_id"]: 4 * row["shared"] / len(keys)
        for row in rows
        if row["shared"] >= len(keys) * _ENOUGH_OF_AN_ADDRESS
    }


def _scores(rows: Iterable[dict[str, object]]) -> dict[str, float]:
    return {str(row["household_id"]): float(str(row["score"])) for row in rows}


def _best(*found: dict[str, float]) -> dict[str, float]:
    best: dict[str, float] = {}
    for one in found:
        for household, score in one.items():
            best[household] = max(score, best.get(household, 0))
    return best
