"""What the spreadsheet reader does not tell: merged cells, and where a sheet begins."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from flows.receive.reach import column_number
from flows.receive.unusable import unreadable

MOST_BYTES = 200 << 20

_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*[^/>\s])\s*>(?!</)")
"""A cell that holds something; an empty one closes itself, or is closed at once."""

_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]+)\d+["']""")
_MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*\bref\s*=\s*["']([A-Z]+)(\d+):[A-Z]+(\d+)["']""")


@dataclass(frozen=True)
class Merge:
    """Cells merged over several rows, all counted from 0: their column and first and last row."""

    column: int
    first: int
    last: int


@dataclass(frozen=True)
class Layout:
    """A sheet's merges, and the first used column with how many columns it is wide."""

    first_column: int
    width: int
    merges: tuple[Merge, ...]


def layouts_of(content: bytes) -> dict[str, Layout]:
    """The layout of every worksheet by its name; raises UnusableFileError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise unreadable("Excel 文件内容过多,请改用 CSV", "too much in the workbook")
            return {name: _layout(archive.read(part)) for name, part in _parts(archive).items()}
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError):
        raise unreadable("Excel 文件损坏或不完整,请重新发送", "the workbook is damaged") from None


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The entry of each worksheet by the sheet's name."""
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {
        found["Id"]: found["Target"]
        for found in map(_attributes, _RELATION.findall(relations))
        if found.get("Type", "").endswith("/worksheet")
    }
    book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    return {
        found["name"]: _entry(targets[relation])
        for found in map(_attributes, _SHEET.findall(book))
        for key, relation in found.items()
        if key.endswith(":id") and relation in targets
    }


def _layout(sheet: bytes) -> Layout:
    columns = [
        column_number(found[1]) - 1
        for cell in _CELL.finditer(sheet)
        if (found := _PLACE.search(cell[1]))
    ] or [0]
    width = max(columns) - min(columns) + 1
    merges = (
        Merge(column_number(column) - 1, int(first) - 1, int(last) - 1)
        for column, first, last in _MERGE.findall(sheet)
        if first != last
    )
    return Layout(min(columns), width, tuple(merges))


def _attributes(tag: str) -> dict[str, str]:
    return {name: html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(tag)}


def _entry(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
