"""A look into a workbook's zip directory and XML before a spreadsheet reader sees it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from flows.receive.unusable import unreadable

_MOST_BYTES = 2 << 30
_HARMLESS_BYTES = 50 << 20
_HIGHEST_RATIO = 200
_MOST_ENTRIES = 10_000
_WINDOW = 4 << 20
_OVERLAP = 4 << 10

_EXACT_LIMIT = 10**15
_LONG_NUMBER = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?"
    rb"<(?:\w+:)?v>([0-9.]{16,}|[0-9.]+[Ee]\+?[0-9]+)</"
)
_TEXT_CELL = re.compile(rb"""\bt=["'](?:s|str|inlineStr|d|e|b)["']""")


def refuse_if_unpackable(data: bytes) -> None:
    """Refuse what is no zip of a workbook, and what would fill the memory when unpacked."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile:
        raise unreadable(
            "Excel 文件损坏或不完整,请重新导出并发送",
            "the workbook is damaged or incomplete; export and send it again",
        ) from None
    size = sum(entry.file_size for entry in entries)
    ratio = size / max(1, len(data))
    if (
        size > _MOST_BYTES
        or len(entries) > _MOST_ENTRIES
        or (size > _HARMLESS_BYTES and ratio > _HIGHEST_RATIO)
    ):
        raise unreadable(
            "Excel 文件解压后过大,不予打开,请改用 CSV 导出",
            "the workbook is too large when unpacked; export it as CSV",
        )
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise unreadable(
            "不是 Excel 工作簿(.xlsx),请导出为 .xlsx 或 CSV",
            "not an Excel workbook; export it as .xlsx or CSV",
        )


def starts_in_1904(data: bytes) -> bool:
    """Whether a workbook counts its days from 1904 (old Macintosh files)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        workbook = archive.read("xl/workbook.xml")
    return re.search(rb"""date1904=["'](?:1|true)["']""", workbook) is not None


def lost_numbers(data: bytes) -> frozenset[str]:
    """Numbers in number cells that are too long to be exact, as the reader writes them."""
    found: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                for window in _windows(archive, name):
                    found.update(_long_numbers(window))
    return frozenset(found)


def _long_numbers(window: bytes) -> Iterator[str]:
    for attributes, digits in _LONG_NUMBER.findall(window):
        number = float(digits)
        if not _TEXT_CELL.search(attributes) and number >= _EXACT_LIMIT:
            yield str(int(number))
            yield digits.decode()


def _windows(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The text of an entry in overlapping windows, so that no cell is cut in two."""
    with archive.open(name) as entry:
        window = entry.read(_WINDOW)
        while window:
            yield window
            more = entry.read(_WINDOW)
            window = window[-_OVERLAP:] + more if more else b""
