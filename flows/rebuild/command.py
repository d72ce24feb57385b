"""`doorstep rebuild`: what it says and how it ends."""

from __future__ import annotations

from collections.abc import Iterator

from flows.erasure.completing import complete
from flows.errors import Exit
from flows.home import Home
from flows.lock import only_one
from flows.rebuild.rebuilding import Rebuilt, rebuild
from flows.steps import Timed


def rebuild_home(home: Home) -> tuple[Exit, list[str]]:
    """Rebuild under the night's lock; a difference is a warning, and what it is in is named."""
    step = Timed(say=True)
    with only_one(home.lock, "任务"):
        complete(home, step)
        rebuilt = rebuild(home, step)
    lines = list(told_of_rebuild(rebuilt, sum(step.seconds.values())))
    return (Exit.DONE if rebuilt.equal else Exit.WARNINGS), lines


def told_of_rebuild(rebuilt: Rebuilt, seconds: float) -> Iterator[str]:
    """The lines that say how it came out."""
    rows = sum(count for count, _ in rebuilt.tables.values())
    yield f"已由归档和台账重建:{len(rebuilt.tables)} 张表 {rows:,} 行,用时 {seconds / 60:.1f} 分钟。"
    if rebuilt.links:
        yield f"补齐了 {rebuilt.links} 夜的归属记录。"
    if not rebuilt.before:
        yield "原来没有可读的工作库和快照,无从比较。"
    elif rebuilt.differing:
        yield f"✗ 与原来不同的表:{'、'.join(rebuilt.differing)}"
    else:
        yield "✓ 每张表都与原来相同。"
    yield from _published(rebuilt)


def _published(rebuilt: Rebuilt) -> Iterator[str]:
    if rebuilt.same_results and not rebuilt.published:
        yield "✓ 最近一夜重算的名单和报告与发布的逐字节相同。"
    if not rebuilt.same_results:
        why = "此后依法删除过个人信息" if rebuilt.erased_since else "请核对程序版本是否与当时相同"
        yield f"✗ 最近一夜重算的名单和报告与发布的不同({why})。已发布的没有改动。"
    if rebuilt.published:
        yield f"✗ outbox 中缺少或被改动的文件:{'、'.join(rebuilt.published)}"
