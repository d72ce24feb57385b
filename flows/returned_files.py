"""Take up what townships send back: visits into the ledger, leads into the inbox, receipts out.

It lies in HOME/returns or is handed in at the desk; both take the same road.

A file is archived, noted and only then removed, and everything is named by its content, so that
whatever is interrupted can simply be done again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flows import files
from flows.errors import UsageError
from flows.home import Home
from flows.leads_in import pass_on_leads
from flows.ledger import Ledger, Returned, WorkOrder
from flows.lock import only_one
from flows.publish.cells import unguarded
from flows.publish.protected import list_password, opened
from flows.publish.work_orders import LISTS, ORDER_NUMBER_HEADER
from flows.return_answers import write_answer
from flows.returns.receipt import receipt
from flows.returns.taken import IssuedOrder, Taken
from flows.returns.taking import take_return

_WHO = "乡镇走访反馈"
_TAKING = "回单登记"


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of one returned file; `again` when exactly this content (sha256) had come before."""

    file_name: str
    content: str
    lines: Sequence[str]
    again: bool


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """A file as somebody handed it in."""

    file_name: str
    content: bytes


def take_returns(home: Home, ledger: Ledger, on: date) -> list[Receipt]:
    """Take every file in returns/, in the order of their names, as read on a day."""
    waiting = [path for path in files.listing(home.returns) if not path.name.startswith("~$")]
    if not waiting:
        return []
    with only_one(home.returns_lock, _TAKING):
        orders = _orders(ledger)
        return [_from_folder(home, ledger, orders, path, on) for path in waiting if path.exists()]


def take_handed_in(
    home: Home,
    ledger: Ledger,
    handed: HandedIn,
    on: date,
    *,
    who: str,
    township: str | None = None,
) -> Receipt:
    """Take one file that somebody hands in; a clerk of a township may speak of its orders alone.

    A file that speaks of others' orders is refused whole and not noted, so that whoever they belong
    to can hand in the very same file.
    """
    with only_one(home.returns_lock, _TAKING):
        orders = _orders(ledger)
        if township is not None:
            _refuse_others(home, orders, handed, on, township)
        return _take(home, ledger, orders, handed, on, who)


def _refuse_others(
    home: Home, orders: Mapping[str, IssuedOrder], handed: HandedIn, on: date, township: str
) -> None:
    plain = opened(handed.content, list_password(home.list_password))
    taken = take_return(plain, handed.file_name, orders, on=on)
    named = {visit.order_no for visit in taken.visits} | {one.key for one in taken.problems}
    if any(orders[number].township_code != township for number in named & set(orders)):
        raise UsageError("文件里有其他乡镇的工作单,整份没有登记。请只上传本乡镇的表。")


def _from_folder(
    home: Home, ledger: Ledger, orders: Mapping[str, IssuedOrder], path: Path, on: date
) -> Receipt:
    handed = HandedIn(file_name=path.name, content=files.read(path))
    made = _take(home, ledger, orders, handed, on, _WHO)
    files.remove(path)
    return made


def _take(
    home: Home,
    ledger: Ledger,
    orders: Mapping[str, IssuedOrder],
    handed: HandedIn,
    on: date,
    who: str,
) -> Receipt:
    content, name = handed.content, handed.file_name
    digest = files.sha256(content)
    if ledger.was_returned(digest):
        lines = ["走访结果回执", f"文件:{name}", "这份文件以前收过,内容相同,没有重复登记。"]
        return Receipt(file_name=name, content=digest, lines=lines, again=True)
    plain = opened(content, list_password(home.list_password))
    taken = _read(home, orders, plain, name, on)
    archived = files.write(home.archive / "returns" / f"{digest[:16]}__{name}", content)
    pass_on_leads(home, digest, taken.leads)
    lines = receipt(taken, datetime.now(ZoneInfo("Asia/Shanghai")))
    write_answer(home, digest, taken, lines, on)
    ledger.take_back(
        Returned(
            content=digest,
            file_name=name,
            archived=str(archived.relative_to(home.root)),
            received_on=on,
            counts=asdict(taken.counts),
        ),
        taken.visits,
        who,
    )
    return Receipt(file_name=name, content=digest, lines=lines, again=False)


def _read(
    home: Home, orders: Mapping[str, IssuedOrder], content: bytes, name: str, on: date
) -> Taken:
    """Read once to see which nights' lists it speaks of, and again beside what was printed there.

    Names and telephones stand on the published lists alone, never in the ledger.
    """
    first = take_return(content, name, orders, on=on)
    nights = {orders[visit.order_no].issued_on for visit in first.visits}
    printed = {order_no: row for night in nights for order_no, row in _lists_of(home, night)}
    return take_return(
        content,
        name,
        {number: _as_printed(order, printed.get(number)) for number, order in orders.items()},
        on=on,
    )


def _lists_of(home: Home, night: date) -> Iterator[tuple[str, dict[str, str]]]:
    """Order number and row of every list published for a night, its supplements included."""
    for folder in sorted(home.outbox.glob(f"{night.isoformat()}*")):
        for path in files.listing(folder / LISTS):
            if path.suffix == ".csv":
                text = files.read(path).decode("utf-8-sig")
                for row in csv.DictReader(io.StringIO(text)):
                    yield row[ORDER_NUMBER_HEADER], row


def _as_printed(order: IssuedOrder, row: Mapping[str, str] | None) -> IssuedOrder:
    if row is None:
        return order
    return replace(
        order,
        person_name=unguarded(row["姓名"]) or None,
        phone=unguarded(row["登记电话"]) or None,
        address=unguarded(row["登记住址"]) or None,
    )


def _orders(ledger: Ledger) -> dict[str, IssuedOrder]:
    return {one.order_no: _issued(one) for one in ledger.orders(ledger.position())}


def _issued(order: WorkOrder) -> IssuedOrder:
    return IssuedOrder(
        order_no=order.order_no,
        issued_on=order.issued_on,
        township_code=order.township_code,
        person_name=None,
        address=order.printed.get("address"),
    )
