"""The two sides of a question: what an officer must see of a record to say who it is.

Of this room only this file and known_pairs.py read `identities`. Names and addresses are shown,
numbers and telephones only by their last four, as everywhere else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from data_contracts.records import IDENTITY
from flows import files, lock
from flows.errors import DoorstepError
from flows.home import Home
from flows.publish.cells import plain
from flows.publish.wording import last4, masked_phone
from flows.publish.work_orders import SEX_WORDS
from flows.review.likeness import Exact, exact

_LAST4 = re.compile(r"[0-9A-Z]*[0-9]{3}[0-9X]")
_MOST_RELATIVES = 5


@dataclass(frozen=True, kw_only=True)
class Side:
    """One record as shown; `shown` is a keyed hash of all of who it says it is, masked or not.

    `exact` is what is compared and never shown; whoever keeps a side drops it.
    """

    record_key: str
    source: str
    dated: str
    name: str
    number: str
    sex: str
    birth_date: str
    address: str
    phone: str
    household: str
    shown: str
    exact: Exact | None = field(default=None, repr=False)


def sides(home: Home, record_keys: Collection[str]) -> dict[str, Side]:
    """The sides of the records that are known now; the night's lock is held while they are read."""
    if not home.work.exists():
        raise DoorstepError("工作库不在,看不到记录的内容。请等下一次夜间任务重建后再试。")
    with lock.only_one(home.lock):
        connection = files.duckdb_database(home.work, read_only=True)
        try:
            rows = _rows(connection, _KNOWN, sorted(record_keys))
            families = _families(connection, {row["household_hash"] for row in rows} - {None})
        finally:
            connection.close()
    titles = {name: source.title for name, source in home.config.sources.items()}
    found = {}
    for row in rows:
        relatives = [
            name
            for key, name in families.get(row["household_hash"], ())
            if key != row["record_key"]
        ]
        found[row["record_key"]] = _side(row, relatives, titles, home.secret)
    return found


def _rows(connection: Any, query: str, keys: list[str]) -> list[dict[str, Any]]:
    cursor = connection.execute(query, [keys])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _families(connection: Any, hashes: set[str]) -> dict[str, list[tuple[str, str]]]:
    """Who is registered in these households: record and name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in _rows(connection, _FAMILY, sorted(hashes)):
        found.setdefault(row["household_hash"], []).append((row["record_key"], row["name"]))
    return found


def _side(
    row: Mapping[str, Any], relatives: list[str], titles: Mapping[str, str], secret: bytes
) -> Side:
    return Side(
        record_key=row["record_key"],
        source=titles.get(row["source"], row["source"]),
        dated=str(row["dated"] or ""),
        name=_name(row),
        number=_number(row),
        sex=SEX_WORDS.get(row["sex"] or row["id_sex"], ""),
        birth_date=_birth_date(row),
        address=_address(row),
        phone=masked_phone(plain(row["phone"])),
        household=_household(row, relatives),
        shown=_shown(row, secret),
        exact=exact(row),
    )


def _name(row: Mapping[str, Any]) -> str:
    former = plain(row["former_name"])
    return plain(row["name"]) + (f"\n曾用名 {former}" if former else "")


def _number(row: Mapping[str, Any]) -> str:
    """Only the end, and whether the whole can be relied upon."""
    typed = last4(plain(row["id_clean"] or row["id_number"]).upper())
    end = typed[-4:] if _LAST4.fullmatch(typed[-4:]) else ""
    if not typed:
        return ""
    if row["id_clean"]:
        return f"尾号 {end}"
    return f"尾号 {end}\n(不全或有误)" if end else "不全或有误"


def _birth_date(row: Mapping[str, Any]) -> str:
    if row["birth_date"]:
        return str(row["birth_date"])
    return f"{row['id_birth_date']}\n(据证件号)" if row["id_birth_date"] else ""


def _address(row: Mapping[str, Any]) -> str:
    living, registered = plain(row["address"]), plain(row["registered_address"])
    if living and registered and living != registered:
        return f"{living}\n户籍:{registered}"
    return living or registered


def _household(row: Mapping[str, Any], relatives: list[str]) -> str:
    parts = []
    number = last4(plain(row["household_no"]))
    if number.strip("*"):
        parts.append(f"户号尾号 {number[-4:]}")
    if relatives:
        more = "等" if len(relatives) > _MOST_RELATIVES else ""
        parts.append(f"同户:{'、'.join(map(plain, relatives[:_MOST_RELATIVES]))}{more}")
    contact = plain(f"{row['contact_name'] or ''} {row['contact_relation'] or ''}")
    if contact:
        parts.append(f"联系人:{contact}")
    return "\n".join(parts)


def _shown(row: Mapping[str, Any], secret: bytes) -> str:
    """Changes when the record says anything else about who it is, and tells nobody what it says."""
    said = {name: str(row[name]) for name in IDENTITY.columns if row[name] is not None}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:24]


_KNOWN = f"""
SELECT record_key, source, dated, id_clean, id_text, id_birth_date, id_sex, household_hash,
       name_key, former_name_key, phone_key, {", ".join(IDENTITY.columns)}
FROM identities
WHERE known_to IS NULL AND record_key IN (SELECT unnest(?::VARCHAR[]))
ORDER BY record_key
"""

_FAMILY = """
SELECT DISTINCT household_hash, record_key, name FROM identities
WHERE known_to IS NULL AND record = 'resident' AND name IS NOT NULL
  AND household_hash IN (SELECT unnest(?::VARCHAR[]))
ORDER BY ALL
"""
