"""政策: which values were in force last night, from which document, and what each signal rests on.

Reads the published snapshot named by DOORSTEP_SNAPSHOT and nothing else; it never writes.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full", app_title="政策数值")


with app.setup:
    import os
    from pathlib import Path

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
def shared_values(snapshot: Path) -> pl.DataFrame:
    """The values that several rules share, the newest first."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        return con.execute(
            """
            SELECT means AS 数值, value AS 现行, unit AS 单位, document AS 依据, since AS 生效日, name AS 名称
            FROM policy ORDER BY since DESC, name
            """
        ).pl()


@app.function
def signals_tonight(snapshot: Path) -> pl.DataFrame:
    """Every signal with its legal ground and how many households it found tonight."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        return con.execute(
            """
            SELECT signal.code AS 编号, signal.title AS 预警, signal.means AS 含义,
                   signal.reference AS 依据, count(DISTINCT finding.household_id) AS 今夜户数
            FROM signal LEFT JOIN finding ON finding.signal = signal.name
            GROUP BY signal.name, signal.code, signal.title, signal.means, signal.reference
            ORDER BY signal.code, signal.name
            """
        ).pl()


@app.function
def parameters_of(snapshot: Path) -> pl.DataFrame:
    """The values that tonight's findings were weighed with, as their pages quote them."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        return con.execute(
            """
            SELECT DISTINCT title AS 预警, unnest(string_split(parameters, chr(10))) AS 采用的数值
            FROM finding WHERE parameters <> '' ORDER BY ALL
            """
        ).pl()


@app.cell
def _():
    snapshot = published_snapshot()
    mo.stop(snapshot is None, mo.md(NOTHING))
    return (snapshot,)


@app.cell
def _(snapshot):
    mo.vstack(
        [
            mo.md("# 政策数值"),
            mo.md("改标准先在工作台“试算”,存为草案,由另一位经办人采纳。"),
            mo.md("## 全县共用"),
            mo.ui.table(shared_values(snapshot), selection=None, show_download=False),
            mo.md("## 各类预警"),
            mo.ui.table(signals_tonight(snapshot), selection=None, show_download=False),
            mo.md("## 今夜采用的数值"),
            mo.ui.table(parameters_of(snapshot), selection=None, show_download=False),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
