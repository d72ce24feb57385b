"""How the two databases take a key. Neither a statement's text nor an error ever holds it."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from flows.errors import DoorstepError
from flows.sealing.key import SealingKey


def encrypt_duckdb(connection: Any) -> None:
    """Let a DuckDB encrypt, spill included. The extension lies in the environment: no network."""
    import duckdb
    import duckdb_extension_httpfs

    extension = (
        Path(str(duckdb_extension_httpfs.__file__)).parent
        / "extensions"
        / f"v{duckdb.__version__}"
        / "httpfs.duckdb_extension"
    )
    if not extension.is_file():
        raise DoorstepError(
            "加密数据库需要与 DuckDB 同版本的 duckdb-extension-httpfs。请按锁定文件重新安装。"
        )
    connection.execute(f"LOAD '{extension}'")
    (encrypted,) = connection.execute("SELECT current_setting('temp_file_encryption')").fetchone()
    if not encrypted:
        connection.execute("SET temp_file_encryption = true")


def attach(
    connection: Any, path: Path, name: str, key: SealingKey | None, *, read_only: bool = False
) -> None:
    """Attach a database file under a name; with a key where it is encrypted."""
    options = ["READ_ONLY"] if read_only else []
    if key is not None:
        options.append("ENCRYPTION_KEY getvariable('sealing_key')")
    told = f" ({', '.join(options)})" if options else ""
    place = str(path).replace("'", "''")
    if key is not None:
        connection.execute("SET VARIABLE sealing_key = ?", [_duckdb_key(key)])
    try:
        connection.execute(f"ATTACH IF NOT EXISTS '{place}' AS \"{name}\"{told}")
    finally:
        connection.execute("RESET VARIABLE sealing_key")


def sqlcipher() -> Any:
    """SQLCipher's sqlite3."""
    from sqlcipher3 import dbapi2

    return dbapi2


def unlock_ledger(connection: Any, key: SealingKey) -> None:
    """Give SQLCipher its raw key; what it sorts stays in memory."""
    connection.execute(f'PRAGMA key = "{ledger_key(key)}"')
    connection.execute("PRAGMA temp_store = MEMORY")


def ledger_key(key: SealingKey) -> str:
    """The ledger's raw key as SQLCipher reads it."""
    return f"x'{key.derived('ledger').hex()}'"


def _duckdb_key(key: SealingKey) -> str:
    return base64.b64encode(key.derived("duckdb")).decode("ascii")
