"""What a night tells the matchers of households: narrow tables over its links and identities."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pyarrow as pa

from data_contracts.codes import KINSHIP
from flows.engine import Engine
from matchers.address_keys import address_keys
from matchers.household_people import Told

_KIN = {"spouse": "spouse", "head": "self"} | dict.fromkeys(("son", "daughter", "parent"), "lineal")
_PAIRS = {"夫妻": "spouse"} | dict.fromkeys(("父子", "父女", "母子", "母女"), "lineal")
"""How some hospitals write the relation: as a pair. The ages say who is the parent."""


def told_of_households(engine: Engine, current: Collection[str]) -> Told:
    """The inputs of `household_members`; `current`: the sources that tell current addresses."""
    listed = ", ".join(f"'{name}'" for name in sorted(current)) or "NULL"
    engine.duckdb.execute(f"CREATE OR REPLACE TEMP TABLE household_record AS {_RECORDS}")
    engine.duckdb.execute(
        "CREATE OR REPLACE TEMP TABLE household_address AS "
        "SELECT DISTINCT unnest([address, registered_address]) AS address FROM household_record "
        f"WHERE source IN ({listed})"
    )
    addresses = engine.table("household_address")
    engine.answer("household_place", addresses.filter(addresses.address.notnull()), _doors)
    engine.register("household_kin", _kin_words())
    tables = {}
    for name, sql in _QUERIES.items():
        kept = f"household_told_{name}"
        text = sql.replace("{current}", listed)
        engine.duckdb.execute(f"CREATE OR REPLACE TEMP TABLE {kept} AS {text}")
        tables[name] = engine.table(kept)
    engine.drop("household_record", "household_address", "household_place", "household_kin")
    return Told(**tables)


def _doors(asked: Any) -> Any:
    return address_keys(asked["address"]).select(["value", "door"])


def _kin_words() -> Any:
    canonical = {word: kin for word, kin in KINSHIP.items() if isinstance(kin, str)}
    kin = {word: _KIN.get(meaning, "other") for word, meaning in canonical.items()} | _PAIRS
    return pa.table({"word": list(kin), "kin": list(kin.values())})


_RECORDS = """
SELECT person_of.person_id AS person, decision.decision, decision.how, identity.*
FROM decision JOIN person_of USING (founder) JOIN known_identities AS identity USING (record_key)
"""

# A child's record may bear its mother's number, so what was typed goes before what a number says.
_PEOPLE = """
SELECT person, is_sure, sex, birth_date FROM (
  SELECT person, coalesce(sex, id_sex) AS sex, coalesce(birth_date, id_birth_date) AS birth_date,
         bool_or(decision <> 'doubtful') OVER (PARTITION BY person) AS is_sure,
         row_number() OVER (PARTITION BY person ORDER BY record <> 'resident', birth_date IS NULL,
           id_birth_date IS NULL, arrival, row, record_key) AS place
  FROM household_record
) WHERE place = 1
"""

_REGISTER = """
SELECT one.person, one.record_key, one.arrival, one.row, resident.person_type,
       resident.life_status, resident.status_on, resident.household_kind,
       'h' || one.household_hash AS household_hash, resident.relation, resident.marital, place.door
FROM household_record AS one
JOIN record_resident AS resident ON resident.record_key = one.record_key
 AND resident.version = one.version AND resident.source = one.source
LEFT JOIN household_place AS place ON place.value = one.registered_address
"""

# 人户不一致: the registered address is not where somebody lives; 现住址 is, whatever it says.
_DOORS = """
SELECT DISTINCT one.person, one.dated AS day, one.record <> 'resident' AS is_seen, place.door
FROM household_record AS one
LEFT JOIN record_resident AS resident ON resident.record_key = one.record_key
 AND resident.version = one.version AND resident.source = one.source
JOIN household_place AS place ON place.value = coalesce(one.address, CASE
  WHEN one.record = 'resident' AND resident.lives_at_registered_address IS DISTINCT FROM 'no'
  THEN one.registered_address END)
WHERE one.source IN ({current}) AND place.door IS NOT NULL
"""

# Somebody's record may bear the number of a relative, who is then its `holder`.
_NAMED = """
WITH holder AS (
  SELECT id_clean, min(person) AS holder FROM household_record
  WHERE id_clean IS NOT NULL AND record = 'resident' AND decision <> 'doubtful'
  GROUP BY id_clean HAVING min(person) = max(person)
), said AS (
  SELECT one.*, holder.holder FROM household_record AS one
  LEFT JOIN holder ON holder.id_clean = one.id_clean AND holder.holder <> one.person
), named AS (
  SELECT person, dated AS day, coalesce(kin.kin, 'other') AS kin, contact_name_bag AS name_bag,
         phone_key, contact_phone_key, holder
  FROM said LEFT JOIN household_kin AS kin ON kin.word = trim(said.contact_relation)
  WHERE contact_name_bag IS NOT NULL
  UNION ALL
  SELECT person, dated, 'lineal', parent_name_bag, phone_key, contact_phone_key, holder
  FROM said WHERE parent_name_bag IS NOT NULL
  UNION ALL
  SELECT person, dated, 'guardian', name_bag, phone_key, contact_phone_key, holder
  FROM said WHERE holder IS NOT NULL
)
SELECT DISTINCT person, day, kin, name_bag, unnest([phone_key, contact_phone_key]) AS phone, holder
FROM named WHERE kin <> 'self'
"""

_QUERIES = {
    "people": _PEOPLE,
    "register": _REGISTER,
    "names": "SELECT DISTINCT person, name_bag, surname_sound FROM household_record "
    "WHERE name_bag IS NOT NULL",
    "phones": "SELECT DISTINCT person, phone_key AS phone FROM household_record "
    "WHERE phone_key IS NOT NULL",
    "doors": _DOORS,
    "named": _NAMED,
    "dead": "SELECT one.person, coalesce(death.died_on, death.reported_on) AS died_on "
    "FROM household_record AS one JOIN record_death AS death "
    "ON death.record_key = one.record_key AND death.version = one.version "
    "AND death.source = one.source "
    "WHERE death.confirmed = 'confirmed' AND one.decision <> 'doubtful'",
}
