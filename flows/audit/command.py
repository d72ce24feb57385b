"""`doorstep audit`: is the trail whole, and what does it say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flows.audit.anchors import Anchor, anchor_at, read_anchor
from flows.audit.entries import Entry, read_line
from flows.audit.trail import Trail
from flows.audit.verifying import Verdict, verified
from flows.errors import Exit
from flows.home import Home


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which entries to show: texts must be equal, days are those of the entry, both included."""

    who: str | None = None
    what: str | None = None
    on: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int = 100


def verify_trail(home: Home, printed: str | None) -> tuple[Exit, list[str]]:
    """Judge the trail by its own anchors and, if one is given, by the one off a printed report."""
    trail = Trail(home)
    if not trail.file.exists() and not trail.anchors() and printed is None:
        return Exit.NOTHING_NEW, ["还没有审计记录。"]
    anchors: list[Anchor] = [*trail.anchors(), *([read_anchor(printed)] if printed else [])]
    lines = trail.lines()
    verdict = verified(lines, trail.key, anchors)
    if verdict.broken is not None:
        told = f"✗ 第 {verdict.broken} 条{verdict.problem}。其前 {verdict.entries} 条完好。"
        return Exit.FAILED, [told, "请保留 state/audit/ 原样,通知管理员和审计员。"]
    return Exit.WARNINGS if verdict.torn or verdict.unfinished else Exit.DONE, list(
        _sound(verdict, lines, len(anchors), printed)
    )


def _sound(
    verdict: Verdict, lines: list[bytes], anchors: int, printed: str | None
) -> Iterator[str]:
    entries = [entry for line in lines if (entry := read_line(line))]
    now = anchor_at(entries[-1].number, entries[-1].hash)
    yield f"✓ 审计记录 {verdict.entries} 条,首尾相接,未被改动;与 {anchors} 个锚点相符。现在的锚点:{now}"
    if printed is None:
        yield "  末尾是否被截去、整本是否被重写,要用晨报上印的锚点核对:--anchor 锚点"
    if verdict.torn:
        yield f"  有 {verdict.torn} 处未写完的半条(断电或进程被杀),已由其后一条说明。"
    if verdict.unfinished:
        yield "  末尾有未写完的半条(断电或进程被杀),下一条写入时会说明。"


def show_trail(home: Home, asked: Asked) -> list[str]:
    """The newest entries that fit, oldest of them first."""
    entries = [entry for line in Trail(home).lines() if (entry := read_line(line))]
    fitting = [entry for entry in entries if _fits(entry, asked)]
    shown = [_told(entry) for entry in fitting[-asked.limit :]]
    return [*shown, f"共 {len(fitting)} 条,显示最近 {len(shown)} 条。"]


def _fits(entry: Entry, asked: Asked) -> bool:
    day = date.fromisoformat(entry.at[:10])
    return (
        asked.who in (None, entry.who)
        and asked.what in (None, entry.what)
        and asked.on in (None, entry.on)
        and (asked.since is None or asked.since <= day)
        and (asked.until is None or day <= asked.until)
    )


def _told(entry: Entry) -> str:
    parts = [f"{entry.number:>6}  {entry.at[:19]}  {entry.who}({entry.role})  {entry.what}"]
    for title, value in (
        ("对象", entry.on),
        ("范围", entry.filter),
        ("数量", entry.count),
        ("理由", entry.reason),
        ("sha256", entry.sha256[:16]),
    ):
        if value not in ("", None):
            parts.append(f"{title} {value}")
    return ";".join(parts)
