"""A workbook without some rows of a sheet: their cells go, and the texts that only they used.

All other parts of the file stay as they are, and every row keeps its number.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

_ROW = re.compile(
    rb"<(?P<p>(?:\w+:)?)row\b(?P<a>[^>]*?)(?:/>|>(?P<cells>.*?)</(?P=p)row>)", re.DOTALL
)
_NUMBER = re.compile(rb"""\br=["'](\d+)["']""")
_SHARED_CELL = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*\bt=["']s["'][^>]*>\s*<(?:\w+:)?v>(\d+)</""", re.DOTALL
)
_ITEM = re.compile(rb"<(?P<p>(?:\w+:)?)si\b[^>]*?(?:/>|>.*?</(?P=p)si>)", re.DOTALL)
_SHARED = "xl/sharedStrings.xml"

Rows = Mapping[str, Collection[int]]
"""Rows of Excel (from 1) to empty, by the name of the sheet's part inside the file."""


def without_rows(data: bytes, rows: Rows) -> bytes:
    """The workbook with these rows emptied."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {entry.filename: old.read(entry) for entry in old.infolist()}
        entries = old.infolist()
    for name, numbers in rows.items():
        parts[name] = _emptied(parts[name], frozenset(numbers))
    if _SHARED in parts:
        parts[_SHARED] = _forgotten(parts[_SHARED], _used(parts))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in entries:
            kept = zipfile.ZipInfo(entry.filename, entry.date_time)
            kept.external_attr, kept.compress_type = entry.external_attr, entry.compress_type
            new.writestr(kept, parts[entry.filename])
    return out.getvalue()


def rows_where(data: bytes, chosen: Callable[[Sequence[str]], bool]) -> dict[str, list[int]]:
    """The rows of every sheet whose texts are chosen."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = _texts(archive.read(_SHARED)) if _SHARED in archive.namelist() else []
        sheets = {name: archive.read(name) for name in archive.namelist() if _is_sheet(name)}
    return {
        name: found
        for name, sheet in sheets.items()
        if (found := [at for at, row in _numbered(sheet) if chosen(_said(row, texts))])
    }


def part_of(data: bytes, sheet: str) -> str:
    """The part inside the file that holds a sheet of that name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    for found in re.finditer(r"<(?:\w+:)?sheet\b[^>]*>", book):
        name = re.search(r'\bname="([^"]*)"', found[0])
        link = re.search(r'\b\w+:id="([^"]*)"', found[0])
        if name and link and html.unescape(name[1]) == sheet:
            target = _target(links, link[1])
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def _target(links: str, wanted: str) -> str:
    for found in re.finditer(r"<(?:\w+:)?Relationship\b[^>]*>", links):
        if f'Id="{wanted}"' in found[0]:
            return re.search(r'\bTarget="([^"]*)"', found[0])[1]  # type: ignore[index]
    raise KeyError(wanted)


def _emptied(sheet: bytes, numbers: Collection[int]) -> bytes:
    gone = {row.span() for at, row in _numbered(sheet) if at in numbers}

    def replaced(row: re.Match[bytes]) -> bytes:
        if row.span() not in gone:
            return row[0]
        return b"<" + row["p"] + b"row" + row["a"].rstrip(b"/") + b"/>"

    return _ROW.sub(replaced, sheet)


def _forgotten(shared: bytes, used: Collection[int]) -> bytes:
    """The shared texts, those empty that no cell points to any more; places stay as they are."""
    place = iter(range(1 << 30))

    def replaced(item: re.Match[bytes]) -> bytes:
        p = item["p"]
        return item[0] if next(place) in used else b"<" + p + b"si><" + p + b"t/></" + p + b"si>"

    return _ITEM.sub(replaced, shared)


def _used(parts: Mapping[str, bytes]) -> set[int]:
    return {
        int(place)
        for name, data in parts.items()
        if _is_sheet(name)
        for place in _SHARED_CELL.findall(data)
    }


def _texts(shared: bytes) -> list[str]:
    return [_plain(item[0]) for item in _ITEM.finditer(shared)]


def _said(row: re.Match[bytes], texts: Sequence[str]) -> list[str]:
    cells = row["cells"] or b""
    return [*(texts[int(place)] for place in _SHARED_CELL.findall(cells)), _plain(cells)]


def _plain(xml: bytes) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", xml.decode("utf-8", "replace"))).strip()


def _numbered(sheet: bytes) -> Iterator[tuple[int, re.Match[bytes]]]:
    """The rows with their numbers in Excel; one that states none follows the one before."""
    at = 0
    for row in _ROW.finditer(sheet):
        stated = _NUMBER.search(row["a"])
        at = int(stated[1]) if stated else at + 1
        yield at, row


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")
