"""Tell the rows of a returned file apart before anything in them is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from flows.returns.leads import is_lead
from flows.returns.rows import Row
from flows.returns.taken import Fault

_BROKEN = Fault("工作单号", "工作单号不对", "请对照原单")
_LOST = Fault("工作单号", "工作单号没有了", "请对照原单补上工作单号")
_NEITHER = Fault(
    "工作单号", "没有工作单号,也不够一条新线索", "补上工作单号;新线索请写姓名,加上需要的帮助或住址"
)


@dataclass
class Piles:
    """Rows by what is to be done with them."""

    filled: dict[str, list[Row]] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    leads: list[Row] = field(default_factory=list)
    faulty: list[tuple[Row, Fault]] = field(default_factory=list)


def sorted_out(rows: Iterable[Row]) -> Piles:
    """Every row on its pile; what is neither an order nor a lead nor furniture is a fault."""
    piles = Piles()
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


def _pile_order(piles: Piles, row: Row, order_no: str) -> None:
    if row.is_filled or row.faults:
        piles.filled.setdefault(order_no, []).append(row)
    else:
        piles.waiting.add(order_no)


def _pile_lost(piles: Piles, row: Row) -> None:
    """A row of ours whose number is broken or gone: nobody guesses it from the name."""
    if row.is_filled or row.faults:
        fault = _BROKEN if row.cells["order_no"] else _LOST
        piles.faulty += [(row, one) for one in (*row.faults, fault)]
    else:
        piles.waiting.add(key_of(row))


def key_of(row: Row) -> str:
    """What is counted once: an order, or a row that is none."""
    order_no = row.order_no if row.cells else None
    return order_no or f"{row.sheet}:{row.line}"
