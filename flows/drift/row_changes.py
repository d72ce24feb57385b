"""What changed in the rows as a whole: how many, how many are known, what agrees with what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log10
from statistics import median

from data_contracts.terms import DeliveryKind, Source
from flows.drift.bands import band, share_noise
from flows.drift.change import Change, percent
from flows.drift.profile import Profile

_DELIVERIES_NEED = 5
_LEAST_TIMES = 0.7
"""Single days differ five times without meaning anything (log10)."""
_TOLD_TIMES = 0.3
"""Told, not held: half of the fewest rows of the last deliveries, or twice the most (log10)."""

_SHARES = {
    "known": ("已知记录的比例", "疑似编号规则改变或不是本来源的文件", 0.3),
    "birth_date_agrees": ("出生日期与证件号码相符的比例", "疑似列错位或日期格式改变", 0.1),
    "sex_agrees": ("性别与证件号码相符的比例", "疑似性别代码改变或列错位", 0.1),
}

_KNOWN, _CHANGED = "known", "changed_"
"""Usual before a source was ever compared with itself: all is known, nothing changed."""


def row_changes(new: Profile, past: Sequence[Profile], source: Source) -> Iterator[Change]:
    """The count of rows of what is sent piece by piece, and every share that is known of both."""
    last = past[-1]
    if source.delivery is not DeliveryKind.FULL and len(past) >= _DELIVERIES_NEED:
        yield from _count(new, past)
    for name, value in new.shares.items():
        words, suspicion, least = _meaning(name, source)
        before = [one.shares[name] for one in past if name in one.shares]
        if name not in _SHARES or name == _KNOWN:
            before = before or [float(name == _KNOWN)]
        if not before:
            continue
        noise = share_noise(median(before), new.looked_at, median(one.looked_at for one in past))
        usual = band(before, least, noise)
        if not usual.holds(value) and not _is_calmer(name, value, before):
            said = f"{words}由 {percent(usual.usual)} 变为 {percent(value)},{suspicion}"
            yield _change(name, said, f"the share '{name}' changed", last, holds=True)


def _is_calmer(name: str, value: float, before: Sequence[float]) -> bool:
    """Whether fewer records changed than have before: that is never a sign of anything."""
    return name.startswith(_CHANGED) and value <= max(before)


def _meaning(name: str, source: Source) -> tuple[str, str, float]:
    """What a share is called, what is suspected when it moves, and how far it may."""
    if name in _SHARES:
        return _SHARES[name]
    column = source.columns[name.removeprefix(_CHANGED)]
    return f"已知记录中“{column.means}”内容改变的比例", "疑似列错位、编码或代码表改变", 0.3


def _count(new: Profile, past: Sequence[Profile]) -> Iterator[Change]:
    counts = [log10(1 + one.rows) for one in past]
    noise = 0.4343 / (1 + median(one.rows for one in past)) ** 0.5
    usual = band(counts, _LEAST_TIMES, noise)
    value = log10(1 + new.rows)
    beyond = max(value - max(counts), min(counts) - value)
    if not usual.holds(value) or beyond > _TOLD_TIMES + 2 * noise:
        often = 10**usual.usual - 1
        said = f"行数由通常约 {often:.0f} 行变为 {new.rows} 行,请核对是否漏导或多导"
        english, holds = "the number of rows is unusual", not usual.holds(value)
        yield _change("rows", said, english, past[-1], holds=holds)


def _change(kind: str, said: str, english: str, last: Profile, *, holds: bool) -> Change:
    return Change(kind=kind, column="", said=said, said_en=english, last=last.night, holds=holds)
