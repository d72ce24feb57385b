"""`doorstep retention`: what is kept how long, what is over, and taking it away."""

from __future__ import annotations

from collections.abc import Iterator

from flows.errors import Exit, UsageError
from flows.home import Home
from flows.ledger import Ledger
from flows.lock import only_one
from flows.retention.applying import apply
from flows.retention.due import Due, due
from flows.retention.table import how_long


def retention(home: Home, *, is_applied: bool) -> tuple[Exit, list[str]]:
    """Say what is over; take it away only where that is asked."""
    if not home.ledger.exists():
        raise UsageError("还没有运行过,没有可清理的。")
    ledger = Ledger(home.ledger)
    if is_applied:
        with only_one(home.lock, "任务"):
            found = apply(home, ledger)
    else:
        found = due(home, ledger)
    lines = [*_limits(home), *_told(found, is_applied=is_applied)]
    return (Exit.DONE if found else Exit.NOTHING_NEW), lines


def _limits(home: Home) -> Iterator[str]:
    yield "保存期限:"
    for kept, long in how_long(home.config.retention, home.config.logs.keep_days):
        yield f"  {kept.what}:{long}"


def _told(found: Due | None, *, is_applied: bool) -> Iterator[str]:
    if found is None:
        yield "完成过两夜之后才开始清理。"
        return
    done = "已清除" if is_applied else "已到期"
    if found.deliveries:
        oldest = min(one.night for one in found.deliveries)
        yield f"{done}归档 {len(found.deliveries)} 批(最早 {oldest}),其中的记录不再参与比对。"
    for place, paths in found.paths.items():
        if paths:
            yield f"{done} {place} {len(paths)} 项"
    if not found:
        yield "没有到期的内容。"
    elif not is_applied:
        yield "以上尚未清除。夜间任务发布之后会自动清除,也可加 --apply 立即清除。"
