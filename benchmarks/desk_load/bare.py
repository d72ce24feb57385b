"""The one query at the heart of each click, on the same snapshot, with nothing around it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from statistics import quantiles
from urllib.parse import parse_qs

from flows.desk.published import Published, Snapshot
from flows.desk.search import search
from flows.home import Home

TIMES = 60


def bare(home: Home, plan: dict[str, list[str]]) -> dict[str, tuple[float, float]]:
    """Action to its (p50, p95) in milliseconds, one after the other on a machine as it is."""
    snapshot, dice = Published(home.snapshot).view(), random.Random(2)
    asks: dict[str, tuple[list[str], Callable[[Snapshot, str], object]]] = {
        "filter": (plan["filters"], _page),
        "open household": (plan["households"], _findings),
        "search": (plan["words"], lambda view, typed: search(view, home.secret, typed)),
    }
    told = {}
    for action, (asked, ask) in asks.items():
        spent = []
        for one in dice.choices(asked, k=TIMES):
            began = time.perf_counter()
            ask(snapshot, one)
            spent.append(1000 * (time.perf_counter() - began))
        cuts = quantiles(spent, n=20)
        told[action] = (cuts[9], cuts[18])
    snapshot.close()
    return told


def _page(view: Snapshot, query: str) -> object:
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    return view.rows(
        "SELECT * FROM worklist WHERE coalesce(township_code = ?, true) "
        "AND coalesce(list_contains(string_split(signals, ','), ?), true) "
        "ORDER BY severity DESC, position NULLS LAST, household_id LIMIT 50",
        asked.get("township"),
        asked.get("signal"),
    )


def _findings(view: Snapshot, household: str) -> object:
    return view.rows("SELECT * FROM finding WHERE household_id = ?", household)
