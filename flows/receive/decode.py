"""Which encoding a text file is in, and where it breaks that encoding.

UTF-8 is tried before GB18030 because GB18030 accepts most of what is not its own.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from flows.receive.unusable import UnusableFileError, cut_at, unreadable

_WINDOW = 1 << 20
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_THREE_BYTES = re.compile(rb"[\xe3-\xe9][\x80-\xbf][\x80-\xbf]")
_SURELY_UTF8 = 8
"""So many three-byte characters before the first error do not occur in GB18030 by chance."""


def encoding_of(data: bytes) -> str:
    """The encoding of a text file; a file that breaks it is found while it is read."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return encoding
    return _wide_encoding(data[:4096]) or _narrow_encoding(data)


def lines(data: bytes, encoding: str) -> Iterator[str]:
    """The physical lines of a text file with their line ends; strict to the last byte."""
    text = io.TextIOWrapper(io.BytesIO(data), encoding, errors="strict", newline="")
    try:
        yield from text
    except UnicodeError:
        raise _broken(data, encoding) from None


def ends_with_newline(data: bytes, encoding: str) -> bool:
    """Whether the last line of a text file is closed."""
    width = 2 if encoding.startswith("utf-16") else 1
    return data[-width:].strip(b"\0") in (b"\n", b"\r")


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a mark: its digits and commas leave zero bytes, nearly all on one side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    few = len(head) // 20
    if odd > few and odd > 5 * even:
        return "utf-16-le"
    if even > few and even > 5 * odd:
        return "utf-16-be"
    return None


def _narrow_encoding(data: bytes) -> str:
    good = _readable_length(data, "utf-8")
    if good == len(data) or len(_THREE_BYTES.findall(data[:good])) >= _SURELY_UTF8:
        return "utf-8"
    return "gb18030"


def _readable_length(data: bytes, encoding: str) -> int:
    """How many bytes can be decoded; all of them in a sound file."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    for start in range(0, len(data), _WINDOW):
        window = data[start : start + _WINDOW]
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(window, final=start + _WINDOW >= len(data))
        except UnicodeError as error:
            return start - pending + getattr(error, "start", 0)
    return len(data)


def _broken(data: bytes, encoding: str) -> UnusableFileError:
    good = _readable_length(data, encoding)
    before = data[:good].decode(encoding, errors="ignore")
    line = (before.count("\n") or before.count("\r")) + 1
    if good >= len(data) - 3:
        return cut_at(line)
    return unreadable(
        f"第 {line} 行(第 {good + 1} 字节)不是有效的 {encoding.upper()} 文字,"
        "请用 UTF-8 或 GB18030 重新导出",
        f"line {line} (byte {good + 1}) is not valid {encoding}; export it as UTF-8 or GB18030",
    )
