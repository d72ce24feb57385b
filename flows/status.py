"""How things stand, in a few lines: last night, freshness of every source, what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flows import files, lock
from flows.errors import DoorstepError
from flows.freshness import days_late, is_awaited
from flows.home import Home
from flows.ledger import Ledger
from flows.ledger_schema import SCHEMA_VERSION
from flows.program import code_version
from flows.standing import Standing, left_standing, standing_of
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
    closed = _why_closed(home)
    if closed:
        yield f"没有打开台账,以下是上一夜结束时留下的状态。{closed}"
    yield from _standing(
        left_standing(home) if closed else standing_of(Ledger(home.ledger)), home, today
    )
    for name in config.sources:
        for path in files.listing(home.held / name):
            if "__" in path.name and not path.name.endswith(".txt"):
                delivery, file_name = path.name.split("__", 1)
                yield f"待放行:{name} 批次 {delivery} {file_name}(doorstep release {delivery} --reason ...)"


def _why_closed(home: Home) -> str:
    """Why the ledger cannot be opened by whoever asks; '' where it can."""
    try:
        files.house_key(home.root)
    except DoorstepError as error:
        return str(error)
    except PermissionError:
        return "当前账号读不到密钥文件。"
    return ""


def _standing(known: Standing | None, home: Home, today: date) -> Iterator[str]:
    if known is None:
        yield "还没有一夜留下状态。"
        return
    if known.night:
        yield f"上一夜:{_night(known)}"
    for name, source in home.config.sources.items():
        if is_awaited(source, known.newest):
            told = _freshness(known.newest.get(name), source.cadence_days, today)
            yield f"  {source.title}:{told}"


def _night(known: Standing) -> str:
    number = "" if known.number == 1 else f"(补充 {known.number - 1})"
    return f"{known.night}{number} {STATE_WORDS.get(known.state, known.state)}"


def _freshness(newest: date | None, cadence_days: int, today: date) -> str:
    if newest is None:
        return "从未收到"
    late = days_late(newest, cadence_days, today)
    return f"数据到 {newest}" + (f",已迟 {late} 天" if late else "")
