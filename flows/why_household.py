"""`doorstep why`: why a household is on tonight's list, or not, and why just there in its line."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from flows import files
from flows.errors import DoorstepError
from flows.home import Home
from flows.ledger import Ledger
from flows.policy import load
from flows.publish.order_numbers import canonical_order_number
from flows.publish.work_orders import SEVERITY_WORDS
from transforms.categories import possible_kinds
from transforms.signals import SIGNALS

_STATES = {
    "issued": "今晚派单",
    "sampled": "今晚派单(随机走访)",
    "carried": "排队等候",
    "open": "已派单,待反馈",
    "resting": "冷却期内",
    "suppressed": "已获对应救助",
    "county": "由县级处理",
}


def why_household(home: Home, asked: str) -> list[str]:
    """The lines that explain a household, by its id, a member's id or an order's number."""
    if not home.snapshot.exists():
        raise DoorstepError("还没有发布过任何一夜。请先运行 doorstep nightly。")
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        tables = _Tables(snapshot)
        household = _meant(home, tables, asked)
        return list(_told(home, tables, household))


def why_listed(home: Home, tables: Any, household: str) -> list[str]:
    """Only why a household is listed, at its place, or not; `tables` answers `rows(sql, *values)`."""
    listed = tables.rows("SELECT * FROM worklist WHERE household_id = ?", household)
    return list(_place(tables, listed[0]) if listed else _absence(home, tables, household))


class _Tables:
    """Small answers from the snapshot."""

    def __init__(self, snapshot: Any) -> None:
        self._snapshot = snapshot

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """The rows of a query as dictionaries."""
        return list(self._snapshot.execute(sql, list(values)).to_arrow_table().to_pylist())


def _meant(home: Home, tables: _Tables, asked: str) -> str:
    """The household id that is meant, as it is now; nothing typed is repeated in a refusal."""
    ledger = Ledger(home.ledger)
    number = canonical_order_number(asked)
    if number:
        found = tables.rows('SELECT household_id FROM "case" WHERE order_no = ?', number)
        if len(found) > 1:
            ids = "、".join(row["household_id"] for row in found)
            raise DoorstepError(f"这张工作单的家庭已分成几户:{ids}。请写明其中一户。")
        if found:
            return str(found[0]["household_id"])
    household = ledger.resolve_household(asked)
    person = ledger.resolve(asked)
    found = tables.rows(
        "SELECT DISTINCT household_id FROM link WHERE household_id = ? OR person_id = ?",
        household,
        person,
    )
    if len(found) == 1:
        return str(found[0]["household_id"])
    raise DoorstepError("没有这个家庭、人员或工作单编号;请从控制台或工作单上照抄编号。")


def _told(home: Home, tables: _Tables, household: str) -> Iterator[str]:
    (night,) = tables.rows("SELECT * FROM night")
    yield f"{household}(截至 {night['on']} 夜)"
    listed = tables.rows("SELECT * FROM worklist WHERE household_id = ?", household)
    yield from _place(tables, listed[0]) if listed else _absence(home, tables, household)
    yield from _findings(tables, household)
    yield from _cases(tables, household)
    yield from _situation(home, tables, household, night["on"])


def _place(tables: _Tables, row: dict[str, Any]) -> Iterator[str]:
    """Its state, and for one that waits who stands before it and why."""
    yield f"状态:{_STATES[row['state']]}——{row['state_reason']}"
    if row["rests_until"] and row["state"] in ("open", "resting"):
        yield f"没有新情况的话,到 {row['rests_until']} 为止不再派单"
    if row["position"] is None:
        return
    (ahead,) = tables.rows(
        "SELECT count(*) AS total, "
        "count(*) FILTER (WHERE severity > $1) AS worse, "
        "count(*) FILTER (WHERE severity = $1 AND need > $2) AS poorer, "
        "count(*) FILTER (WHERE severity = $1 AND need = $2 AND signal_count > $6) AS more, "
        "count(*) FILTER (WHERE severity = $1 AND need = $2 AND signal_count = $6 "
        "AND first_found < $3) AS longer, "
        "count(*) FILTER (WHERE severity < $1 OR (severity = $1 AND need < $2)) AS kept "
        "FROM worklist WHERE township_code = $4 AND position < $5",
        row["severity"],
        row["need"],
        row["first_found"],
        row["township_code"],
        row["position"],
        row["signal_count"],
    )
    told = ("worse", "poorer", "more", "longer", "kept")
    rest = ahead["total"] - sum(ahead[name] for name in told)
    yield (
        f"位置:{row['township_name']}第 {row['position']} 位;紧急程度"
        f"{SEVERITY_WORDS[row['severity']]},困难程度 {row['need']} 级,{row['first_found']} 首次发现"
    )
    yield (
        f"排在前面的 {ahead['total']} 户:更紧急 {ahead['worse']} 户,更困难 {ahead['poorer']} 户,"
        f"困难种类更多 {ahead['more']} 户,等得更久 {ahead['longer']} 户,"
        f"其余相同、按最近一次和编号先后 {rest} 户,"
        f"按“等候最久”名额 {ahead['kept']} 户"
    )


def _absence(home: Home, tables: _Tables, household: str) -> Iterator[str]:
    """Why nobody is sent: nothing found, or found only where identity is in doubt."""
    doubtful = tables.rows(
        "SELECT count(*) AS n FROM finding WHERE household_id = ? AND seen_to IS NULL", household
    )[0]["n"]
    if doubtful:
        yield "状态:不在名单上——有预警,但只涉及身份存疑或走访反馈已去世的人、提示类或在册核对类情形"
        return
    yield "状态:不在名单上——今晚没有任何预警指向这户"
    members = tables.rows("SELECT DISTINCT person_id FROM link WHERE household_id = ?", household)
    known = {row["person_id"] for row in members}
    ledger = Ledger(home.ledger)
    before = ledger.seen(ledger.position()).sort("first_found", "signal", "person_id")
    for row in before.iter_rows(named=True):
        if row["person_id"] not in known:
            continue
        title = SIGNALS[row["signal"]].title if row["signal"] in SIGNALS else row["signal"]
        yield f"  从前有过:{title}({row['first_found']} 首次发现),现已过期或事实已变"
    late = tables.rows("SELECT title FROM source_status WHERE late_days > 0 ORDER BY title")
    if late:
        yield f"  数据迟到的来源:{'、'.join(row['title'] for row in late)}(迟到不会清除原有预警)"


def _findings(tables: _Tables, household: str) -> Iterator[str]:
    rows = tables.rows(
        "SELECT * FROM finding WHERE household_id = ? ORDER BY severity DESC, signal, person_id",
        household,
    )
    for row in rows:
        seen_to = f"({row['seen_to']})" if row["seen_to"] else ""
        seen_to += "(只由县级处理)" if row.get("is_sensitive") else ""
        word = SEVERITY_WORDS[row["severity"]]
        yield f"预警〔{word}〕{row['title']}{seen_to}:{row['sentence']};首次发现 {row['first_found']}"
        yield f"  依据:{row['reference']}"
        yield from (f"  参数:{line}" for line in (row["parameters"] or "").splitlines())
        if row["history_note"]:
            yield f"  注意:{row['history_note']}"
        for proof in tables.rows(
            "SELECT * FROM proof WHERE signal = ? AND person_id = ? ORDER BY ALL",
            row["signal"],
            row["person_id"],
        ):
            yield (
                f"  证据:{proof['source_title']} {proof['file_name']} 第 {proof['line']} 行"
                f"({proof['happened_on']})"
            )


def _cases(tables: _Tables, household: str) -> Iterator[str]:
    rows = tables.rows(
        'SELECT * FROM "case" WHERE household_id = ? ORDER BY issued_on, order_no', household
    )
    for row in rows:
        came = f";{row['visited_on']} 走访:{row['conclusions']}" if row["visited_on"] else ""
        amount = f",{row['amount']:,.2f} 元" if row["amount"] else ""
        yield f"工作单 {row['order_no']}({row['issued_on']} 派出):{row['state']}{came}{amount}"


def _situation(home: Home, tables: _Tables, household: str, on: Any) -> Iterator[str]:
    rows = tables.rows("SELECT * FROM situation WHERE household_id = ?", household)
    if not rows:
        return
    known = rows[0]
    yield (
        f"已知情况:在世 {known['members']} 人(未成年 {known['minors']},老人 {known['elders']},"
        f"重残 {known['disabled']},近一年重病住院 {known['seriously_ill']});有工资记录 {known['earners']} 人,"
        f"领待遇 {known['pensioners']} 人,已知月收入 {known['monthly_income']:,.2f} 元"
        f"(另有 {known['unclear']} 项数额不明、{known['unseen']} 人没有收入记录);"
        f"近一年医疗自负 {known['medical_burden']:,.2f} 元;医保停保 {known['uninsured']} 人;"
        f"登记住房 {known['dwellings']} 处,租公房 {known['rents']} 处,危房 {known['unsafe_houses']} 处,"
        f"车辆 {known['vehicles']} 辆"
    )
    limits: SimpleNamespace = load(home.policy).shared(on)
    for kind in possible_kinds(known, limits):
        yield f"可能符合:{kind.title}(只是可能,由人核实:{kind.verify})"
