"""Replace the secret of the join keys; no person, household or record is called anything else.

The new secret waits beside the old one until the ledger lets the new keys lead where the old ones
did; then it takes the old one's place, and the working database is told the new hashes. Whatever is
interrupted is finished by the next start, which finds at every moment either both or only the new.
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

import polars as pl

from flows import files
from flows.engine import Engine, engine
from flows.errors import UsageError
from flows.home import Home
from flows.ledger import Ledger
from flows.load import keyed
from flows.lock import only_one
from flows.review.notes import why_not_kept
from flows.tables import loaded_deliveries

_KEYS = (("n", "number", "id_clean"), ("h", "household", "household_no"))
"""Letter before the key in the ledger, purpose of the hash, column that it is made from."""


def rotate_keys(home: Home, who: str, reason: str, at: str) -> str:
    """Make a new secret and put it in force; `at` is the text of a clock that the caller read."""
    _refuse_empty(who, reason)
    with only_one(home.lock):
        ledger = Ledger(home.ledger)
        if finish_rotation(home, ledger):
            return "上一次更换密钥曾中断,现已补完。如需再换一次,请重新运行本命令。"
        with engine(home) as working:
            settle_hashes(working, home)
            if not _holds_everything(working, ledger):
                raise UsageError("工作库不完整,不能更换密钥。请先运行一次 doorstep nightly。")
        body = {
            "secret": secrets.token_hex(32),
            "who": who.strip(),
            "reason": reason.strip(),
            "at": at,
        }
        files.write(_next(home), json.dumps(body, ensure_ascii=False))
        finish_rotation(home, ledger)
    return "已更换连接密钥。人员编号、户编号和记录编号都没有变;旧密钥已不再保存。"


def finish_rotation(home: Home, ledger: Ledger) -> bool:
    """Finish what a rotation began; False if there was nothing, or it had to be called off.

    The caller holds the night's lock.
    """
    path = _next(home)
    if not path.exists():
        return False
    body = json.loads(files.read_text(path))
    new = bytes.fromhex(body.pop("secret"))
    name = fingerprint(new)
    with engine(home) as working:
        if not ledger.rotated(name):
            if not _holds_everything(working, ledger):
                files.remove(path)
                return False
            persons, households = _replaced(working, home.join_secret, new)
            ledger.rotate_keys(persons, households, {**body, "fingerprint": name})
        files.write(home.join_secret_file, new.hex())
        files.remove(path)
        settle_hashes(working, home)
    return True


def settle_hashes(working: Engine, home: Home) -> None:
    """Make the hashes of the working database those of the secret in force, all or none of them."""
    connection, name = working.duckdb, fingerprint(home.join_secret)
    connection.execute("CREATE TABLE IF NOT EXISTS join_key (fingerprint VARCHAR)")
    found = connection.execute("SELECT fingerprint FROM join_key").fetchall()
    if found == [(name,)]:
        return
    hashes = ", ".join(
        f"{purpose}_hash = {_hash(purpose, column, 'secret')}" for _, purpose, column in _KEYS
    )
    connection.execute("BEGIN")
    try:
        if found:
            connection.execute(
                f"UPDATE identities SET {hashes}", {"secret": home.join_secret.hex()}
            )
        connection.execute("DELETE FROM join_key")
        connection.execute("INSERT INTO join_key VALUES (?)", [name])
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def fingerprint(secret: bytes) -> str:
    """What tells one secret from another and nothing else about it."""
    return files.sha256(b"join secret" + secret)[:16]


def _replaced(working: Engine, old: bytes, new: bytes) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Old and new ledger keys of every number, and of every household number, that is known."""
    found: list[Any] = []
    for letter, purpose, column in _KEYS:
        before, after = (f"'{letter}' || {_hash(purpose, column, name)}" for name in ("old", "new"))
        found.append(
            working.duckdb.execute(
                f"SELECT DISTINCT {before} AS old, {after} AS new FROM identities "
                f"WHERE {column} IS NOT NULL ORDER BY 1",
                {"old": old.hex(), "new": new.hex()},
            ).pl()
        )
    return found[0], found[1]


def _hash(purpose: str, column: str, parameter: str) -> str:
    return keyed(f"'{purpose}'", column, parameter)


def _holds_everything(working: Engine, ledger: Ledger) -> bool:
    """Whether every accepted delivery is loaded, so that no key would be forgotten."""
    accepted = {delivery.delivery for delivery in ledger.deliveries()}
    return accepted <= set(loaded_deliveries(working.duckdb))


def _refuse_empty(who: str, reason: str) -> None:
    for text, option in ((who, "--who 写明是谁"), (reason, "--reason 写明理由")):
        if not text.strip():
            raise UsageError(f"请用 {option}。")
        unfit = why_not_kept(text)
        if unfit:
            raise UsageError(f"说明{'、'.join(unfit)},台账不保存。请改写。")


def _next(home: Home) -> Path:
    return home.state / "join_secret.next"
