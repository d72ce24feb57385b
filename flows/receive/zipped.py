"""A look into a workbook's zip directory and XML before a spreadsheet reader sees it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial

from flows.receive.inflating import windows
from flows.receive.reach import reaches_too_far
from flows.receive.unusable import UnusableFileError, unreadable

_MOST_BYTES = 2 << 30
_HARMLESS_BYTES = 50 << 20
_HIGHEST_RATIO = 200
_MOST_ENTRIES = 10_000

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
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise _damaged() from None
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
    try:
        _refuse_far_sheets(data, entries)
    except zipfile.BadZipFile:
        raise _damaged() from None


def _damaged() -> UnusableFileError:
    return unreadable(
        "Excel 文件损坏或不完整,请重新导出并发送",
        "the workbook is damaged or incomplete; export and send it again",
    )


def _refuse_far_sheets(data: bytes, entries: Iterable[zipfile.ZipInfo]) -> None:
    """Unpack every entry once, and refuse a sheet that no memory could hold; raises BadZipFile.

    A sheet may have any name inside the zip file.
    """
    for entry in entries:
        if reaches_too_far(partial(windows, data, entry)):
            raise unreadable(
                "工作表范围过大(远处有多余的单元格),请把数据复制到新表后重新发送",
                "a sheet reaches too far; copy the data into a new sheet and send it again",
            )


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def starts_in_1904(data: bytes) -> bool:
    """Whether a workbook counts its days from 1904 (old Macintosh files)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        workbook = archive.read("xl/workbook.xml")
    return re.search(rb"""date1904=["'](?:1|true)["']""", workbook) is not None


def lost_numbers(data: bytes) -> frozenset[str]:
    """Numbers in number cells that are too long to be exact, as the reader writes them."""
    found: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [entry for entry in archive.infolist() if _is_sheet(entry.filename)]
    for entry in sheets:
        for window in windows(data, entry):
            found.update(_long_numbers(window))
    return frozenset(found)


def _long_numbers(window: bytes) -> Iterator[str]:
    for attributes, digits in _LONG_NUMBER.findall(window):
        number = float(digits)
        if not _TEXT_CELL.search(attributes) and number >= _EXACT_LIMIT:
            yield str(int(number))
            yield digits.decode()
