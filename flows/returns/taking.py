"""Take a returned file: its rows told apart, each matched by its order number and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from flows.receive.unusable import UnusableFileError
from flows.returns.belonging import Printed
from flows.returns.header import RESULTS
from flows.returns.leads import is_lead, lead_of
from flows.returns.rows import Row, rows_of
from flows.returns.sheets import sheets_of
from flows.returns.taken import Counts, Fault, IssuedOrder, Problem, Taken, Visit
from flows.returns.visits import visit_of

_BROKEN = Fault("工作单号", "工作单号不对", "请对照原单")
_UNKNOWN = Fault("工作单号", "没有派出过这个工作单号", "请核对是不是本县派出的工作单")
_LOST = Fault("工作单号", "工作单号没有了", "请对照原单补上工作单号")
_NEITHER = Fault(
    "工作单号", "没有工作单号,也不够一条新线索", "补上工作单号;新线索请写姓名,加上需要的帮助或住址"
)
_TWICE = Fault("工作单号", "同一个工作单号填了两行,内容不同", "请只保留正确的一行")
_NO_ORDERS = Fault("文件", "文件里找不到走访工作单的表头和内容", "请用县里发的走访工作单填写后发回")


@dataclass
class _Piles:
    """Rows by what is to be done with them."""

    filled: dict[str, list[Row]] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    leads: list[Row] = field(default_factory=list)
    faulty: list[tuple[Row, Fault]] = field(default_factory=list)


def take_return(
    content: bytes, file_name: str, orders: Mapping[str, IssuedOrder], *, on: date
) -> Taken:
    """What a file says of the orders that were issued, as read on a day; never raises for its bytes."""
    try:
        rows = [row for sheet in sheets_of(content) for row in rows_of(sheet)]
    except UnusableFileError as error:
        return _unread(file_name, Fault("文件", error.reason, "请重新保存后发送"))
    if not rows:
        return _unread(file_name, _NO_ORDERS)
    piles = _sorted_out(rows)
    visits, repeated = _visits(piles, orders, on)
    township = _only_township(piles, orders)
    place = {id(row): at for at, row in enumerate(rows)}
    faulty = sorted(piles.faulty, key=lambda one: place[id(one[0])])
    return Taken(
        file_name=file_name,
        visits=visits,
        leads=[lead_of(row, on, township) for row in piles.leads],
        problems=[_problem(row, fault) for row, fault in faulty],
        counts=Counts(
            valid=len(visits),
            to_mend=len({_key(row) for row, _ in faulty}),
            not_visited=len(piles.waiting - set(piles.filled)),
            repeated=repeated,
            leads=len(piles.leads),
        ),
    )


def _unread(file_name: str, fault: Fault) -> Taken:
    return Taken(file_name=file_name, problems=[Problem(sheet="", line=0, fault=fault)])


def _sorted_out(rows: Iterable[Row]) -> _Piles:
    piles = _Piles()
    for row in rows:
        if not row.cells:
            piles.faulty += [(row, fault) for fault in row.faults]
        elif order_no := row.order_no:
            _pile_order(piles, row, order_no)
        elif row.tries_a_number or row.is_printed:
            _pile_lost(piles, row)
        elif row.is_furniture:
            continue
        elif is_lead(row) and not row.faults:
            piles.leads.append(row)
        elif row.is_filled or row.cells["name"] or row.faults:
            piles.faulty += [(row, fault) for fault in row.faults or (_NEITHER,)]
    return piles


def _pile_order(piles: _Piles, row: Row, order_no: str) -> None:
    if row.is_filled or row.faults:
        piles.filled.setdefault(order_no, []).append(row)
    else:
        piles.waiting.add(order_no)


def _pile_lost(piles: _Piles, row: Row) -> None:
    """A row of ours whose number is broken or gone: nobody guesses it from the name."""
    if row.is_filled or row.faults:
        fault = _BROKEN if row.cells["order_no"] else _LOST
        piles.faulty += [(row, one) for one in (*row.faults, fault)]
    else:
        piles.waiting.add(_key(row))


def _visits(piles: _Piles, orders: Mapping[str, IssuedOrder], on: date) -> tuple[list[Visit], int]:
    """The visits in the order of the file, and how many rows only repeat one of them."""
    printed = Printed(orders.values())
    visits: list[Visit] = []
    repeated = 0
    for order_no, rows in piles.filled.items():
        read = [_read(row, orders.get(order_no), printed, on) for row in rows]
        told = {replace(one, sheet="", line=0) for one in read if isinstance(one, Visit)}
        if len(told) == 1 and all(isinstance(one, Visit) for one in read):
            visits += [one for one in read[:1] if isinstance(one, Visit)]
            repeated += len(rows) - 1
        else:
            piles.faulty += _faults(rows, read)
    return visits, repeated


def _read(row: Row, order: IssuedOrder | None, printed: Printed, on: date) -> Visit | list[Fault]:
    if row.faults:
        return list(row.faults)
    if order is None:
        return [_UNKNOWN]
    apart = printed.fault(row, order)
    return [apart] if apart else visit_of(row, order, on)


def _faults(
    rows: Sequence[Row], read: Sequence[Visit | list[Fault]]
) -> Iterable[tuple[Row, Fault]]:
    """The faults of the rows of one order; rows that differ are all told so."""
    differ = len({tuple(row.cells[column] for column in RESULTS) for row in rows}) > 1
    for row, found in zip(rows, read, strict=True):
        own = [] if isinstance(found, Visit) else found
        for fault in [*own, *([_TWICE] if differ or not own else [])]:
            yield row, fault


def _only_township(piles: _Piles, orders: Mapping[str, IssuedOrder]) -> str | None:
    """Where the orders of a file were sent, if that is one township."""
    known = {*piles.filled, *piles.waiting} & set(orders)
    townships = {orders[order_no].township_code for order_no in known}
    return townships.pop() if len(townships) == 1 else None


def _key(row: Row) -> str:
    """What is counted once: an order, or a row that is none."""
    order_no = row.order_no if row.cells else None
    return order_no or f"{row.sheet}:{row.line}"


def _problem(row: Row, fault: Fault) -> Problem:
    return Problem(
        sheet=row.sheet,
        line=row.line,
        fault=fault,
        key=_key(row),
        titles=row.titles,
        cells=row.raw,
    )
