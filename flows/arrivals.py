"""What lies in the inbox: files that can be taken tonight, and what is passed over, with the reason.

A file is hashed in one reading and must be the same before and after it, and once more when
everything has been looked at; what is still being written waits for the next night.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flows import files

CONTROL_SUFFIX = ".ok"

_UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload", ".download")
_LONGEST_NAME = 180
"""Bytes; held and quarantined files bear longer names still."""

MOST_BYTES = 2 << 30
"""A delivery is read as a whole; so much of it still fits a small machine."""

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SHA256 = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", re.IGNORECASE)
_ROWS = re.compile(r"(?<![\w.])\d{1,12}(?![\w.])")
_LONGEST_CONTROL = 4096


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """A file of a source, whole and still."""

    source: str
    path: Path
    sha256: str
    control_rows: int | None
    announced_sha256: str | None


@dataclass(frozen=True)
class Arrivals:
    """What can be taken, in the order of sources and names, and sentences about what cannot."""

    taken: tuple[Arrived, ...]
    passed_over: tuple[str, ...]


def arrivals(inbox: Path, sources: Iterable[str]) -> Arrivals:
    """Look at everything in the inbox once."""
    names = list(sources)
    told = list(_strangers(inbox, names))
    seen: list[tuple[Arrived, files.Still]] = []
    for source in names:
        for path in _entries(inbox / source):
            reason = _unfit(path)
            still = None if reason else files.still(path)
            if still:
                rows, digest = _announced(path)
                arrived = Arrived(
                    source=source,
                    path=path,
                    sha256=still.sha256,
                    control_rows=rows,
                    announced_sha256=digest,
                )
                seen.append((arrived, still))
            else:
                told.append(_passed(source, path, reason or "正在写入"))
    moving = {one.path for one, still in seen if not files.is_still(one.path, still)}
    told += [_passed(one.source, one.path, "正在写入") for one, _ in seen if one.path in moving]
    return Arrivals(tuple(one for one, _ in seen if one.path not in moving), tuple(told))


def shown(name: str) -> str:
    """A file name as reports show it: nothing unseen, and not longer than a line."""
    text = "".join("?" if unicodedata.category(one) in _UNSEEN else one for one in name)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _entries(folder: Path) -> Iterator[Path]:
    if not folder.is_dir() or folder.is_symlink():
        return
    for path in sorted(folder.iterdir()):
        ours = path.name.startswith((".", "~$")) or path.suffix.lower() == CONTROL_SUFFIX
        if not ours:
            yield path


def _unfit(path: Path) -> str | None:
    """Why something is not a file that could be taken, before it is opened."""
    name = path.name
    if path.suffix.lower() in _UNFINISHED:
        return "正在传输"
    if any(unicodedata.category(one) in _UNSEEN for one in name):
        return "文件名含不可见字符,请改名"
    if len(name.encode("utf-8")) > _LONGEST_NAME:
        return f"文件名超过 {_LONGEST_NAME} 字节,请改短"
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        return f"文件超过 {MOST_BYTES >> 30} GB,请分成几份再传"
    return files.not_a_plain_file(path)


def _announced(path: Path) -> tuple[int | None, str | None]:
    """What FILE.ok beside FILE says: the number of rows, the sha256, or both; -1 rows if neither."""
    control = path.with_name(path.name + CONTROL_SUFFIX)
    if files.not_a_plain_file(control):
        return None, None
    text = files.head(control, _LONGEST_CONTROL).decode("utf-8-sig", errors="replace")
    digest = _SHA256.search(text)
    rows = _ROWS.search(_SHA256.sub(" ", text))
    if not (rows or digest):
        return -1, None
    return int(rows[0]) if rows else None, digest[0].lower() if digest else None


def _strangers(inbox: Path, sources: list[str]) -> Iterator[str]:
    """What lies beside the folders of the sources, where nobody would ever read it."""
    for path in sorted(inbox.iterdir()) if inbox.is_dir() else ():
        if path.name not in sources and not path.name.startswith("."):
            yield f"inbox/{shown(path.name)} 不属于任何来源,未读取;请放入来源的文件夹"
        elif path.is_symlink():
            yield f"inbox/{shown(path.name)} 是符号链接,未读取;请改为真实的文件夹"


def _passed(source: str, path: Path, reason: str) -> str:
    return f"inbox/{source}/{shown(path.name)} 未读取:{reason}"
