"""A text file without some of its rows: every other byte stays, and every line keeps its number.

A row that is taken out leaves an empty line, so that what was said of line 812 is still true.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Collection

_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def without_lines(data: bytes, encoding: str, delimiter: str, first: Collection[int]) -> bytes:
    """The file without the rows that begin on these lines (from 1)."""
    lines = physical_lines(data, encoding)
    codec = _codec(data, encoding)
    for line in first:
        for at in range(line - 1, line - 1 + _height(lines, line - 1, codec, delimiter)):
            lines[at] = _end_of(lines[at], codec)
    return b"".join(lines)


def physical_lines(data: bytes, encoding: str) -> list[bytes]:
    """The lines with their ends, byte for byte: in wide encodings a line end has two bytes."""
    codec = _codec(data, encoding)
    if codec.startswith("utf-16"):
        text = io.StringIO(data.decode(codec), newline="")
        return [line.encode(codec) for line in text]
    return data.splitlines(keepends=True)


def _codec(data: bytes, encoding: str) -> str:
    """The encoding without its mark, which stays part of the first line."""
    if encoding == "utf-8-sig":
        return "utf-8"
    return _WIDE.get(data[:2], encoding) if encoding == "utf-16" else encoding


def _height(lines: list[bytes], at: int, codec: str, delimiter: str) -> int:
    """How many lines a row runs over: a quoted cell may hold line ends."""
    texts = (line.decode(codec, "replace") for line in lines[at:])
    reader = csv.reader(texts, delimiter=delimiter, strict=True)
    try:
        next(reader)
    except (csv.Error, StopIteration):
        return 1
    return reader.line_num


def _end_of(line: bytes, codec: str) -> bytes:
    text = line.decode(codec, "replace")
    return text[len(text.rstrip("\r\n")) :].encode(codec)
