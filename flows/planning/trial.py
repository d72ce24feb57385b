"""A trial in a process of its own, so that whoever reads the desk meanwhile does not wait for it.

`python -m flows.planning.trial HOME FOLDER`: tries FOLDER/policy.toml exactly as `doorstep plan` does and
writes FOLDER/result.json. While it runs it holds FOLDER/trial.lock.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from flows import files
from flows.errors import kind_of, one_line
from flows.home import Home, existing_home
from flows.lock import only_one
from flows.planning.command import Planned, planned
from flows.planning.compared import Change, Row
from flows.planning.evaluation import Evaluated
from flows.planning.words import changed_homes, examples, signal_name, township_name
from transforms.triage import CARRIED

POLICY, RESULT, LOCK = "policy.toml", "result.json", "trial.lock"


def run(home: Home, folder: Path) -> dict[str, Any]:
    """Try the folder's values; what went wrong is a result, too."""
    with only_one(folder / LOCK, "试算"):
        try:
            result = {"state": "done", **told(planned(home, folder / POLICY))}
        except Exception as error:
            result = {"state": "failed", "kind": kind_of(error), "said": one_line(error)}
        files.write(folder / RESULT, json.dumps(result, ensure_ascii=False, indent=1))
    return result


def told(one: Planned) -> dict[str, Any]:
    """What the screen shows of a plan, as plain values; `lines` are those of `doorstep plan`."""
    return {
        "night": one.night.isoformat(),
        "lines": one.lines,
        "flagged": _change(one.found.flagged),
        "visited": _change(one.found.visited),
        "waiting": {"before": _waiting(one.before), "after": _waiting(one.after)},
        "sooner": one.found.sooner,
        "later": one.found.later,
        "by_township": [
            _row(row, township_name(row.key, one.townships)) for row in one.found.by_township
        ],
        "by_signal": [_row(row, signal_name(row.key)) for row in one.found.by_signal],
        "examples": list(_examples(one)),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "before": len(change.before),
        "after": len(change.after),
        "added": change.added,
        "removed": change.removed,
    }


def _row(row: Row, title: str) -> dict[str, Any]:
    return {"title": title, "flagged": _change(row.flagged), "visited": _change(row.visited)}


def _waiting(one: Evaluated) -> int:
    """Households that somebody would visit tonight if there were more visitors."""
    return one.worklist.filter(pl.col("state") == CARRIED).height


def _examples(one: Planned) -> Iterator[dict[str, Any]]:
    for what, homes, known in changed_homes(one.found, one.before, one.after):
        shown = examples(homes, known.findings, one.townships)
        rows = [dict(zip(("household", "place", "said"), each, strict=True)) for each in shown]
        yield {"what": what, "count": len(homes), "rows": rows}


if __name__ == "__main__":
    files.keep_private()
    run(existing_home(Path(sys.argv[1])), Path(sys.argv[2]))
