"""Is the trail what was written, all of it, in order? Names the first entry that says no.

The chain finds an edited, deleted, inserted or moved entry; the seal finds one written without the
key; only an anchor finds a trail that was cut short or written anew from the beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.audit.anchors import Anchor
from flows.audit.entries import NOTHING_BEFORE, TORN, Entry, is_sealed, is_whole, read_line
from flows.files import sha256


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """entries: how many are sound from the first on. broken: the number of the first that is not.

    torn: places where a power cut left half a line, accounted for by the entry after it.
    unfinished: half a line at the very end, which the next entry will account for.
    """

    entries: int
    broken: int | None = None
    problem: str = ""
    torn: int = 0
    unfinished: bool = False


def verified(lines: Sequence[bytes], key: bytes, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Judge the lines of a trail by its key and by every anchor that is known of it."""
    walked, hashes = _walked(lines, key)
    if walked.broken is not None:
        return walked
    misfit = _misfit(hashes, sorted(anchors, key=lambda one: one.count))
    if misfit is None:
        return walked
    broken, problem = misfit
    return Verdict(entries=broken - 1, broken=broken, problem=problem, torn=walked.torn)


def _walked(lines: Sequence[bytes], key: bytes) -> tuple[Verdict, list[str]]:
    """Follow the chain from the first line; the hashes are of the entries that hold."""
    hashes: list[str] = []
    torn, loose = 0, list[bytes]()
    for line in lines:
        entry = read_line(line)
        if entry is None:
            loose.append(line)
            continue
        number = len(hashes) + 1
        problem = _accounted(entry, loose) or _fault(entry, line, number, hashes, key)
        if problem:
            return Verdict(entries=number - 1, broken=number, problem=problem, torn=torn), hashes
        torn += bool(loose)
        loose.clear()
        hashes.append(entry.hash)
    return Verdict(entries=len(hashes), torn=torn, unfinished=bool(loose)), hashes


def _accounted(entry: Entry, loose: Sequence[bytes]) -> str:
    """What is wrong with the bytes before an entry; they must be just those that it accounts for."""
    if loose and (entry.what != TORN or entry.sha256 != sha256(b"\n".join(loose))):
        return "内容已损坏,不是一条记录"
    if entry.what == TORN and not loose:
        return "它说明的半条记录被移走了"
    return ""


def _fault(entry: Entry, line: bytes, number: int, hashes: Sequence[str], key: bytes) -> str:
    """What is wrong with an entry in the place where `number` should stand."""
    if not is_whole(entry, line):
        return "内容被改动过"
    if not is_sealed(entry, key):
        return "不是用本站审计密钥写下的(伪造,或整段重写)"
    if entry.number > number:
        return f"缺失:后面紧接着第 {entry.number} 条(被删除,或次序被打乱)"
    if entry.number < number:
        return f"这里却是第 {entry.number} 条(次序被打乱,或重复插入)"
    if entry.previous != (hashes[-1] if hashes else NOTHING_BEFORE):
        return "与前一条接不上(前面有记录被换掉)"
    return ""


def _misfit(hashes: Sequence[str], anchors: Sequence[Anchor]) -> tuple[int, str] | None:
    """The first entry that an anchor speaks against, and what it says."""
    sound = 0
    for anchor in anchors:
        if anchor.count > len(hashes):
            told = f"缺失:锚点 {anchor} 说明至少应有 {anchor.count} 条(末尾被截去)"
            return len(hashes) + 1, told
        if not anchor.fits(hashes[anchor.count - 1]):
            return sound + 1, f"起被重写:第 {anchor.count} 条与锚点 {anchor} 不符"
        sound = anchor.count
    return None
