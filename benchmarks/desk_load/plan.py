"""What the officers will ask for and decide: filters, households, persons, words as people type them."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import product
from typing import Any
from urllib.parse import urlencode

from flows import files, reference
from flows.home import Home
from flows.visitors import VISITORS_FILE, read_visitors

MANY = 400
_PEOPLE = """
SELECT DISTINCT name, name_pinyin, id_clean, phone_key FROM identities
WHERE known_to IS NULL AND id_clean IS NOT NULL AND length(phone_key) = 11
  AND name_pinyin IS NOT NULL ORDER BY ALL
"""


_MEMBERS = """
SELECT household_id, member.person_id FROM member JOIN worklist USING (household_id)
WHERE member.person_id IN (SELECT person_id FROM link WHERE NOT contains(record_key, '-'))
ORDER BY ALL
"""


def plan_of(home: Home, seed: int = 1) -> dict[str, Any]:
    """`filters` are addresses without their place, `households` ids, `words` searches.

    `persons` are (household, person), those of the county that was grown, because only they have
    identities; `visitor` is somebody whom the county has named, `until` the day when a pause ends.
    """
    dice = random.Random(seed)
    with files.duckdb_database(home.snapshot, read_only=True) as city:
        townships = _column(city, "SELECT DISTINCT township_code FROM worklist ORDER BY 1")
        signals = _column(city, "SELECT DISTINCT signal FROM finding ORDER BY 1")
        households = _column(city, "SELECT DISTINCT household_id FROM worklist ORDER BY 1")
        persons = city.execute(_MEMBERS).fetchall()
        (night,) = city.execute('SELECT "on" FROM night').fetchone()
    with files.duckdb_database(home.work, read_only=True) as work:
        people = work.execute(_PEOPLE).fetchall()
    filters = [
        urlencode({"township": township, "signal": signal})
        for township, signal in product(townships, signals)
    ]
    filters += [urlencode({"township": township, "order": "found"}) for township in townships]
    filters += [urlencode({"signal": signal, "page": 2}) for signal in signals]
    return {
        "filters": dice.sample(filters, min(MANY, len(filters))),
        "households": dice.sample(households, min(MANY, len(households))),
        "words": [_typed(one, dice) for one in dice.choices(people, k=MANY)]
        + dice.sample(households, 20),
        "persons": dice.sample(persons, min(MANY, len(persons))),
        "visitor": _named_visitor(home),
        "until": str(night + timedelta(days=30)),
    }


def _named_visitor(home: Home) -> str:
    """The first visitor of the county's file; a county without one gets it."""
    if not read_visitors(home.policy):
        township = min(reference.townships(home.config.site.county))
        text = f"乡镇代码,村代码,走访人,每晚单数\n{township},,张走访,5\n"
        files.write(home.policy / VISITORS_FILE, text)
    return read_visitors(home.policy)[0].name


def _typed(person: tuple[str, str, str, str], dice: random.Random) -> str:
    """A name, its sound, a number with one digit wrong, or a phone."""
    name, pinyin, number, phone = person
    place = dice.randrange(6, 16)
    wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    return dice.choice([name, pinyin.replace(" ", ""), wrong, phone])


def _column(city: Any, sql: str) -> list[str]:
    return [value for (value,) in city.execute(sql).fetchall() if value is not None]
