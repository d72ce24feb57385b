"""The rows below our headers, cells by column; nothing of a column that is not ours is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flows.publish.cells import plain, unguarded
from flows.publish.order_numbers import canonical_order_number
from flows.receive.foot import is_foot
from flows.returns.header import RESULTS, TITLES, Header, header_of
from flows.returns.raw import RawRow, RawSheet
from flows.returns.taken import Fault

_NOTHING = {"", "/", "\\", "-", "--", "—", "——", "无", "空"}
_DAY = re.compile(r"\d{4}\D\d{1,2}\D\d{1,2}")
_NUMBER_TRIED = re.compile(r"ZF|\d{8}", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PRINTED_DAYS = ("urgency", "due", "first_found")
_OF_ONE_TEXT = ("order_no", *RESULTS)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row; `cells` has the text of every column of ours, empty where there is none."""

    sheet: str
    line: int
    titles: tuple[str, ...]
    raw: tuple[str, ...]
    cells: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @property
    def order_no(self) -> str | None:
        """The number of the order, if it is whole."""
        return canonical_order_number(self.cells["order_no"])

    @property
    def tries_a_number(self) -> bool:
        """Whether somebody meant to write an order number, rather than words or nothing."""
        text = self.cells["order_no"]
        return bool(_NUMBER_TRIED.search(text) or (text and not _CHINESE.search(text)))

    @property
    def is_filled(self) -> bool:
        """Whether a visit is written down; a visitor alone is only who is going to go."""
        return any(self.cells[column] for column in RESULTS if column != "visitor")

    @property
    def is_printed(self) -> bool:
        """Whether this is a row of our list: it bears days that only we print."""
        return any(_DAY.search(self.cells[column]) for column in _PRINTED_DAYS)

    @property
    def is_furniture(self) -> bool:
        """Whether this is a total, a signature, or a title that came along with a copied list."""
        titled = self.cells["order_no"] and not self.tries_a_number
        says = self.cells["name"] or self.cells["conclusion"]
        return is_foot(self.raw) or bool(titled and not says)


def rows_of(sheet: RawSheet) -> Iterator[Row]:
    """The rows of a sheet, each under the header above it; orders above the first go with that."""
    headers = {at: header for at, row in enumerate(sheet.rows) if (header := header_of(row.cells))}
    if not headers:
        yield from _without_header(sheet)
        return
    first = min(headers)
    current = headers[first]
    for at, raw in enumerate(sheet.rows):
        if at in headers:
            current = headers[at]
        elif at > first or _has_order(raw):
            yield _row(sheet.name, raw, current)


def _without_header(sheet: RawSheet) -> Iterator[Row]:
    fault = Fault("表头", "这张表没有表头,看不出各栏是什么", "请保留表头一行后重新发送")
    for raw in sheet.rows:
        if _has_order(raw):
            yield Row(
                sheet=sheet.name, line=raw.line, titles=(), raw=tuple(raw.cells), faults=(fault,)
            )


def _has_order(raw: RawRow) -> bool:
    return any(canonical_order_number(unguarded(cell.strip())) for cell in raw.cells)


def _row(sheet: str, raw: RawRow, header: Header) -> Row:
    texts = {column: _texts(raw, header, column) for column in TITLES}
    cells = {column: found[0] if found else "" for column, found in texts.items()}
    cells |= {key: text for key, text in _grouped(raw, header) if text and not cells[key]}
    doubled = [column for column in _OF_ONE_TEXT if len(texts[column]) > 1]
    faults = [
        Fault(TITLES[column][0], "这一栏有两列,内容不同", "请只保留一列") for column in doubled
    ]
    if raw.spoilt:
        faults.append(Fault("整行", "分不清各栏(多了逗号或引号)", "请在表格软件里改好再存"))
    return Row(
        sheet=sheet,
        line=raw.line,
        titles=header.titles,
        raw=tuple(raw.cells),
        cells=cells,
        faults=tuple(faults),
    )


def _texts(raw: RawRow, header: Header, column: str) -> list[str]:
    """The different texts that a row has for a column."""
    places = header.places.get(column, ())
    cleaned = (plain(unguarded(raw.cells[at].strip())) for at in places if at < len(raw.cells))
    return list(dict.fromkeys(text for text in cleaned if text not in _NOTHING))


def _grouped(raw: RawRow, header: Header) -> Iterator[tuple[str, str]]:
    """The facts that the workbook's sheet prints together in one cell, one below the other."""
    for lines in _lines(raw, header, "whom"):
        first = lines[0] if len(lines) > 1 else re.split(r"[\s,,、;;]", lines[0])[0]
        yield "name", plain(first)
    for lines in _lines(raw, header, "where"):
        phone, address = lines[:2] if len(lines) > 1 else ("", lines[0])
        yield "registered_phone", plain(phone)
        yield "registered_address", plain(address)


def _lines(raw: RawRow, header: Header, column: str) -> Iterator[list[str]]:
    for at in header.places.get(column, ()):
        lines = unguarded(raw.cells[at].strip()).splitlines() if at < len(raw.cells) else []
        if lines:
            yield lines
