"""政策: which values were in force last night, from which document, and what each signal rests on.

Reads the published snapshot named by DOORSTEP_SNAPSHOT and nothing else; it never writes.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full", app_title="政策数值")


with app.setup:
    from pathlib import Path

    import marimo as mo
    import polars as pl

    from flows import files
    from flows.desk.notebook_parts import NOTHING, published_snapshot, reader_words, shown_table
    from flows.desk.words import N_

    SHARED = {
        "means": N_("数值"),
        "value": N_("现行"),
        "unit": N_("单位"),
        "document": N_("依据"),
        "since": N_("生效日"),
        "name": N_("名称"),
    }
    SIGNALS = {
        "code": N_("编号"),
        "title": N_("预警"),
        "means": N_("含义"),
        "reference": N_("依据"),
        "households": N_("今夜户数"),
    }
    USED = {"title": N_("预警"), "parameter": N_("采用的数值")}


@app.function
def shared_values(snapshot: Path) -> pl.DataFrame:
    """The values that several rules share, the newest first."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        return con.execute(
            """
            SELECT means, value, unit, document, since, name FROM policy ORDER BY since DESC, name
            """
        ).pl()


@app.function
def signals_tonight(snapshot: Path) -> pl.DataFrame:
    """Every signal with its legal ground and how many households it found tonight."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        return con.execute(
            """
            SELECT signal.code, signal.title, signal.means, signal.reference,
                   count(DISTINCT finding.household_id) AS households
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
            SELECT DISTINCT title, unnest(string_split(parameters, chr(10))) AS parameter
            FROM finding WHERE parameters <> '' ORDER BY ALL
            """
        ).pl()


@app.cell
def _():
    say, snapshot = reader_words(), published_snapshot()
    mo.stop(snapshot is None, mo.md(say(NOTHING)))
    return say, snapshot


@app.cell
def _(say, snapshot):
    mo.vstack(
        [
            mo.md(f"# {say(N_('政策数值'))}"),
            mo.md(say(N_("改标准先在工作台“试算”,存为草案,由另一位经办人采纳。"))),
            mo.md(f"## {say(N_('全县共用'))}"),
            shown_table(shared_values(snapshot), SHARED, say),
            mo.md(f"## {say(N_('各类预警'))}"),
            shown_table(signals_tonight(snapshot), SIGNALS, say),
            mo.md(f"## {say(N_('今夜采用的数值'))}"),
            shown_table(parameters_of(snapshot), USED, say),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
