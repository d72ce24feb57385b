"""数据质量: what each source sent, what changed since when, and how good the linkage is.

Reads the published snapshot named by DOORSTEP_SNAPSHOT and nothing else; it never writes.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full", app_title="数据质量")


with app.setup:
    import json
    from pathlib import Path
    from typing import Any

    import marimo as mo
    import polars as pl

    from flows import files
    from flows.desk.notebook_parts import NOTHING, published_snapshot, reader_words, shown_table
    from flows.desk.words import N_

    SOURCES = {
        "title": N_("数据"),
        "supplier": N_("供数单位"),
        "last_business_date": N_("数据截至"),
        "late_days": N_("迟到(天)"),
        "rows": N_("收到行"),
        "loaded": N_("入库"),
        "quarantined": N_("隔离"),
        "duplicate": N_("重复"),
        "adds_up": N_("对平"),
    }
    DRIFT = {
        "title": N_("数据"),
        "column": N_("列"),
        "said": N_("变化"),
        "last": N_("此前最近一批"),
        "holds": N_("暂缓"),
    }


@app.function
def sources_of(snapshot: Path) -> pl.DataFrame:
    """Each source: rows as received, loaded, quarantined and repeated, and how late it is."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        return con.execute(
            """
            SELECT title, supplier, last_business_date, late_days, rows, loaded, quarantined,
                   duplicate, rows = loaded + quarantined + duplicate AS adds_up
            FROM source_status ORDER BY late_days DESC NULLS FIRST, title, source
            """
        ).pl()


@app.function
def drift_of(snapshot: Path) -> pl.DataFrame:
    """What was not as before in tonight's deliveries."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        return con.execute(
            """
            SELECT title, "column", said, last, holds FROM drift ORDER BY title, "column", kind, delivery, said
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
    say, snapshot = reader_words(), published_snapshot()
    mo.stop(snapshot is None, mo.md(say(NOTHING)))
    return say, snapshot


@app.cell
def _(say, snapshot):
    mo.vstack(
        [
            mo.md(f"# {say(N_('数据质量'))}"),
            mo.md(f"## {say(N_('各来源'))}"),
            shown_table(sources_of(snapshot), SOURCES, say),
            mo.md(f"## {say(N_('从何时起变了什么'))}"),
            shown_table(drift_of(snapshot), DRIFT, say),
            mo.md(f"## {say(N_('身份比对'))}"),
            mo.md("\n".join(f"1. {say(line)}" for line in linkage_lines(snapshot))),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
