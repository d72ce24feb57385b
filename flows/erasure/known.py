"""Everything that is known of one person, as plain values for that person (个人信息保护法 art. 45)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from data_contracts.records import RECORDS
from flows import files
from flows.audit.entries import read_line
from flows.audit.trail import Trail
from flows.engine import Engine
from flows.erasure.subject import Subject
from flows.home import Home
from flows.ledger import Ledger
from flows.publish.work_orders import SEX_WORDS
from flows.snapshot import describe, labels_of
from flows.tables import record_table

_IDENTITY = {
    "name": "姓名",
    "former_name": "曾用名",
    "id_number": "证件号码",
    "sex": "性别",
    "birth_date": "出生日期",
    "phone": "电话",
    "address": "住址",
    "registered_address": "户籍地址",
    "contact_name": "联系人",
    "contact_phone": "联系人电话",
}


def known_of(home: Home, ledger: Ledger, working: Engine, subject: Subject) -> dict[str, Any]:
    """The parts of the report by name. Money and days are text, nothing is masked."""
    rows = list(_rows(home, working, subject))
    return {
        "person_id": subject.person_id,
        "also": sorted(subject.ids - {subject.person_id}),
        "site": home.config.site.name,
        "contact": home.config.site.contact,
        "sources": _sources(home, rows),
        "rows": rows,
        "findings": _findings(home, subject),
        "orders": [_order(ledger, one) for one in (*subject.led, *subject.named)],
        "seen_by": list(_seen_by(home, subject)),
        "kept": _kept(home),
    }


def _sources(home: Home, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for name, source in home.config.sources.items():
        count = sum(row["source"] == name for row in rows)
        if count:
            found.append({"title": source.title, "supplier": source.supplier, "rows": count})
    return found


def _rows(home: Home, working: Engine, subject: Subject) -> Iterator[dict[str, Any]]:
    """Every version of every record of theirs: where it came from and what it says."""
    links = _links(home, subject)
    for record in RECORDS:
        table = record_table(record)
        for row in working.rows(
            f"SELECT kept.*, delivery.file_name, delivery.night, identity.dated, "
            f"{', '.join(f'identity.{name} AS who_{name}' for name in _IDENTITY)} "
            f"FROM {table} AS kept JOIN delivery USING (arrival) "
            "JOIN identities AS identity ON identity.record_key = kept.record_key "
            "AND identity.version = kept.version AND identity.source = kept.source "
            "WHERE list_contains(?, kept.record_key) ORDER BY kept.arrival, kept.row, kept.version",
            [sorted(subject.keys)],
        ):
            source = home.config.sources[row["source"]]
            who = {title: row[f"who_{name}"] for name, title in _IDENTITY.items()}
            yield {
                "source": source.name,
                "title": source.title,
                "file": row["file_name"],
                "line": row["line"],
                "received": str(row["night"]),
                "dated": str(row["dated"] or ""),
                "current": row["known_to"] is None,
                "who": {
                    title: SEX_WORDS.get(value, str(value))
                    for title, value in who.items()
                    if value is not None
                },
                "says": describe(record, row, labels_of(source)),
                "why": links.get(row["record_key"], ""),
            }


def _links(home: Home, subject: Subject) -> dict[str, str]:
    """By which evidence each record is theirs, as the last night published it."""
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        found = snapshot.execute(
            "SELECT link.record_key, max(link.how), max(timeline.why_zh) FROM link "
            "LEFT JOIN timeline USING (record_key) WHERE list_contains(?, link.record_key) "
            "GROUP BY link.record_key",
            [sorted(subject.keys)],
        ).fetchall()
    return {key: why or _how(how) for key, how, why in found}


def _how(how: str) -> str:
    if how.startswith("answered"):
        return "由工作人员核对确认"
    if how == "register_entry":
        return "人口登记中的本人条目"
    return "证件号码相同" if "number" in how else "姓名、出生日期、电话、住址等相符"


def _findings(home: Home, subject: Subject) -> list[dict[str, Any]]:
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        rows = snapshot.execute(
            "SELECT title, sentence, reference, parameters, first_found FROM finding "
            "WHERE person_id = ? ORDER BY signal",
            [subject.person_id],
        ).fetchall()
    return [
        {
            "title": title,
            "sentence": sentence,
            "reference": reference,
            "parameters": parameters,
            "first_found": str(first),
        }
        for title, sentence, reference, parameters, first in rows
    ]


def _order(ledger: Ledger, order: Any) -> dict[str, Any]:
    return {
        "order_no": order.order_no,
        "issued_on": order.issued_on.isoformat(),
        "reasons": list(order.printed.get("reasons", ())),
        "address": order.printed.get("address"),
        "visits": [
            {
                "visited_on": visit.visited_on.isoformat(),
                "codes": list(visit.codes),
                "amount": None if visit.amount is None else str(visit.amount),
                "address": visit.address,
                "phone": visit.phone,
                "needs": visit.needs,
                "note": visit.note,
            }
            for visit in ledger.visit_history(order.order_no)
        ],
    }


def _seen_by(home: Home, subject: Subject) -> Iterator[dict[str, str]]:
    """Who did what with them or their household: role, day, deed and reason; no account's name."""
    about = {
        *subject.ids,
        *subject.lists.households,
        *(order.order_no for order in (*subject.led, *subject.named)),
    }
    for line in Trail(home).lines():
        entry = read_line(line)
        if entry and about & set(entry.on.split()):
            yield {"at": entry.at, "role": entry.role, "what": entry.what, "reason": entry.reason}


def _kept(home: Home) -> list[str]:
    kept = home.config.retention
    return [
        f"各部门送来的文件、由其得出的记录:{kept.archive_months} 个月",
        f"工作单和报告:{kept.lists_months} 个月;走访结果留在台账中",
        f"备份:{kept.backups_days} 天",
        "审计记录:不少于六个月(网络安全法第二十一条)",
        "您可以要求更正或删除(个人信息保护法第四十六、四十七条),请向上面的联系方式提出。",
    ]
