"""试算: what a stricter threshold or another capacity would leave of last night's list.

Reads the published snapshot named by DOORSTEP_SNAPSHOT and nothing else; it never writes. The snapshot
holds what was found and not what almost was, so only a stricter threshold can be tried here; the desk's
page 试算 (`doorstep plan`) asks the whole night again and tries any value.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full", app_title="试算")


with app.setup:
    from decimal import Decimal
    from math import ceil
    from pathlib import Path

    import marimo as mo
    import polars as pl

    from flows import files
    from flows.desk.notebook_parts import NOTHING, published_snapshot, reader_words, shown_table
    from flows.desk.words import N_

    NO_TOWNSHIP = N_("乡镇不明")
    LEFT = {
        "township": N_("乡镇"),
        "now": N_("现行"),
        "tried": N_("试行"),
        "fewer": N_("减少"),
    }
    NIGHTS = {"township": N_("乡镇"), "waiting": N_("等候户"), "nights": N_("需要几晚")}


@app.function
def measured_signals(snapshot: Path) -> dict[str, str]:
    """The signals that compare a measure with a threshold: title to name."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        rows = con.execute(
            "SELECT DISTINCT title, signal FROM finding WHERE measure IS NOT NULL ORDER BY ALL"
        ).fetchall()
    return dict(rows)


@app.function
def measures_of(snapshot: Path, signal: str) -> pl.DataFrame:
    """household_id, township, measure: of each household its largest measure of the signal."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        return con.execute(
            """
            SELECT finding.household_id, coalesce(max(township_name), ?) AS township,
                   max(measure) AS measure
            FROM finding LEFT JOIN worklist USING (household_id)
            WHERE signal = ? AND measure IS NOT NULL GROUP BY finding.household_id ORDER BY 1
            """,
            [NO_TOWNSHIP, signal],
        ).pl()


@app.function
def left_by(measures: pl.DataFrame, threshold: Decimal) -> pl.DataFrame:
    """Of each township: households found, left at a threshold (inclusive), and fallen away."""
    kept = pl.col("measure") >= threshold
    return (
        measures.group_by("township")
        .agg(pl.len().alias("now"), kept.sum().alias("tried"), (~kept).sum().alias("fewer"))
        .sort("township")
    )


@app.function
def waiting_by_township(snapshot: Path) -> pl.DataFrame:
    """township, households that wait for a visit tonight or were left for later."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        return con.execute(
            """
            SELECT township_name AS township, count(*) AS waiting FROM worklist
            WHERE state IN ('issued', 'carried') GROUP BY township_name ORDER BY 1
            """
        ).pl()


@app.function
def nights_needed(waiting: pl.DataFrame, capacity: int) -> pl.DataFrame:
    """How many nights each township needs for those who wait now, at so many visits a night."""
    nights = [ceil(count / capacity) for count in waiting["waiting"]]
    return waiting.with_columns(pl.Series("nights", nights, dtype=pl.Int64))


@app.cell
def _():
    say, snapshot = reader_words(), published_snapshot()
    mo.stop(snapshot is None, mo.md(say(NOTHING)))
    signals = measured_signals(snapshot)
    mo.stop(not signals, mo.md(say(N_("今夜没有带数值的预警。"))))
    return say, signals, snapshot


@app.cell
def _(say, signals):
    options = {say(title): name for title, name in signals.items()}
    signal = mo.ui.dropdown(options=options, value=next(iter(options)), label=say(N_("预警")))
    capacity = mo.ui.slider(1, 30, value=5, label=say(N_("每个乡镇每晚走访几户")), show_value=True)
    return capacity, signal


@app.cell
def _(say, signal, snapshot):
    measures = measures_of(snapshot, signal.value)
    low, high = float(measures["measure"].min()), float(measures["measure"].max())
    threshold = mo.ui.slider(
        low,
        max(high, low + 1),
        step=max(1, round((high - low) / 100)),
        label=say(N_("标准提高到")),
        show_value=True,
    )
    return measures, threshold


@app.cell
def _(capacity, measures, say, signal, snapshot, threshold):
    mo.vstack(
        [
            mo.md(f"# {say(N_('试算:标准提高会少掉谁,名额够不够'))}"),
            mo.md(say(N_("这里只能提高标准;降低标准、改冷却期,请用工作台的“试算”页。"))),
            signal,
            threshold,
            shown_table(left_by(measures, Decimal(str(threshold.value))), LEFT, say),
            capacity,
            shown_table(nights_needed(waiting_by_township(snapshot), capacity.value), NIGHTS, say),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
