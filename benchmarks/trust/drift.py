"""The kinds of drift, each applied to a table of a source wherever it can be.

A drifted table says where it was changed. What a kind cannot change in a source it leaves out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from data_contracts.terms import DeliveryKind, Kind, Need, Source


@dataclass(frozen=True)
class Table:
    """Names of columns, the header as written, rows of text; how it is written and named."""

    names: Sequence[str]
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    encoding: str = "utf-8"
    delimiter: str = ","
    days: int = 0
    where: str = ""

    def column(self, name: str) -> list[str]:
        """The cells of a column."""
        at = self.names.index(name)
        return [row[at] for row in self.rows]

    def rewritten(self, name: str, cells: Callable[[str], str]) -> Table:
        """The table with one column rewritten."""
        at = self.names.index(name)
        rows = [[*row[:at], cells(row[at]), *row[at + 1 :]] for row in self.rows]
        return replace(self, rows=rows, where=name)

    def titled(self, name: str, title: str) -> Table:
        """The table with another title over one column."""
        at = self.names.index(name)
        return replace(self, header=[*self.header[:at], title, *self.header[at + 1 :]], where=name)

    def filled(self, name: str) -> int:
        """How many cells say something."""
        return sum(bool(cell.strip()) for cell in self.column(name))


Drift = Callable[[Source, Table], Iterator[Table]]
DRIFTS: dict[str, Drift] = {}
_FEWEST = 30


def _drift(make: Drift) -> Drift:
    DRIFTS[make.__name__.strip("_").replace("_", " ")] = make
    return make


def _of(source: Source, table: Table, *kinds: Kind) -> list[str]:
    """The columns of some kinds that are filled often enough to be changed."""
    return [
        name
        for name in table.names
        if source.columns[name].kind in kinds and table.filled(name) >= _FEWEST
    ]


@_drift
def _needed_column_renamed(source: Source, table: Table) -> Iterator[Table]:
    for name in table.names:
        if source.columns[name].need is not Need.NOTHING:
            yield table.titled(name, "改过的列名")


@_drift
def _optional_column_renamed(source: Source, table: Table) -> Iterator[Table]:
    for name in table.names:
        if source.columns[name].need is Need.NOTHING:
            yield table.titled(name, "改过的列名")


@_drift
def _column_missing(source: Source, table: Table) -> Iterator[Table]:
    for at, name in enumerate(table.names):
        rows = [[*row[:at], *row[at + 1 :]] for row in table.rows]
        header = [*table.header[:at], *table.header[at + 1 :]]
        yield replace(table, header=header, rows=rows, where=name)


@_drift
def _columns_reordered(source: Source, table: Table) -> Iterator[Table]:
    yield replace(table, header=table.header[::-1], rows=[row[::-1] for row in table.rows])


@_drift
def _column_extra(source: Source, table: Table) -> Iterator[Table]:
    yield replace(table, header=["附加", *table.header], rows=[["1", *row] for row in table.rows])


@_drift
def _headers_swapped(source: Source, table: Table) -> Iterator[Table]:
    """The name's title over the number and the reverse, and so with two amounts and two days."""
    pairs = [["name", "id_number"], _of(source, table, Kind.DATE)[:2]]
    for pair in pairs:
        if len(pair) == 2 and set(pair) <= set(table.names):
            first, second = (table.names.index(name) for name in pair)
            header = list(table.header)
            header[first], header[second] = header[second], header[first]
            yield replace(table, header=header, where="/".join(pair))


def _every(kind: Kind, cells: Callable[[str], str]) -> Drift:
    """Every column of a kind rewritten in the same way, one at a time."""

    def make(source: Source, table: Table) -> Iterator[Table]:
        for name in _of(source, table, kind):
            yield table.rewritten(name, cells)

    return make


DRIFTS["codes unknown"] = _every(Kind.CODE, lambda cell: f"X{cell}" if cell else cell)


@_drift
def _codes_renumbered(source: Source, table: Table) -> Iterator[Table]:
    """The commonest meaning and the next change places."""
    for name in _of(source, table, Kind.CODE):
        codes = source.columns[name].codes
        found = Counter(cell for cell in table.column(name) if cell in codes)
        common = [cell for cell, _ in found.most_common(1)]
        others = [cell for cell in found if codes[cell] != codes[common[0]]] if common else []
        other = others[0] if others else None
        share = found[common[0]] - (found[other] if other else 0) if common else 0
        if other and share > len(table.rows) // 3:
            swap = {common[0]: other, other: common[0]}
            yield table.rewritten(name, lambda cell, swap=swap: swap.get(cell, cell))


def _scaled(factor: float) -> Callable[[str], str]:
    def cells(cell: str) -> str:
        text = cell.replace(",", "").strip()
        if not re.fullmatch(r"-?\d+(\.\d+)?", text):
            return cell
        return f"{float(text) * factor:.2f}"

    return cells


DRIFTS["yuan to wan"] = _every(Kind.MONEY, _scaled(0.0001))
DRIFTS["yuan to fen"] = _every(Kind.MONEY, _scaled(100))
DRIFTS["yuan to thousand"] = _every(Kind.MONEY, _scaled(0.001))
DRIFTS["amount with unit word"] = _every(Kind.MONEY, lambda cell: f"{cell}千元" if cell else cell)


@_drift
def _cells_emptied(source: Source, table: Table) -> Iterator[Table]:
    for name in table.names:
        if table.filled(name) > 0.8 * len(table.rows) >= _FEWEST:
            at = table.names.index(name)
            rows = [
                [*row[:at], "" if nth % 5 < 3 else row[at], *row[at + 1 :]]
                for nth, row in enumerate(table.rows)
            ]
            yield replace(table, rows=rows, where=name)


_DAY = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})(.*)", re.DOTALL)


def _day(form: Callable[[str, str, str], str]) -> Callable[[str], str]:
    def cells(cell: str) -> str:
        found = _DAY.fullmatch(cell)
        return form(*found.groups()[:3]) if found else cell

    return cells


def _days(form: Callable[[str, str, str], str]) -> Drift:
    return _every(Kind.DATE, _day(form))


DRIFTS["days a year early"] = _days(lambda y, m, d: f"{int(y) - 1}-{m.zfill(2)}-{d.zfill(2)}")
DRIFTS["days a year late"] = _days(lambda y, m, d: f"{int(y) + 1}-{m.zfill(2)}-{d.zfill(2)}")
DRIFTS["day and month swapped"] = _days(lambda y, m, d: f"{y}-{d.zfill(2)}-{m.zfill(2)}")
DRIFTS["days in words"] = _days(lambda y, m, d: f"{y}年{int(m)}月{int(d)}日")
DRIFTS["days as d/m/y"] = _days(lambda y, m, d: f"{d}/{m}/{y}")


def _written(**form: str) -> Drift:
    def make(source: Source, table: Table) -> Iterator[Table]:
        yield replace(table, where=str(form), **form)  # type: ignore[arg-type]

    return make


DRIFTS["encoding GB18030"] = _written(encoding="gb18030")
DRIFTS["encoding UTF-16"] = _written(encoding="utf-16")
DRIFTS["encoding UTF-8 with mark"] = _written(encoding="utf-8-sig")
DRIFTS["delimiter tab"] = _written(delimiter="\t")
DRIFTS["delimiter semicolon"] = _written(delimiter=";")


@_drift
def _nine_rows_of_ten_missing(source: Source, table: Table) -> Iterator[Table]:
    yield replace(table, rows=table.rows[: len(table.rows) // 10])


@_drift
def _every_row_twice(source: Source, table: Table) -> Iterator[Table]:
    yield replace(table, rows=[*table.rows, *table.rows])


@_drift
def _from_the_future(source: Source, table: Table) -> Iterator[Table]:
    yield replace(table, days=3)


@_drift
def _an_older_day(source: Source, table: Table) -> Iterator[Table]:
    if source.delivery is DeliveryKind.FULL:
        yield replace(table, days=-60, rows=table.rows[: len(table.rows) * 9 // 10])


@_drift
def _numbers_one_row_down(source: Source, table: Table) -> Iterator[Table]:
    if "id_number" in table.names and {"birth_date", "sex"} & set(table.names):
        cells = table.column("id_number")
        down = iter([cells[-1], *cells[:-1]])
        yield table.rewritten("id_number", lambda _: next(down))


@_drift
def _key_lost_its_first_character(source: Source, table: Table) -> Iterator[Table]:
    for name in source.key[:1]:
        if source.columns[name].kind is Kind.TEXT and table.filled(name) >= _FEWEST:
            yield table.rewritten(name, lambda cell: cell[1:])


DRIFTS["numbers gone scientific"] = _every(
    Kind.ID_NUMBER,
    lambda cell: f"{float(cell):.5E}" if cell.isdigit() and len(cell) > 10 else cell,
)
