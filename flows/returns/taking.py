"""Take a returned file: its rows told apart, each matched by its order number and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from flows.receive.unusable import UnusableFileError
from flows.returns.belonging import Printed
from flows.returns.header import RESULTS
from flows.returns.leads import lead_of, left_out
from flows.returns.piles import Piles, key_of, sorted_out
from flows.returns.rows import Row, rows_of
from flows.returns.sheets import sheets_of
from flows.returns.taken import Counts, Fault, IssuedOrder, Problem, Taken, Visit
from flows.returns.visits import visit_of

_UNKNOWN = Fault("工作单号", "没有派出过这个工作单号", "请核对是不是本县派出的工作单")
_TWICE = Fault("工作单号", "同一个工作单号填了两行,内容不同", "请只保留正确的一行")
_NO_ORDERS = Fault("文件", "文件里找不到走访工作单的表头和内容", "请用县里发的走访工作单填写后发回")


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
    piles = sorted_out(rows)
    visits, repeated = _visits(piles, orders, on)
    township = _only_township(piles, orders)
    place = {id(row): at for at, row in enumerate(rows)}
    faulty = sorted(piles.faulty, key=lambda one: place[id(one[0])])
    return Taken(
        file_name=file_name,
        visits=visits,
        leads=[lead_of(row, on, township) for row in piles.leads],
        problems=[_problem(row, fault) for row, fault in faulty],
        left_out=[_problem(row, fault) for row in piles.leads for fault in left_out(row)],
        counts=Counts(
            valid=len(visits),
            to_mend=len({key_of(row) for row, _ in faulty}),
            not_visited=len(piles.waiting - set(piles.filled)),
            repeated=repeated,
            leads=len(piles.leads),
        ),
    )


def _unread(file_name: str, fault: Fault) -> Taken:
    return Taken(file_name=file_name, problems=[Problem(sheet="", line=0, fault=fault)])


def _visits(piles: Piles, orders: Mapping[str, IssuedOrder], on: date) -> tuple[list[Visit], int]:
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


def _only_township(piles: Piles, orders: Mapping[str, IssuedOrder]) -> str | None:
    """Where the orders of a file were sent, if that is one township."""
    known = {*piles.filled, *piles.waiting} & set(orders)
    townships = {orders[order_no].township_code for order_no in known}
    return townships.pop() if len(townships) == 1 else None


def _problem(row: Row, fault: Fault) -> Problem:
    return Problem(
        sheet=row.sheet,
        line=row.line,
        fault=fault,
        key=key_of(row),
        titles=row.titles,
        cells=row.raw,
    )
