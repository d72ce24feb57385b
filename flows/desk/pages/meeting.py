"""一事一议: cases for several departments, the agenda pack, what was decided, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from flows import files
from flows.desk.agenda import MOST_CANDIDATES, candidates, case_of, known_items, persons_of
from flows.desk.agenda_docx import agenda_docx
from flows.desk.dossier import resolved
from flows.desk.known_until import known_of_sources
from flows.desk.listing import STATES
from flows.desk.page import Page, Visit
from flows.desk.pages.household import RELATIONS
from flows.desk.permissions import Need
from flows.desk.words import N_
from flows.errors import UsageError
from flows.meetings import DECIDED, DROPPED, FED_BACK, PICKED, Item, overdue, undecided
from flows.publish.work_orders import SEVERITY_WORDS
from flows.review.notes import why_not_kept

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def meeting(visit: Visit) -> Response:
    """What waits for a decision or is overdue, the meetings, and the cases that could be picked."""
    known, today = known_items(visit), visit.now.date()
    picked = {one.household_id for one in known if not one.is_done}
    found = candidates(visit)
    shown = [row for row in found if row["household_id"] not in picked]
    visit.note("view candidates", count=len(shown))
    return visit.show(
        "meeting.html.j2",
        overdue=overdue(known, today),
        undecided=undecided(known, today),
        days=sorted({one.on for one in known}, reverse=True),
        counts={day: sum(one.on == day for one in known) for day in {one.on for one in known}},
        rows=shown,
        is_cut=len(found) == MOST_CANDIDATES,
        states=STATES,
        severities=SEVERITY_WORDS,
    )


def pick(visit: Visit) -> Response:
    """Put cases on the agenda of a day, each an entry of the ledger."""
    on, reason = _day(visit, "on"), _text(visit, "reason")
    typed = visit.said("typed")
    households = [*visit.listed("household"), *([typed] if typed else [])]
    chosen = sorted({resolved(visit, household) for household in households})
    if not chosen:
        raise UsageError("没有选中任何一户。请先勾选,或填写户号。")
    there = {one.household_id for one in known_items(visit) if one.on == on}
    fresh = [household for household in chosen if household not in there]
    visit.note("meeting pick", on=" ".join(fresh)[:400], reason=reason, count=len(fresh))
    for household in fresh:
        body = {
            "on": on.isoformat(),
            "household_id": household,
            "persons": persons_of(visit, household),
            "reason": reason,
        }
        _keep(visit, PICKED, body)
    visit.tell(f"已列入 {on} 的议题 {len(fresh)} 件。")
    return visit.go(f"/meeting/{on}")


def agenda(visit: Visit) -> Response:
    """The pack of one day on the screen and on paper, with the decisions."""
    on = _asked_day(visit)
    cases = [case_of(visit, one) for one in _of(visit, on)]
    return visit.show(
        "agenda.html.j2",
        on=on,
        night=visit.night,
        cases=cases,
        relations=RELATIONS,
        today=visit.now.date(),
    )


def agenda_file(visit: Visit) -> Response:
    """The pack as a Word file; noted with its count and hash before it goes out."""
    on = _asked_day(visit)
    cases = [case_of(visit, one) for one in _of(visit, on)]
    if not cases:
        raise UsageError("这一天没有议题。")
    content = agenda_docx(
        cases,
        site=visit.home.config.site.name,
        on=on,
        night=visit.night,
        known_until=known_of_sources(visit),
    )
    visit.note("export agenda", filter=str(on), count=len(cases), sha256=files.sha256(content))
    name = quote(f"一事一议_{on}_{len(cases)}件.docx")
    return Response(
        content,
        media_type=_DOCX,
        headers={
            "content-disposition": f"attachment; filename*=UTF-8''{name}",
            "cache-control": "no-store",
        },
    )


def record(visit: Visit) -> Response:
    """Write down what became of a case: decided, reported on, or taken off the agenda."""
    one = _item(visit)
    what, body = visit.said("what"), dict[str, Any](item=one.number, persons=one.persons)
    if what == "decide":
        body |= {
            "decision": _text(visit, "decision"),
            "owner": _text(visit, "owner", least=2),
            "due": _day(visit, "due").isoformat(),
        }
        kind = DECIDED
    elif what == "feedback":
        if one.due is None:
            raise UsageError("这件事还没有会议决定,请先记录决定。")
        body |= {"said": _text(visit, "said"), "is_done": bool(visit.said("done"))}
        kind = FED_BACK
    elif what == "drop":
        body |= {"reason": _text(visit, "reason")}
        kind = DROPPED
    else:
        raise UsageError("请选择要记录什么。")
    visit.note(f"meeting {what}", on=one.household_id)
    _keep(visit, kind, body)
    visit.tell("已记入台账。")
    return visit.go(f"/meeting/{one.on}")


def _keep(visit: Visit, kind: str, body: dict[str, Any]) -> None:
    at = visit.now.isoformat(timespec="seconds")
    visit.ledger.note(kind, {**body, "who": visit.who, "at": at})


def _of(visit: Visit, on: date) -> list[Item]:
    return [one for one in known_items(visit) if one.on == on]


def _item(visit: Visit) -> Item:
    asked = visit.path("item")
    for one in known_items(visit):
        if str(one.number) == asked:
            return one
    raise UsageError("没有这件议题,或已撤下。")


def _asked_day(visit: Visit) -> date:
    try:
        return date.fromisoformat(visit.path("day"))
    except ValueError:
        raise UsageError("没有这一天的会议。") from None


def _day(visit: Visit, name: str) -> date:
    try:
        return date.fromisoformat(visit.said(name))
    except ValueError:
        raise UsageError("请填写日期。") from None


def _text(visit: Visit, name: str, least: int = 4) -> str:
    text = visit.said(name)
    unfit = why_not_kept(text)
    if unfit:
        raise UsageError(f"所写内容{'、'.join(unfit)},台账不保存。请改写。")
    if len(text) < least:
        raise UsageError(f"请写明内容(至少{least}个字)。")
    return text


PAGES = (
    Page("/meeting", meeting, needs=Need.MEETING, title=N_("一事一议"), menu=7),
    Page("/meeting", pick, needs=Need.MEETING, method="POST"),
    Page("/meeting/{day}", agenda, needs=Need.MEETING),
    Page("/meeting/{day}/agenda.docx", agenda_file, needs=Need.MEETING),
    Page("/meeting/item/{item}", record, needs=Need.MEETING, method="POST"),
)
