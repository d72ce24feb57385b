"""What becomes of a list between the county and its return, each with a name.

A mutilation that leaves nothing to recover (a mistyped number, 25/11) says which rows it spoilt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum
from typing import Any

from benchmarks.returned_copies import MARK, Copy, Grid, Truth
from data_contracts.visit_results import VISIT_RESULTS
from flows.publish.work_orders import ORDER_NUMBER_HEADER


class Stage(IntEnum):
    """When a mutilation happens: what people write, then rows, then columns, then how it is saved."""

    CELLS = 0
    ROWS = 1
    COLUMNS = 2
    FORM = 3
    MERGING = 4


@dataclass(frozen=True)
class Mutilation:
    """One way a list changes; it cuts the copy about."""

    name: str
    stage: Stage
    mutilate: Callable[[Copy], None]


MUTILATIONS: dict[str, Mutilation] = {}
_NEEDED = {
    *("工作单号", "走访日期", "走访人", "是否见到本人", "核实结论", "备注"),
    *("姓名", "走访对象", "登记住址", "电话和住址"),
}
"""Columns that nobody deletes: what a visit is, and the printed facts that speak against a row."""

_DAY_ZERO = date(1899, 12, 30)
_FULL_WIDTH = {at: at + 0xFEE0 for at in range(0x21, 0x7F)}


def _on(stage: Stage) -> Callable[[Callable[[Copy], None]], Callable[[Copy], None]]:
    def named(mutilate: Callable[[Copy], None]) -> Callable[[Copy], None]:
        name = mutilate.__name__.replace("_", " ").strip()
        MUTILATIONS[name] = Mutilation(name, stage, mutilate)
        return mutilate

    return named


def _cells(name: str, title: str, rewritten: Callable[[Copy, str, Any], Any]) -> None:
    """Rewrite the cells of one column in all filled rows, from their mark and what stands there."""

    def mutilate(copy: Copy) -> None:
        for grid in copy.sheets.values():
            at = copy.column(grid, title)
            for row in copy.filled(grid):
                row[at] = rewritten(copy, copy.mark(grid, row), row[at])

    MUTILATIONS[name] = Mutilation(name, Stage.CELLS, mutilate)


def _conclusions(name: str, said: Callable[[Copy, str], Any]) -> None:
    def one_alone(copy: Copy, mark: str, _: Any) -> Any:
        truth = copy.truth[mark]
        copy.truth[mark] = Truth(truth.visited_on, truth.codes[:1])
        return said(copy, truth.codes[0])

    _cells(name, "核实结论", one_alone)


def _days(name: str, written: Callable[[date], Any]) -> None:
    _cells(name, "走访日期", lambda copy, mark, _: written(copy.truth[mark].visited_on))


def _titles(name: str, retitled: Callable[[str], str]) -> None:
    MUTILATIONS[name] = Mutilation(
        name, Stage.COLUMNS, lambda copy: setattr(copy, "retitled", retitled)
    )


def _numbers(name: str, written: Callable[[str], str]) -> None:
    _cells(name, ORDER_NUMBER_HEADER, lambda _, __, number: written(str(number)))


_conclusions("code alone", lambda _, code: code)
_conclusions(
    "code as a number", lambda copy, code: f"{code}.0" if copy.saved_as == "csv" else int(code)
)
_conclusions("words alone", lambda _, code: VISIT_RESULTS[code].words)
_conclusions("code and words without a blank", lambda _, code: code + VISIT_RESULTS[code].words)
_conclusions("code in full width", lambda _, code: code.translate(_FULL_WIDTH))
_conclusions("code and a remark", lambda _, code: f"{code} 镇里已说明")
_days("day with slashes", lambda day: f"{day.year}/{day.month}/{day.day}")
_days("day with dots", lambda day: f"{day:%Y.%m.%d}")
_days("day in Chinese", lambda day: f"{day.year}年{day.month}月{day.day}日")
_days("day without a year", lambda day: f"{day.month}月{day.day}日")
_days("day as a serial", lambda day: (day - _DAY_ZERO).days)
_days("day as a date cell", lambda day: datetime.combine(day, time()))
_days("day in eight digits", lambda day: f"{day:%Y%m%d}")
_cells("ticks", "是否见到本人", lambda copy, _, __: copy.random.choice("√Y×N是否"))
_numbers("number in lower case", str.lower)
_numbers("number in full width", lambda number: number.translate(_FULL_WIDTH))
_numbers("number with blanks", lambda number: number.replace("-", " - "))
_numbers("number without hyphens", lambda number: number.replace("-", ""))
_titles("titles with blanks", lambda title: f" {title[:2]} {title[2:]} ")
_titles("titles on two lines", lambda title: f"{title[:2]}\n{title[2:]}")
_titles("titles with a colon", lambda title: f"{title}:")
_titles("titles in brackets of another width", lambda title: f"{title}(必填)")


@_on(Stage.CELLS)
def _two_conclusions_and_a_sum(copy: Copy) -> None:
    for grid in copy.sheets.values():
        for row in copy.filled(grid)[::3]:
            mark = copy.mark(grid, row)
            sum_written = copy.random.choice(("2000元", "2,000元", "2千", "0.2万"))
            row[copy.column(grid, "核实结论")] = f"临时救助{sum_written},低保单人保"
            copy.truth[mark] = Truth(copy.truth[mark].visited_on, ("15", "11"))


@_on(Stage.CELLS)
def _ambiguous_days(copy: Copy) -> None:
    for grid in copy.sheets.values():
        for row in copy.filled(grid)[::4]:
            mark = copy.mark(grid, row)
            row[copy.column(grid, "走访日期")] = f"{copy.truth[mark].visited_on:%d/%m}"
            copy.lost.add(mark)


@_on(Stage.CELLS)
def _dashes_in_empty_cells(copy: Copy) -> None:
    for grid in copy.sheets.values():
        for row in copy.filled(grid):
            for title in ("实际居住地址", "联系电话", "需要的帮助"):
                row[copy.column(grid, title)] = copy.random.choice(("/", "-", "无"))


@_on(Stage.CELLS)
def _mistyped_numbers(copy: Copy) -> None:
    """One digit of the sequence is another: the check character tells."""
    for grid in copy.sheets.values():
        at = copy.column(grid, ORDER_NUMBER_HEADER)
        for row in copy.filled(grid)[::5]:
            number = str(row[at])
            last = max((place for place, one in enumerate(number[:-1]) if one.isdigit()), default=0)
            digit = (int(number[last]) + copy.random.randint(1, 9)) % 10 if number else ""
            row[at] = f"{number[:last]}{digit}{number[last + 1 :]}"
            copy.lost.add(copy.mark(grid, row))


@_on(Stage.CELLS)
def _numbers_gone(copy: Copy) -> None:
    for grid in copy.sheets.values():
        for row in copy.filled(grid)[::6]:
            row[copy.column(grid, ORDER_NUMBER_HEADER)] = ""
            copy.lost.add(copy.mark(grid, row))


def _sorted_rows(copy: Copy, key: Callable[[Grid, list[Any]], Any]) -> None:
    for grid in copy.sheets.values():
        rows = copy.data(grid)
        grid[rows] = sorted(grid[rows], key=lambda row: key(grid, row))


@_on(Stage.ROWS)
def _rows_sorted_by_conclusion(copy: Copy) -> None:
    _sorted_rows(copy, lambda grid, row: str(row[copy.column(grid, "核实结论")] or ""))


@_on(Stage.ROWS)
def _rows_in_any_order(copy: Copy) -> None:
    _sorted_rows(copy, lambda _, __: copy.random.random())


@_on(Stage.ROWS)
def _open_rows_deleted(copy: Copy) -> None:
    for grid in copy.sheets.values():
        grid[copy.data(grid)] = copy.filled(grid)


@_on(Stage.ROWS)
def _blank_rows_between(copy: Copy) -> None:
    for grid in copy.sheets.values():
        rows = copy.data(grid)
        grid[rows] = [one for row in grid[rows] for one in (row, [None] * len(row))]


@_on(Stage.ROWS)
def _title_and_header_in_the_middle(copy: Copy) -> None:
    for grid in copy.sheets.values():
        start = copy.data(grid).start
        middle = (start + len(grid)) // 2
        blank = [None] * (len(grid[start - 1]) - 1)
        grid[middle:middle] = [["柳河镇走访工作单", *blank], list(grid[start - 1])]


@_on(Stage.ROWS)
def _totals_and_signatures(copy: Copy) -> None:
    for grid in copy.sheets.values():
        blank = [None] * (len(grid[copy.data(grid).start - 1]) - 2)
        grid += [["合计", "32户", *blank], ["填表人:赵村医", None, *blank]]


@_on(Stage.ROWS)
def _rows_pasted_twice(copy: Copy) -> None:
    for grid in copy.sheets.values():
        grid += [list(row) for row in copy.filled(grid)[::5]]


@_on(Stage.ROWS)
def _orders_filled_twice_differently(copy: Copy) -> None:
    for grid in copy.sheets.values():
        for row in copy.filled(grid)[::7]:
            other = list(row)
            other[copy.column(grid, "核实结论")] = "55" if "55" not in str(row) else "90"
            grid.append(other)
            copy.lost.add(copy.mark(grid, row))


@_on(Stage.ROWS)
def _households_added_below(copy: Copy) -> None:
    for grid in copy.sheets.values():
        for at in range(3):
            row: list[Any] = [None] * len(grid[copy.data(grid).start - 1])
            name = "姓名" if "姓名" in grid[copy.data(grid).start - 1] else "走访对象"
            row[copy.column(grid, name)] = f"邻居{at}"
            row[copy.column(grid, "需要的帮助")] = "没人照料"
            grid.append(row)


def _moved_numbers(copy: Copy, moved: Callable[[list[Any]], list[Any]]) -> None:
    """The numbers of a list stand elsewhere than their rows, which are lost unless theirs came back."""
    for grid in copy.sheets.values():
        at = copy.column(grid, ORDER_NUMBER_HEADER)
        rows = copy.listed(grid)
        for row, number in zip(rows, moved([row[at] for row in rows]), strict=True):
            if row[at] != number and str(row[copy.column(grid, "备注")] or "").startswith(MARK):
                copy.lost.add(copy.mark(grid, row))
            row[at] = number


@_on(Stage.ROWS)
def _numbers_sorted_alone(copy: Copy) -> None:
    _moved_numbers(copy, lambda numbers: sorted(numbers, key=str, reverse=True))


@_on(Stage.ROWS)
def _numbers_shifted_by_a_row(copy: Copy) -> None:
    _moved_numbers(copy, lambda numbers: numbers[1:] + numbers[:1])


def _columns(copy: Copy, order: Callable[[list[int], list[Any]], list[int]]) -> None:
    for grid in copy.sheets.values():
        start = copy.data(grid).start
        wide = len(grid[start - 1])
        places = order(list(range(wide)), grid[start - 1])
        for row in grid[start - 1 :]:
            cells = [*row, *[None] * (wide - len(row))]
            row[:] = [cells[at] for at in places]


@_on(Stage.COLUMNS)
def _columns_moved(copy: Copy) -> None:
    _columns(copy, lambda places, _: copy.random.sample(places, len(places)))


@_on(Stage.COLUMNS)
def _columns_deleted(copy: Copy) -> None:
    _columns(copy, lambda places, header: [at for at in places if header[at] in _NEEDED])


@_on(Stage.COLUMNS)
def _columns_added(copy: Copy) -> None:
    for grid in copy.sheets.values():
        start = copy.data(grid).start
        for at, row in enumerate(grid[start - 1 :]):
            title = ORDER_NUMBER_HEADER in row
            row.insert(0, "序号" if title else at)
            row.append("户主身份证" if title else "3.30881E+17")


@_on(Stage.COLUMNS)
def _rows_and_a_column_put_before(copy: Copy) -> None:
    for name, grid in copy.sheets.items():
        copy.sheets[name] = [["转民政办"], [], *([None, *row] for row in grid)]


@_on(Stage.FORM)
def _saved_as_the_other_kind(copy: Copy) -> None:
    copy.saved_as = "xlsx" if copy.saved_as == "csv" else "csv"


@_on(Stage.MERGING)
def _cells_merged(copy: Copy) -> None:
    """Three neighbours seen by one visitor on one day: the cells are merged, the upper one speaks."""
    copy.saved_as = "xlsx"
    for name, grid in copy.sheets.items():
        filled = {id(row) for row in copy.filled(grid)}
        for first in range(1, len(grid) - 2, 4):
            rows = grid[first : first + 3]
            if not all(id(row) in filled for row in rows):
                continue
            for title in ("走访日期", "走访人"):
                at = copy.column(grid, title)
                copy.merged.append((name, at + 1, first + 1, first + 3))
                for row in rows[1:]:
                    row[at] = None
            for row in rows[1:]:
                head, mark = copy.mark(grid, rows[0]), copy.mark(grid, row)
                copy.truth[mark] = Truth(copy.truth[head].visited_on, copy.truth[mark].codes)
                copy.lost |= {mark} if head in copy.lost else set()


@_on(Stage.COLUMNS)
def _a_sheet_for_each_part(copy: Copy) -> None:
    copy.saved_as = "xlsx"
    sheets: dict[str, Grid] = {}
    for name, grid in copy.sheets.items():
        start = copy.data(grid).start
        head, rows = grid[:start], grid[start:]
        for part in range(3):
            sheets[f"{name[:9]}村{part}"] = [*map(list, head), *rows[part::3]]
    copy.sheets = sheets


def _form(name: str, **how: Any) -> None:
    def mutilate(copy: Copy) -> None:
        copy.saved_as = "csv"
        for attribute, value in how.items():
            setattr(copy, attribute, value)

    MUTILATIONS[name] = Mutilation(name, Stage.FORM, mutilate)


_form("GB18030", encoding="gb18030")
_form("UTF-8 without a mark", encoding="utf-8")
_form("UTF-16 with tabs", encoding="utf-16", delimiter="\t")
_form("semicolons", delimiter=";")
_form("every cell in quotes", quotes_all=True)
_form("blanks at the end cut off", cuts_blanks=True)
