"""`doorstep yield`: the last night's yield in a few lines, and where its page is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flows import files, inputs
from flows.errors import UsageError
from flows.home import Home
from flows.ledger import Ledger
from flows.publish.yield_page import YIELD, YIELD_JSON, count, rate

_STAGES = {"orders": "派单", "visited": "走访到", "confirmed": "属实", "helped": "落实帮扶"}


def yield_lines(home: Home) -> Iterator[str]:
    """The lines that `doorstep yield` prints."""
    folder = _newest(home)
    told: Mapping[str, Any] = json.loads(files.read_text(folder / YIELD_JSON))
    total = told["total"]
    stages = ",".join(f"{word} {count(total['counts'][name])}" for name, word in _STAGES.items())
    yield f"{told['since']} 至 {told['night']}:预警 {count(total['counts']['flagged'])} 户;{stages}。"
    yield f"走访属实率 {rate(total['rates']['confirmed'])},不含随机走访。"
    yield told["misses"]["words_zh"]
    yield from told["alerts_zh"] or ["各组之间没有超出界限的差别。"]
    yield f"详见 {folder / YIELD}"


def _newest(home: Home) -> Path:
    """The folder of the last night that published a yield."""
    for night in reversed(Ledger(home.ledger).nights() if home.ledger.exists() else []):
        stored = inputs.stored_list(home, date.fromisoformat(night["night"]), night["number"])
        if stored and (home.outbox / stored.label / YIELD_JSON).is_file():
            return home.outbox / stored.label
    raise UsageError("还没有成效数据。请先运行 doorstep nightly。")
