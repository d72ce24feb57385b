"""The snapshot's tables that the officers' desk alone reads. Masked, or keyed hashes.

night_report: the morning report as told. household_source: which departments' rows prove something.
contact: every address and phone that was ever said of a listed person, the one in use first.
search_key: see flows/search_keys.py; a number finds anybody, all else only listed households.
"""

from __future__ import annotations

import json
import re
from typing import Any

import polars as pl

from flows.publish.wording import masked_phone
from flows.search_keys import address_forms, key_of, key_sql, name_forms
from flows.tonight import Tonight
from flows.visit_places import VISIT, VISIT_TITLE


def desk_frames(tonight: Tonight, report: dict[str, Any]) -> dict[str, pl.DataFrame]:
    """Table name to rows. Needs `best_name`."""
    return {
        "night_report": pl.DataFrame({"told": [json.dumps(report, ensure_ascii=False)]}),
        "household_source": _sources(tonight),
        "contact": _contacts(tonight),
        "search_key": _search_keys(tonight),
    }


def _sources(tonight: Tonight) -> pl.DataFrame:
    titles = {name: source.title for name, source in tonight.config.sources.items()}
    rows = [
        (row["household_id"], row["source"], titles.get(row["source"], row["source"]))
        for row in tonight.rows(
            "SELECT DISTINCT finding.household_id, link.source FROM proof "
            "JOIN finding USING (signal, person_id) JOIN link USING (record_key) ORDER BY ALL"
        )
    ]
    return pl.DataFrame(rows, schema=_SOURCE, orient="row")


def _contacts(tonight: Tonight) -> pl.DataFrame:
    titles = {name: source.title for name, source in tonight.config.sources.items()}
    titles[VISIT] = VISIT_TITLE
    rows = [
        (
            row["household_id"],
            row["person_id"],
            row["kind"],
            masked_phone(row["value"]) if row["kind"] == "phone" else masked_address(row["value"]),
            row["is_best"],
            row["is_registered"],
            row["dated"],
            titles.get(row["source"], row["source"]),
            row["record_key"],
        )
        for row in tonight.rows(_CONTACTS)
    ]
    return pl.DataFrame(rows, schema=_CONTACT, orient="row")


def masked_address(address: str) -> str:
    """An address down to its village or street; the door is left out."""
    found = list(_AREA.finditer(address))
    end = found[-1].end() if found else min(6, len(address) // 2)
    return address[:end] + "***"


_AREA = re.compile(r"村|社区|居委会|街道|镇|乡(?!村)|路|街|区|县|市")


def _search_keys(tonight: Tonight) -> pl.DataFrame:
    secret = tonight.home.secret
    tonight.engine.register("search_form", _typed_forms(tonight, secret).to_arrow())
    found: Any = tonight.engine.duckdb.execute(
        f"""
        WITH said AS (
          SELECT DISTINCT link.household_id, coalesce(id_clean, id_text) AS number, phone_key,
                 link.household_id IN (SELECT household_id FROM worklist
                   UNION SELECT household_id FROM finding) AS is_listed
          FROM identities JOIN link USING (record_key) WHERE link.household_id IS NOT NULL
        ), form AS (
          SELECT household_id, 'number' AS kind, number AS form FROM said
          UNION SELECT household_id, 'phone', phone_key FROM said WHERE is_listed
          UNION SELECT household_id, 'number', {_WITHOUT.format(text="number")}
            FROM said, generate_series(1, 18) AS digit(nth) WHERE is_listed AND nth <= length(number)
          UNION SELECT household_id, 'phone', {_WITHOUT.format(text="phone_key")}
            FROM said, generate_series(1, 12) AS digit(nth) WHERE is_listed AND nth <= length(phone_key)
        )
        SELECT kind, CASE kind WHEN 'number' THEN {key_sql("number", "form")}
          ELSE {key_sql("phone", "form")} END AS key, household_id
        FROM form WHERE form IS NOT NULL
        UNION SELECT kind, key, household_id FROM search_form
        ORDER BY key, kind, household_id
        """,
        {"secret": secret.hex()},
    ).pl()
    return found


_WITHOUT = "substr({text}, 1, nth - 1) || substr({text}, nth + 1)"


def _typed_forms(tonight: Tonight, secret: bytes) -> pl.DataFrame:
    """The keys of names and addresses, former ones included, of the people of listed households."""
    names: list[tuple[str, str]] = []
    addresses: list[tuple[str, str]] = []
    for row in tonight.rows(_SAID):
        (names if row["kind"] == "name" else addresses).append((row["household_id"], row["value"]))
    forms: dict[str, list[tuple[str, int]]] = {}
    for name, kind, form in name_forms(value for _, value in names):
        forms.setdefault(name, []).append((kind, key_of(secret, kind, form)))
    rows = {
        (kind, key, household) for household, name in names for kind, key in forms.get(name, [])
    } | {
        ("address", key_of(secret, "address", form), household)
        for household, address in addresses
        for form in address_forms(address)
    }
    return pl.DataFrame(sorted(rows), schema=_KEY, orient="row")


_LISTED = """
link.household_id IN (SELECT household_id FROM worklist UNION SELECT household_id FROM finding)
"""

_SAID = f"""
WITH said AS (
  SELECT link.household_id, identities.* FROM identities JOIN link USING (record_key)
  WHERE {_LISTED}
)
SELECT household_id, 'name' AS kind, name AS value FROM said WHERE name IS NOT NULL
UNION SELECT household_id, 'name', former_name FROM said WHERE former_name IS NOT NULL
UNION SELECT household_id, 'address', address FROM said WHERE address IS NOT NULL
UNION SELECT household_id, 'address', registered_address FROM said
  WHERE registered_address IS NOT NULL
ORDER BY ALL
"""

_CONTACTS = f"""
WITH said AS (
  SELECT link.household_id, link.person_id, identities.record_key, identities.source, dated,
         phone, address, registered_address
  FROM identities JOIN link USING (record_key) WHERE {_LISTED}
  UNION ALL
  SELECT people.household_id, person_id, record_key, '{VISIT}', visited_on, phone, address, NULL
  FROM visit_told JOIN people USING (person_id)
), value AS (
  SELECT household_id, person_id, record_key, source, dated, 'phone' AS kind, phone AS value,
         false AS is_registered FROM said WHERE phone IS NOT NULL
  UNION ALL SELECT household_id, person_id, record_key, source, dated, 'address', address, false
  FROM said WHERE address IS NOT NULL
  UNION ALL SELECT household_id, person_id, record_key, source, dated, 'address',
         registered_address, true FROM said WHERE registered_address IS NOT NULL
), newest AS (
  SELECT *, row_number() OVER (PARTITION BY person_id, kind, value
    ORDER BY is_registered, dated DESC NULLS LAST, record_key) AS place FROM value
)
SELECT newest.household_id, newest.person_id, kind, value, is_registered, dated, source,
       newest.record_key,
       coalesce(CASE kind WHEN 'phone' THEN best_name.phone = value
         ELSE people.place_record_key = newest.record_key
           AND NOT (is_registered AND EXISTS (FROM newest AS other WHERE other.kind = 'address'
             AND other.record_key = newest.record_key AND NOT other.is_registered)) END,
         false) AS is_best
FROM newest JOIN people USING (person_id) LEFT JOIN best_name USING (person_id)
WHERE place = 1
ORDER BY newest.household_id, newest.person_id, kind, is_best DESC, is_registered,
  dated DESC NULLS LAST, newest.record_key
"""

_SOURCE = {"household_id": pl.String, "source": pl.String, "title": pl.String}
_KEY = {"kind": pl.String, "key": pl.Int64, "household_id": pl.String}
_CONTACT = {
    "household_id": pl.String,
    "person_id": pl.String,
    "kind": pl.String,
    "shown": pl.String,
    "is_best": pl.Boolean,
    "is_registered": pl.Boolean,
    "dated": pl.Date,
    "source_title": pl.String,
    "record_key": pl.String,
}
