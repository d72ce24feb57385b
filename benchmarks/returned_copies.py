"""A township's list as it is filled in: real files of flows.publish, and what was truly written.

Every filled row bears a mark in its note that says whose row it is, so that an answer that lands on
another household's order is seen, whatever was done to the file in between.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import openpyxl

from data_contracts.visit_results import VISIT_RESULTS
from flows.publish.order_numbers import order_number
from flows.publish.work_order_csv import work_order_csv
from flows.publish.work_order_xlsx import work_order_xlsx
from flows.publish.work_orders import ORDER_NUMBER_HEADER, OrderLine, TownshipList
from flows.returns.taken import IssuedOrder

ISSUED, TODAY = date(2026, 11, 20), date(2026, 12, 4)
MARK = "记"
_SURNAMES, _GIVEN = "王李张刘陈杨孔颜", "秀兰建国桂英志强玉梅海涛小明福春"
_ORDERS = 40
_OPEN = 8
"""Orders of a list that nobody has visited yet."""

Grid = list[list[Any]]


@dataclass(frozen=True)
class Truth:
    """What was written down for an order."""

    visited_on: date
    codes: tuple[str, ...]


@dataclass
class Copy:
    """A filled list: sheets by name, the truth and the order by mark, marks spoilt on purpose."""

    random: random.Random
    orders: dict[str, IssuedOrder]
    sheets: dict[str, Grid]
    workbook: bytes
    truth: dict[str, Truth] = field(default_factory=dict)
    owner: dict[str, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    retitled: Callable[[str], str] = str
    merged: list[tuple[str, int, int, int]] = field(default_factory=list)
    saved_as: str = "csv"
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    quotes_all: bool = False
    cuts_blanks: bool = False

    def column(self, grid: Grid, title: str) -> int:
        """Where a column of ours stands."""
        return next(row for row in grid if title in row).index(title)

    def filled(self, grid: Grid) -> list[list[Any]]:
        """The rows with a mark."""
        at = self.column(grid, "备注")
        return [row for row in grid if len(row) > at and str(row[at] or "").startswith(MARK)]

    def mark(self, grid: Grid, row: list[Any]) -> str:
        """Whose row this is."""
        return str(row[self.column(grid, "备注")])

    def data(self, grid: Grid) -> slice:
        """The rows below the header."""
        at = next(at for at, row in enumerate(grid) if ORDER_NUMBER_HEADER in row)
        return slice(at + 1, len(grid))

    def listed(self, grid: Grid) -> list[list[Any]]:
        """The rows that bear a number, rather than room for more below the list."""
        at = self.column(grid, ORDER_NUMBER_HEADER)
        return [row for row in grid[self.data(grid)] if _has_digits(row[at : at + 1])]

    def saved(self) -> bytes:
        """The file that comes back; titles are changed last, so that until then columns are found."""
        for grid in self.sheets.values():
            for row in grid:
                if ORDER_NUMBER_HEADER in row:
                    row[:] = [title and self.retitled(str(title)) for title in row]
        return self._as_csv() if self.saved_as == "csv" else self._as_xlsx()

    def _as_csv(self) -> bytes:
        out = io.StringIO(newline="")
        quoting = csv.QUOTE_ALL if self.quotes_all else csv.QUOTE_MINIMAL
        writer = csv.writer(out, delimiter=self.delimiter, quoting=quoting, lineterminator="\r\n")
        for grid in self.sheets.values():
            wide = max(map(len, grid))
            padded = [["" if cell is None else cell for cell in row] for row in grid]
            writer.writerows([*row, *[""] * (wide - len(row))] for row in padded)
        text = out.getvalue()
        if self.cuts_blanks:
            text = "\r\n".join(line.rstrip(self.delimiter) for line in text.split("\r\n"))
        return text.encode(self.encoding)

    def _as_xlsx(self) -> bytes:
        """Our own workbook with its sheets written over, and the sheets that somebody added."""
        book = openpyxl.load_workbook(io.BytesIO(self.workbook))
        for name in _order_sheets(book).keys() - self.sheets.keys():
            del book[name]
        for name, grid in self.sheets.items():
            sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
            for merged in list(sheet.merged_cells.ranges):
                sheet.unmerge_cells(str(merged))
            sheet.delete_rows(1, sheet.max_row)
            for row in grid:
                sheet.append(row)
        for name, column, first, last in self.merged:
            book[name].merge_cells(
                start_row=first, end_row=last, start_column=column, end_column=column
            )
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


def filled_copy(seed: int, kind: str) -> Copy:
    """A list of forty orders, most of them visited, as `csv` or `xlsx`."""
    chance = random.Random(seed)
    lines = [_line(chance, at) for at in range(1, _ORDERS + 1)]
    lines[7] = replace(lines[7], person_name=lines[3].person_name)
    township = TownshipList(
        county_name="示例县",
        township_code="371799102",
        township_name="柳河镇",
        on=ISSUED,
        contact="县民政局",
        lines=tuple(lines),
    )
    workbook = work_order_xlsx(township)
    sheets = (
        _csv_sheets(township)
        if kind == "csv"
        else _order_sheets(openpyxl.load_workbook(io.BytesIO(workbook)))
    )
    copy = Copy(
        random=chance,
        orders={line.order_no: _issued(line) for line in lines},
        sheets=sheets,
        workbook=workbook,
        saved_as=kind,
    )
    _fill(copy)
    return copy


def _line(chance: random.Random, at: int) -> OrderLine:
    name = chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2))))
    return OrderLine(
        order_no=order_number("371799", ISSUED, at),
        severity=chance.choice((1, 2, 3)),
        township_code="371799102",
        township_name="柳河镇",
        village_name=chance.choice(("东庄村", "西庄村", "河口村")),
        person_name=name,
        sex=chance.choice(("male", "female", None)),
        age=chance.choice((None, 34, 71)),
        number_last4=None if chance.random() < 0.2 else "**************021X",
        household_size=chance.randint(1, 6),
        phone=None if chance.random() < 0.3 else f"138{chance.randrange(10**8):08d}",
        address=f"示例县柳河镇东庄村{at}组{at}号",
        address_basis="人口登记 2026-11",
        reasons=("家中有人2026年11月住院一次,自己负担的费用较多(约2.6万元)",),
        verify=("是否还在住院;照护的家人是否因此误工",),
        due_on=ISSUED + timedelta(days=3),
        due_provisional=False,
        first_found=ISSUED,
    )


def _issued(line: OrderLine) -> IssuedOrder:
    return IssuedOrder(
        order_no=line.order_no,
        issued_on=ISSUED,
        township_code=line.township_code,
        person_name=line.person_name,
        address=line.address,
    )


def _csv_sheets(township: TownshipList) -> dict[str, Grid]:
    text = work_order_csv(township).decode("utf-8-sig")
    return {"名单": list(csv.reader(io.StringIO(text)))}


def _order_sheets(book: Any) -> dict[str, Grid]:
    """Every sheet that has orders, as the cells a person's program shows."""
    grids = {sheet.title: [list(row) for row in sheet.values] for sheet in book}
    return {
        name: grid
        for name, grid in grids.items()
        if any(ORDER_NUMBER_HEADER in row for row in grid)
    }


def _has_digits(cells: list[Any]) -> bool:
    return any(letter.isdigit() for cell in cells for letter in str(cell or ""))


def _fill(copy: Copy) -> None:
    """Write a visit into all rows but some, and remember the truth."""
    rows = [(grid, row) for grid in copy.sheets.values() for row in copy.listed(grid)]
    for at, (grid, row) in enumerate(copy.random.sample(rows, len(rows) - _OPEN)):
        mark = f"{MARK}{at:03d}"
        day = ISSUED + timedelta(days=copy.random.randint(0, 14))
        code = copy.random.choice(list(VISIT_RESULTS))
        copy.truth[mark] = Truth(day, (code,))
        copy.owner[mark] = row[copy.column(grid, ORDER_NUMBER_HEADER)]
        said = {"走访日期": day.isoformat(), "走访人": "赵村医", "是否见到本人": "是"}
        said |= {"核实结论": f"{code} {VISIT_RESULTS[code].words}", "备注": mark}
        for title, text in said.items():
            row[copy.column(grid, title)] = text
