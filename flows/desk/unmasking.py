"""One person's name, number, phone and address in full: from the working database, kept nowhere else."""

from __future__ import annotations

from typing import Any

from flows import files
from flows.errors import UsageError
from flows.home import Home
from flows.lock import only_one

_SAID = """
SELECT DISTINCT source, dated, name, coalesce(id_clean, id_number) AS number, phone, address,
       registered_address
FROM identities WHERE list_contains(?, record_key) AND known_to IS NULL
ORDER BY dated DESC NULLS LAST, source, name, number, phone, address, registered_address
"""


def unmasked(home: Home, record_keys: list[str]) -> list[dict[str, Any]]:
    """What every department says of who a person is, newest first."""
    if not record_keys:
        raise UsageError("已发布的数据里没有这个人的记录。")
    titles = {name: source.title for name, source in home.config.sources.items()}
    with (
        only_one(home.lock, "读取工作库的任务"),
        files.duckdb_database(home.work, read_only=True) as working,
    ):
        answer = working.execute(_SAID, [record_keys])
        names = [column[0] for column in answer.description]
        rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return [{**row, "source": titles.get(row["source"], row["source"])} for row in rows]
