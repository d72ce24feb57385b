"""A full delivery beside what we know: how many of its rows are known, and which columns say otherwise.

Amounts, months and the day of the statement move for good reasons (a new standard, another month
paid), and their bands watch them. Names, numbers, addresses, codes and other days of most people never
change at once.
"""

from __future__ import annotations

import duckdb

from data_contracts.records import IDENTITY
from data_contracts.terms import DeliveryKind, Kind, Source
from flows.drift.profile import AMOUNTS, FEWEST, SHARES_NEED


def known_shares(
    connection: duckdb.DuckDBPyConnection, source: Source, records: str
) -> dict[str, float]:
    """`known`: the share of rows whose key is known; `changed_<column>`: of those, said otherwise.

    A column's share is that of the rows that fill it, be they few.
    """
    if source.delivery is not DeliveryKind.FULL:
        return {}
    stated = connection.execute(f'SELECT count(DISTINCT "{source.dated_by}") FROM good').fetchone()
    columns = _standing(source)
    if stated and stated[0] <= FEWEST:
        # One day for all rows is the day of the statement, and moves with each.
        columns.pop(source.dated_by, None)
    compared = "".join(
        f', count(*) FILTER (good."{name}" <> {place}."{name}")'
        f', count(now.record_key) FILTER (good."{name}" IS NOT NULL)'
        for name, place in columns.items()
    )
    found = connection.execute(
        f"""
        SELECT count(*), count(now.record_key),
               (SELECT count(*) FROM {records} WHERE source = $source AND known_to IS NULL){compared}
        FROM good
        LEFT JOIN {records} AS now ON now.record_key = good.record_key
         AND now.source = $source AND now.known_to IS NULL
        LEFT JOIN identities AS who ON who.record_key = good.record_key
         AND who.source = $source AND who.known_to IS NULL AND now.content <> good.content""",
        {"source": source.name},
    ).fetchone()
    rows, known, before, *changed = found or (0, 0, 0)
    if not before or not rows:
        return {}
    shares = {"known": round(known / rows, 3)}
    for name, count, filled in zip(columns, changed[::2], changed[1::2], strict=True):
        if filled >= SHARES_NEED:
            shares[f"changed_{name}"] = round(count / filled, 3)
    return shares


def _standing(source: Source) -> dict[str, str]:
    """The columns that stand still, each with the table that holds what is known of it."""
    found: dict[str, str] = {}
    for name, column in source.columns.items():
        moves = column.kind in AMOUNTS | {Kind.MONTH, Kind.DAY_OR_MONTH}
        if moves or name in source.key:
            continue
        if name in source.becomes.columns and name not in source.by:
            found[name] = "now"
        elif name in IDENTITY.columns:
            found[name] = "who"
    return found
