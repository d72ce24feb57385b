"""The certificate of an erasure, for the person and the file: hashes and counts, nothing about anybody."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from flows import files
from flows.backup.making import BACKED_UP
from flows.erasure.erased import ERASED
from flows.erasure.plan import Plan
from flows.home import Home
from flows.ledger import Ledger

FOLDER = "删除证明"
MUST_BE_KEPT = (
    "社会救助的申请、审核、确认和资金发放档案,由承办部门按社会救助档案管理规定保存(社会救助暂行办法);"
    "本系统不存这些档案,也不能删除它们。",
    "各部门自己的原始登记(户籍、医保、社保等),由该部门依其法定职责保存;请向该部门提出。",
    "审计记录依网络安全法第二十一条至少保存六个月,其中只有不透明的编号,没有姓名和号码。",
)
"""What this erasure leaves, and why (个人信息保护法 art. 47: except where a law says otherwise)."""


def certified(home: Home, plan: Plan, left: Mapping[str, int], made: str) -> str:
    """Write the certificate as text and as a page into the outbox; returns the text."""
    ledger = Ledger(home.ledger)
    (entry,) = [
        one
        for one in ledger.notes((ERASED,))
        if (one["body"]["person"], one["body"]["at"]) == (plan.person_id, plan.at)
    ]
    lines = list(_lines(home, plan, entry, _backups(ledger, plan), left, made))
    stem = home.outbox / FOLDER / f"{plan.at[:10]}_{entry['entry']}"
    text = "\n".join(lines) + "\n"
    files.write(stem.with_suffix(".txt"), text)
    files.write(stem.with_suffix(".html"), _page(lines))
    return text


def _lines(
    home: Home,
    plan: Plan,
    entry: Mapping[str, Any],
    backups: list[Mapping[str, Any]],
    left: Mapping[str, int],
    made: str,
) -> Iterator[str]:
    yield "个人信息删除证明"
    yield f"处理者:{home.config.site.name}  人员编号:{plan.person_id}  台账第 {entry['entry']} 条"
    yield f"删除时间:{plan.at}  经办人:{plan.who}  理由:{plan.reason}"
    rows = sum(change.rows for change in plan.changes)
    yield f"一、改写 {len(plan.changes)} 个文件,去掉 {rows} 行(前后 sha256 的前 16 位):"
    for change in plan.changes:
        after = change.new[:16] or "整份删除"
        yield f"  {change.path}  {change.rows} 行  {change.old[:16]} → {after}"
    counts = {name: count for name, count in entry["body"]["tables"].items() if count}
    told = "、".join(f"{name} {count}" for name, count in sorted(counts.items())) or "无"
    yield f"二、台账中去掉或改写的行:{told};台账文件已整理,空出的页已覆盖。"
    yield f"三、工作库、快照已由改写后的归档重建:{made}"
    hits = "、".join(f"{place} {count}" for place, count in sorted(left.items()))
    yield (
        "四、删除后按本人证件号码、姓名连同出生日期或电话逐处查找(解密、解锁、解包后):"
        f"{hits or '0 处'}"
    )
    yield "五、此后各部门再次送来此人的数据,在保存之前即丢弃;为此只留密钥散列,不能由它得知是谁。"
    yield "六、我们所做的备份中仍含此人的:" + ("无" if not backups else "")
    for one in backups:
        yield f"  {one['label']}({one['place']}),最迟 {one['until']} 删除"
    yield "七、依法须由有关部门保存、不在删除之列的:"
    for kept in MUST_BE_KEPT:
        yield f"  {kept}"
    if plan.mentions:
        yield (
            f"八、另有 {plan.mentions} 条其他人的记录把此人的电话登记为联系电话,"
            "属于那些人的信息,没有改动。"
        )


def _backups(ledger: Ledger, plan: Plan) -> list[Mapping[str, Any]]:
    """Backups made before the erasure whose time is not over on its day."""
    return [
        one["body"]
        for one in ledger.notes((BACKED_UP,))
        if one["body"]["at"] <= plan.at and one["body"]["until"] >= plan.at[:10]
    ]


def _page(lines: list[str]) -> str:
    title, *body = (html.escape(line) for line in lines)
    told = "\n".join(f"<p>{line.replace('  ', '&emsp;')}</p>" for line in body)
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body><h1>{title}</h1>\n{told}\n</body></html>\n"
    )
