"""`doorstep unmask`: one value of one person, for a stated reason, written down before it is shown.

It reads `identities` of the working database and changes nothing. While a night works in there it
waits for nobody and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows import files
from flows.access.people import Acting, acting
from flows.access.roles import SEES, Role, Sight
from flows.audit.entries import Deed
from flows.audit.noting import note
from flows.errors import DoorstepError, NotPermittedError, UsageError
from flows.home import Home
from flows.ledger import Ledger, WorkOrder
from flows.lock import only_one
from flows.publish.order_numbers import canonical_order_number
from flows.review.notes import why_not_kept


@dataclass(frozen=True, kw_only=True)
class _Column:
    """sight: who may see it. value: from identities. first: which record is believed before others."""

    title: str
    sight: Sight
    value: str
    first: str = "dated DESC NULLS LAST"


COLUMNS = {
    "name": _Column(
        title="姓名",
        sight=Sight.NAME,
        value="name",
        first="record <> 'resident', dated DESC NULLS LAST",
    ),
    "id_number": _Column(
        title="证件号码",
        sight=Sight.ID_NUMBER,
        value="id_clean",
        first="record <> 'resident', dated DESC NULLS LAST",
    ),
    "phone": _Column(title="电话", sight=Sight.PHONE, value="phone"),
    "address": _Column(
        title="住址", sight=Sight.ADDRESS, value="coalesce(address, registered_address)"
    ),
}
"""Of several records the newest speaks; for who somebody is, the resident register before it."""

_SHORTEST = 4
_EMPTY = {"工作需要", "查看一下", "看一下吧", "测试测试", "需要查看", "test", "none", "reason"}


def unmask(home: Home, which: str, column: str, reason: str) -> str:
    """The line that shows the value; `which` is a person's id or an order's number."""
    asked, why = _known_column(column), stated_reason(reason)
    order, person_id = _meant(home, which)
    who = acting(home)
    on = order.order_no if order else person_id
    if not _may(who, asked.sight, order):
        note(home, Deed(what="refused", on=on, filter=f"unmask {column}", reason=why))
        raise NotPermittedError(
            f"{who.account}({who.role})不能查看这里的{asked.title},这次尝试已记录。"
        )
    with only_one(home.lock, "读取工作库的任务"):
        note(home, Deed(what="unmask", on=on, filter=column, reason=why, count=1))
        return _told(home, asked, person_id)


def _known_column(column: str) -> _Column:
    if column not in COLUMNS:
        raise UsageError(f"--column 应为 {'、'.join(COLUMNS)} 之一。")
    return COLUMNS[column]


def stated_reason(reason: str, where: str = "用 --reason ") -> str:
    """The reason, if it says something and holds nobody's number; `where` tells where it is written."""
    said = " ".join(reason.split())
    if len(said) < _SHORTEST or len(set(said)) < _SHORTEST - 1 or said.lower() in _EMPTY:
        raise UsageError(f"请{where}写明为什么要看(至少四个字,写清办什么事);理由会留在审计记录里。")
    unfit = why_not_kept(said)
    if unfit:
        raise UsageError(f"理由{'、'.join(unfit)},审计记录不保存。请改写。")
    return said


def _meant(home: Home, which: str) -> tuple[WorkOrder | None, str]:
    """The order, if one is named, and the person: an order's is the one it is made out to."""
    if not home.ledger.exists() or not home.snapshot.exists():
        raise UsageError("还没有已发布的数据。请先运行 doorstep nightly。")
    ledger = Ledger(home.ledger)
    number = canonical_order_number(which)
    for order in ledger.orders(ledger.position()) if number else ():
        if order.order_no == number:
            return order, ledger.resolve(str(order.printed["lead"]))
    person_id = ledger.resolve(which.strip())
    if not _records(home, person_id):
        raise UsageError("没有这个人员或工作单编号;请从控制台或工作单上照抄编号。")
    return None, person_id


def _may(who: Acting, sight: Sight, order: WorkOrder | None) -> bool:
    """Whether the acting person may see this; a township's clerk on its own orders only."""
    if who.person is None:
        return who.alone
    if sight not in SEES[who.person.role]:
        return False
    own = order is not None and order.township_code == who.person.township
    return own or who.person.role is not Role.TOWNSHIP


def _records(home: Home, person_id: str) -> list[str]:
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        found = snapshot.execute(
            "SELECT DISTINCT record_key FROM link WHERE person_id = ? ORDER BY 1", [person_id]
        ).fetchall()
    return [key for (key,) in found]


def _told(home: Home, asked: _Column, person_id: str) -> str:
    keys = _records(home, person_id)
    if not home.work.exists():
        raise DoorstepError("工作库不在,看不到记录的内容。请等下一次夜间任务重建后再试。")
    with files.duckdb_database(home.work, read_only=True) as working:
        found = working.execute(
            f"SELECT {asked.value}, source, dated FROM identities "
            "WHERE list_contains(?, record_key) AND known_to IS NULL "
            f"AND {asked.value} IS NOT NULL ORDER BY {asked.first}, record_key LIMIT 1",
            [keys],
        ).fetchall()
    if not found:
        return f"{person_id} 没有登记{asked.title}。"
    value, source, dated = found[0]
    return f"{asked.title}:{value}({home.config.sources[source].title},{dated or '日期不详'})"
