"""Take a person out of the ledger: the one exception to its being only added to.

Rows that only lead to them go. Rows that others rely on (an order's number, a visit's result, a
question that was asked) stay with what concerns the others, and lose what concerns them. All of it,
and the entry that says so, is one transaction; then SQLite overwrites what was there.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from flows import files
from flows.erasure.erased import ERASED
from flows.erasure.plan import Plan
from flows.home import Home

GONE = "(已依法删除)"


def bury(home: Home, plan: Plan) -> int:
    """Overwrite and note, once; returns the entry. Done again it finds the entry and changes nothing."""
    with files.ledger_database(home.ledger) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        found = connection.execute(
            "SELECT entry FROM entry WHERE kind = ? AND json_extract(body, '$.at') = ? "
            "AND json_extract(body, '$.person') = ?",
            (ERASED, plan.at, plan.person_id),
        ).fetchone()
        if found:
            return int(found[0])
        connection.execute("BEGIN IMMEDIATE")
        try:
            entry = _note(connection, plan)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    return entry


def sweep(home: Home) -> None:
    """Write the ledger anew without the pages that were freed, and empty its log."""
    with files.ledger_database(home.ledger) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _note(connection: Any, plan: Plan) -> int:
    tables = {
        **_persons(connection, plan.ids, plan.keys),
        "work_order": _orders(connection, plan.ids),
        "match_question": _pairs(connection, "match_question", plan),
        "match_answer": _pairs(connection, "match_answer", plan),
        "entry": _decisions(connection, plan.ids),
    }
    cursor = connection.execute(
        "INSERT INTO entry (kind, night, who, body) VALUES (?, NULL, ?, ?)",
        (ERASED, plan.who, json.dumps({**plan.body, "tables": tables}, ensure_ascii=False)),
    )
    return int(cursor.lastrowid)


def _persons(connection: Any, ids: Sequence[str], keys: Sequence[str]) -> dict[str, int]:
    """Ids lead nowhere any more; the id itself stays, so that nobody else is ever given it."""
    marks = ", ".join("?" * len(ids))
    statements = {
        "person": (f"UPDATE person SET founder = '' WHERE person_id IN ({marks})", ids),
        "merge": (
            f"DELETE FROM merge WHERE person_id IN ({marks}) OR into_person_id IN ({marks})",
            [*ids, *ids],
        ),
        "household_member": (f"DELETE FROM household_member WHERE person_id IN ({marks})", ids),
        "seen": (f"DELETE FROM seen WHERE person_id IN ({marks})", ids),
        "lapse": (f"DELETE FROM lapse WHERE person_id IN ({marks})", ids),
        "person_key": (f"DELETE FROM person_key WHERE person_id IN ({marks})", ids),
        "household_key": (
            f"DELETE FROM household_key WHERE household_key IN ({marks})",
            [f"p{one}" for one in ids],
        ),
        "household": (
            f"UPDATE household SET household_key = '' WHERE household_key IN ({marks})",
            [f"p{one}" for one in ids],
        ),
    }
    counted = {
        name: connection.execute(sql, values).rowcount for name, (sql, values) in statements.items()
    }
    founders = [(f"r{key}",) for key in keys]
    connection.executemany("DELETE FROM person_key WHERE person_key = ?", founders)
    return counted


def _orders(connection: Any, ids: Collection[str]) -> int:
    changed = 0
    for row in connection.execute("SELECT * FROM work_order ORDER BY order_no").fetchall():
        members, printed = json.loads(row["members"]), json.loads(row["printed"])
        if not set(ids) & {*members, printed.get("lead")}:
            continue
        others = [one for one in members if one not in ids]
        is_lead = printed.get("lead") in ids
        if is_lead:
            printed = _printed(printed, others)
        signals = json.loads(row["signals"]) if others else []
        connection.execute(
            "UPDATE work_order SET members = ?, printed = ?, signals = ? WHERE order_no = ?",
            (*map(_json, (others, printed, signals)), row["order_no"]),
        )
        _visits(connection, row["order_no"], is_lead=is_lead, is_alone=not others)
        changed += 1
    return changed


def _printed(printed: dict[str, Any], others: Sequence[str]) -> dict[str, Any]:
    """What was printed of them goes; what the night still asks of an order stays."""
    kept = {**printed, "lead": others[0] if others else "", "reasons": [GONE]}
    return kept if others else {**kept, "address": None, "village": None, "measures": {}}


def _visits(connection: Any, order_no: str, *, is_lead: bool, is_alone: bool) -> None:
    """What somebody wrote down freely may name them; that a visit was made and came to, does not."""
    forgotten = ["needs = ''", "note = ''"]
    forgotten += ["phone = NULL"] if is_lead else []
    forgotten += ["address = NULL", "amount = NULL"] if is_alone else []
    connection.execute(f"UPDATE visit SET {', '.join(forgotten)} WHERE order_no = ?", (order_no,))


def _pairs(connection: Any, table: str, plan: Plan) -> int:
    """Questions and answers on their records: that one was asked and answered stays, not of whom."""
    shown = {"match_question": ("shown", "other_shown", "why_zh", "would_change")}
    blank = "".join(f", {name} = ''" for name in shown.get(table, ("note",)))
    changed = 0
    for column in ("record_key", "other_record_key"):
        for key in plan.keys:
            changed += connection.execute(
                f"UPDATE {table} SET {column} = 'erased:' || entry || ':' || rowid{blank} "
                f"WHERE {column} = ?",
                (key,),
            ).rowcount
    return changed


def _decisions(connection: Any, ids: Collection[str]) -> int:
    """What officers decided of a household goes on for the others, without its words."""
    rows = connection.execute("SELECT entry, body FROM entry WHERE kind GLOB 'desk_*'").fetchall()
    changed = 0
    for row in rows:
        body = json.loads(row["body"])
        others = [one for one in body.get("persons", ()) if one not in ids]
        if len(others) == len(body.get("persons", ())):
            continue
        body |= {"persons": others, "reason": GONE}
        body |= dict.fromkeys(_FREE_WORDS & body.keys(), GONE)
        if not others:
            body["signals"] = {}
        connection.execute("UPDATE entry SET body = ? WHERE entry = ?", (_json(body), row["entry"]))
        changed += 1
    return changed


_FREE_WORDS = frozenset({"decision", "said"})
"""What officers write beside the reason: what a meeting decided, and what came of it."""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
