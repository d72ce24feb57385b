"""数据质量: what each source sent, what changed since when, and how good the linkage is.

Reads the published snapshot named by DOORSTEP_SNAPSHOT and nothing else; it never writes.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full", app_title="数据质量")


with app.setup:
    import json
    import os
    from pathlib import Path
    from typing import Any

    import marimo as mo
    import polars as pl

    from flows import files

    NOTHING = "还没有发布过任何一夜。请先运行 doorstep nightly,完成后刷新本页。"


@app.function
def published_snapshot() -> Path | None:
    """The snapshot that is shown, or nothing before the first published night."""
    path = Path(os.environ.get("DOORSTEP_SNAPSHOT", "snapshot.duckdb"))
    return path if path.is_file() else None


@app.function
def sources_of(snapshot: Path) -> pl.DataFrame:
    """Each source: rows as received, loaded, quarantined and repeated, and how late it is."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        return con.execute(
            """
            SELECT title AS 数据, supplier AS 供数单位, last_business_date AS 数据截至,
                   late_days AS "迟到(天)", rows AS 收到行, loaded AS 入库, quarantined AS 隔离,
                   duplicate AS 重复, rows = loaded + quarantined + duplicate AS 对平
            FROM source_status ORDER BY late_days DESC NULLS FIRST, title, source
            """
        ).pl()


@app.function
def drift_of(snapshot: Path) -> pl.DataFrame:
    """What was not as before in tonight's deliveries."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        return con.execute(
            """
            SELECT title AS 数据, "column" AS 列, said AS 变化, last AS 此前最近一批, holds AS 暂缓
            FROM drift ORDER BY title, "column", kind, delivery, said
            """
        ).pl()


@app.function
def linkage_lines(snapshot: Path) -> list[str]:
    """The ten lines about the night's linkage."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        (told,) = con.execute("SELECT told FROM measured WHERE name = 'linkage'").fetchone()
    quality: dict[str, Any] = json.loads(told)
    return list(quality["lines_zh"])


@app.cell
def _():
    snapshot = published_snapshot()
    mo.stop(snapshot is None, mo.md(NOTHING))
    return (snapshot,)


@app.cell
def _(snapshot):
    mo.vstack(
        [
            mo.md("# 数据质量"),
            mo.md("## 各来源"),
            mo.ui.table(sources_of(snapshot), selection=None, show_download=False),
            mo.md("## 从何时起变了什么"),
            mo.ui.table(drift_of(snapshot), selection=None, show_download=False),
            mo.md("## 身份比对"),
            mo.md("\n".join(f"1. {line}" for line in linkage_lines(snapshot))),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
