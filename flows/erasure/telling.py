"""`doorstep subject-report PERSON_ID`: the report as a page and as JSON, for the person who asked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows import files
from flows.access.unmasking import stated_reason
from flows.audit.entries import Deed
from flows.audit.noting import note
from flows.erasure.known import known_of
from flows.erasure.subject import subject_of
from flows.errors import UsageError
from flows.home import Home
from flows.inputs import readable_json
from flows.planning.evaluation import kept_still, ledger_of


def write_subject_report(home: Home, asked: str, reason: str, out: Path, now: datetime) -> str:
    """Write both files into a folder, and note who asked for them and why."""
    why = stated_reason(reason)
    ledger = ledger_of(home)
    if not home.snapshot.exists():
        raise UsageError("还没有已发布的数据。请先运行 doorstep nightly。")
    with kept_still(home, ledger, "任务") as working:
        subject = subject_of(home, ledger, working, asked)
        told = known_of(home, ledger, working, subject) | {"made": now.date().isoformat()}
    stem = out / f"个人信息报告_{subject.person_id}"
    text = readable_json(told)
    digest = files.sha256(text.encode("utf-8"))
    deed = Deed(what="subject report", on=subject.person_id, reason=why, count=1, sha256=digest)
    note(home, deed)
    files.write(stem.with_suffix(".json"), text)
    page = _ENVIRONMENT.get_template("subject_report.html.j2").render(told=told)
    files.write(stem.with_suffix(".html"), page)
    return (
        f"已写入 {stem.name}.html 和 .json({len(told['rows'])} 条记录,内容未遮蔽)。"
        "核实申请人身份后当面交付,交付后请删除本地副本。"
    )


_ENVIRONMENT = Environment(
    loader=PackageLoader("flows.erasure"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
