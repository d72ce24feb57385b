"""How things stand, in a few lines: last night, freshness of every source, what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flows import files, lock
from flows.freshness import days_late, is_awaited, newest_days
from flows.home import Home
from flows.ledger import Ledger
from flows.ledger_schema import SCHEMA_VERSION
from flows.program import code_version
from flows.states import STATE_WORDS


def status_lines(home: Home, today: date) -> Iterator[str]:
    """The lines that `doorstep status` prints."""
    config = home.config
    yield f"{config.site.name or config.site.county}  {home.root}"
    yield f"程序 {code_version()},台账结构第 {SCHEMA_VERSION} 版"
    holder = lock.holder(home.lock)
    if holder:
        yield f"夜间任务正在运行(进程 {holder})。"
    if not home.ledger.exists():
        yield "还没有运行过。首次请运行 doorstep nightly --baseline。"
        return
    ledger = Ledger(home.ledger)
    nights = ledger.nights()
    if nights:
        last = nights[-1]
        number = "" if last["number"] == 1 else f"(补充 {last['number'] - 1})"
        yield f"上一夜:{last['night']}{number} {STATE_WORDS.get(last['state'], last['state'])}"
    newest = newest_days(ledger.deliveries(), ledger.repeats(ledger.position()))
    for name, source in config.sources.items():
        if is_awaited(source, newest):
            yield f"  {source.title}:{_freshness(newest.get(name), source.cadence_days, today)}"
    for name in config.sources:
        for path in files.listing(home.held / name):
            if "__" in path.name and not path.name.endswith(".txt"):
                delivery, file_name = path.name.split("__", 1)
                yield f"待放行:{name} 批次 {delivery} {file_name}(doorstep release {delivery} --reason ...)"


def _freshness(newest: date | None, cadence_days: int, today: date) -> str:
    if newest is None:
        return "从未收到"
    late = days_late(newest, cadence_days, today)
    return f"数据到 {newest}" + (f",已迟 {late} 天" if late else "")
