"""Write into the trail in the name of whoever acts; an export also gets a note beside it."""

from __future__ import annotations

from pathlib import Path

from flows import files
from flows.access.people import acting
from flows.audit.anchors import Anchor
from flows.audit.entries import Deed, Entry
from flows.audit.trail import Trail
from flows.home import Home


def note(home: Home, deed: Deed) -> Entry:
    """Add a deed of the acting person. What cannot be noted must not be done: errors go up."""
    who = acting(home)
    return Trail(home).note(deed, who=who.account, role=who.role)


INTERNAL = "内部资料,不得外传。"


def note_export(
    home: Home, out: Path, what: str, chosen: str, count: int, handling: str = INTERNAL
) -> None:
    """Note that a file went out: by which filter it was made, how many rows, which bytes."""
    from flows.inputs import NOTE_SUFFIX  # heavy, and only exports need it

    digest = files.sha256(files.read(out))
    entry = note(home, Deed(what=what, filter=chosen, count=count, sha256=digest))
    files.write(
        out.with_name(out.name + NOTE_SUFFIX),
        f"文件:{out.name}\n内容:{what}\n筛选:{chosen}\n行数:{count}\nsha256:{digest}\n"
        f"导出人:{entry.who}({entry.role})\n时间:{entry.at}\n审计记录:第 {entry.number} 条\n"
        f"{handling}\n",
    )


def note_published(home: Home, label: str, manifest: str, settings: str, model: int) -> Anchor:
    """Note that a night's results came out, under which policy and model; gives the anchor."""
    under = f"政策 {settings};模型 {model}"
    entry = note(home, Deed(what="publish", on=label, filter=under, sha256=manifest))
    return Trail(home).keep_anchor(entry, f"{label} 夜")
