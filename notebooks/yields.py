"""成效: from flag to help by signal, township and month, with intervals; small counts stay hidden.

Reads the published snapshot named by DOORSTEP_SNAPSHOT and nothing else; it never writes.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full", app_title="走访成效")


with app.setup:
    import json
    import os
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    import marimo as mo
    import polars as pl

    from flows import files

    NOTHING = "还没有发布过任何一夜。请先运行 doorstep nightly,完成后刷新本页。"
    GROUPINGS = {"按预警类型": "by_signal", "按乡镇": "by_township", "按月份": "by_month"}
    STAGES = {
        "flagged": "预警户",
        "issued": "其中派单户",
        "orders": "派单",
        "visited": "走访到",
        "confirmed": "属实",
        "helped": "落实帮扶",
    }
    RATES = {"issued": "派单率", "visited": "走访率", "confirmed": "属实率", "helped": "帮扶率"}


@app.function
def published_snapshot() -> Path | None:
    """The snapshot that is shown, or nothing before the first published night."""
    path = Path(os.environ.get("DOORSTEP_SNAPSHOT", "snapshot.duckdb"))
    return path if path.is_file() else None


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
    return f"{found['value']:.1%}({found['low']:.0%} 至 {found['high']:.0%})"


@app.function
def funnel_table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """One line a group: the counts by stage as told, and the rates with their intervals."""
    told = [
        {
            "组": row["title"],
            **{word: str(row["counts"][stage]) for stage, word in STAGES.items()},
            **{word: share(row["rates"][rate]) for rate, word in RATES.items()},
        }
        for row in rows
    ]
    schema = dict.fromkeys(("组", *STAGES.values(), *RATES.values()), pl.String)
    return pl.DataFrame(told, schema=schema)


@app.cell
def _():
    snapshot = published_snapshot()
    mo.stop(snapshot is None, mo.md(NOTHING))
    told = yields_of(snapshot)
    return (told,)


@app.cell
def _():
    grouping = mo.ui.radio(options=GROUPINGS, value="按预警类型", label="分组", inline=True)
    return (grouping,)


@app.cell
def _(grouping, told):
    mo.vstack(
        [
            mo.md(f"# 走访成效 {told['since']} 至 {told['night']}"),
            mo.md(f"**{told['misses']['words_zh']}**"),
            mo.ui.table(funnel_table([told["total"]]), selection=None, show_download=False),
            grouping,
            mo.ui.table(funnel_table(told[grouping.value]), selection=None, show_download=False),
            mo.md("## 各组人群"),
            mo.md("\n".join(f"- {line}" for line in told["alerts_zh"]) or "没有超出界限的差别。"),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
