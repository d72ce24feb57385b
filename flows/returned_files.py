"""Take up what lies in HOME/returns: visits into the ledger, leads into the inbox, receipts out.

A file is archived, noted and only then removed, and everything is named by its content, so that
whatever is interrupted can simply be done again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from flows import files
from flows.home import Home
from flows.ledger import Ledger, Returned, WorkOrder
from flows.lock import only_one
from flows.publish.cells import unguarded
from flows.publish.protected import list_password, opened
from flows.publish.work_orders import LISTS, ORDER_NUMBER_HEADER
from flows.returns.error_book import error_book
from flows.returns.receipt import receipt
from flows.returns.taken import IssuedOrder, Lead, Taken
from flows.returns.taking import take_return

RECEIPTS = "回执"
LEAD_SOURCE = "field_lead"
_WHO = "乡镇走访反馈"
_LEAD_HEADER = (
    *("线索编号", "困难群众姓名", "身份证号", "联系电话", "所在村(社区)", "住址"),
    *("反映日期", "线索渠道", "困难类别", "是否紧急"),
)


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of one returned file; `again` when exactly this content had come before."""

    file_name: str
    lines: Sequence[str]
    again: bool


def take_returns(home: Home, ledger: Ledger, on: date) -> list[Receipt]:
    """Take every file in returns/, in the order of their names, as read on a day."""
    waiting = [path for path in files.listing(home.returns) if not path.name.startswith("~$")]
    if not waiting:
        return []
    with only_one(home.returns_lock, "回单登记"):
        orders = {one.order_no: _issued(one) for one in ledger.orders(ledger.position())}
        return [_take(home, ledger, orders, path, on) for path in waiting if path.exists()]


def _take(
    home: Home, ledger: Ledger, orders: dict[str, IssuedOrder], path: Path, on: date
) -> Receipt:
    content = files.read(path)
    digest = files.sha256(content)
    if ledger.was_returned(digest):
        files.remove(path)
        lines = ["走访结果回执", f"文件:{path.name}", "这份文件以前收过,内容相同,没有重复登记。"]
        return Receipt(file_name=path.name, lines=lines, again=True)
    plain = opened(content, list_password(home.list_password))
    taken = _read(home, orders, plain, path.name, on)
    archived = files.write(home.archive / "returns" / f"{digest[:16]}__{path.name}", content)
    _pass_on_leads(home, digest, taken.leads)
    lines = receipt(taken, datetime.now(ZoneInfo("Asia/Shanghai")))
    _answer(home, digest, taken, lines, on)
    ledger.take_back(
        Returned(
            content=digest,
            file_name=path.name,
            archived=str(archived.relative_to(home.root)),
            received_on=on,
            counts=asdict(taken.counts),
        ),
        taken.visits,
        _WHO,
    )
    files.remove(path)
    return Receipt(file_name=path.name, lines=lines, again=False)


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


def _issued(order: WorkOrder) -> IssuedOrder:
    return IssuedOrder(
        order_no=order.order_no,
        issued_on=order.issued_on,
        township_code=order.township_code,
        person_name=None,
        address=order.printed.get("address"),
    )


def _answer(home: Home, digest: str, taken: Taken, lines: Sequence[str], on: date) -> None:
    """The receipt, and beside it what has to be mended, ready to be sent back."""
    folder = home.outbox / RECEIPTS / on.isoformat()
    stem = f"{Path(taken.file_name).stem[:60]}_{digest[:8]}"
    files.write(folder / f"{stem}_回执.txt", "\r\n".join(lines) + "\r\n")
    if taken.problems:
        files.write(folder / f"{stem}_错误清单.xlsx", error_book(taken.problems))


def _pass_on_leads(home: Home, digest: str, leads: Sequence[Lead]) -> None:
    """A hardship somebody met next door takes the same road as any department's record."""
    if not leads:
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_LEAD_HEADER)
    writer.writerows(_lead_rows(digest, leads))
    name = f"走访发现_{digest[:16]}.csv"
    files.write(home.inbox / LEAD_SOURCE / name, text.getvalue().encode("utf-8-sig"))


def _lead_rows(digest: str, leads: Iterable[Lead]) -> Iterator[tuple[str, ...]]:
    for place, lead in enumerate(leads, start=1):
        yield (
            f"ZFX{digest[:12].upper()}-{place}",
            lead.name,
            lead.id_number or "",
            lead.phone,
            lead.village,
            lead.address,
            lead.reported_on.isoformat(),
            "走访发现",
            "其他",
            "否",
        )
