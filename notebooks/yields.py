"""成效: from flag to help by signal, township and month, with intervals; small counts stay hidden.

Reads the published snapshot named by DOORSTEP_SNAPSHOT and nothing else; it never writes.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full", app_title="走访成效")


with app.setup:
    import json
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    import marimo as mo
    import polars as pl

    from flows import files
    from flows.desk.notebook_parts import NOTHING, published_snapshot, reader_words, shown_table
    from flows.desk.words import N_
    from flows.desk.works import RATES, STAGES
    from flows.publish.yield_page import FUNNELS

    SHARES = {rate: word for rate, word in RATES.items() if rate != "flagged"}
    TITLES = {
        "title": N_("组"),
        **STAGES,
        **{f"{rate}_rate": word for rate, word in SHARES.items()},
    }


@app.function
def yields_of(snapshot: Path) -> dict[str, Any]:
    """What the night told of a year's visits (flows/yields/telling.py); small counts are marks."""
    with files.duckdb_database(snapshot, read_only=True) as con:
        (told,) = con.execute("SELECT told FROM measured WHERE name = 'yield'").fetchone()
    return json.loads(told)


@app.function
def share(found: Mapping[str, float] | None) -> str:
    """A share with its 95 % interval; a dash where it is not told."""
    if found is None:
        return "–"
    return f"{found['value']:.1%} ({found['low']:.0%} – {found['high']:.0%})"


@app.function
def funnel_table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """One line a group: the counts by stage as told, and the rates with their intervals."""
    told = [
        {
            "title": row["title"],
            **{stage: str(row["counts"][stage]) for stage in STAGES},
            **{f"{rate}_rate": share(row["rates"][rate]) for rate in SHARES},
        }
        for row in rows
    ]
    return pl.DataFrame(told, schema=dict.fromkeys(TITLES, pl.String))


@app.cell
def _():
    say, snapshot = reader_words(), published_snapshot()
    mo.stop(snapshot is None, mo.md(say(NOTHING)))
    told = yields_of(snapshot)
    return say, told


@app.cell
def _(say):
    options = {say(title): name for name, title in FUNNELS.items()}
    grouping = mo.ui.radio(
        options=options, value=next(iter(options)), label=say(N_("分组")), inline=True
    )
    return (grouping,)


@app.cell
def _(grouping, say, told):
    mo.vstack(
        [
            mo.md(f"# {say(N_('走访成效'))} {told['since']} – {told['night']}"),
            mo.md(f"**{say(told['misses']['words_zh'])}**"),
            shown_table(funnel_table([told["total"]]), TITLES, say),
            grouping,
            shown_table(funnel_table(told[grouping.value]), TITLES, say),
            mo.md(f"## {say(N_('各组人群'))}"),
            mo.md(
                "\n".join(f"- {say(line)}" for line in told["alerts_zh"])
                or say(N_("没有超出界限的差别。"))
            ),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
