"""反馈: what comes back from the villages, and what people tell at the desk."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from flows import files
from flows.desk.cases_shown import OVERDUE, STATES, counts, in_vain, open_orders, rows
from flows.desk.handing_in import MOST_BYTES, take_uploads
from flows.desk.leads import CHANNELS, NEEDS, put_lead, townships
from flows.desk.moved import add_address, moved
from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.desk.words import N_
from flows.errors import UsageError
from flows.publish.work_orders import SEVERITY_WORDS
from flows.return_answers import ERROR_BOOK, RECEIPT, answer_file

_KINDS = {
    "receipt": (RECEIPT, "text/plain; charset=utf-8"),
    "errors": (
        ERROR_BOOK,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
_SHOWN = 30


def back(visit: Visit) -> Response:
    """Upload, receipts and leads for whoever hands in; the cases for whoever works on them."""
    waiting = open_orders(visit)
    told = counts(visit, waiting)
    state = visit.asked("state", OVERDUE)
    state = state if state in STATES else OVERDUE
    works = visit.may(Need.DECIDE)
    shown = rows(visit, waiting, state) if works else []
    visit.note("view back", filter=state if works else "", count=len(shown))
    return visit.show(
        "back.html.j2",
        returned=[_with_files(visit, one) for one in _own(visit)[:_SHOWN]],
        fresh=visit.session.kept.get("receipts", []) if visit.session else [],
        counts=told if works else {key: told.get(key, 0) for key in (OVERDUE, "waiting")},
        works=works,
        state=state,
        states=STATES,
        rows=shown,
        in_vain=in_vain(visit) if works else [],
        moved=moved(visit) if works else [],
        severities=SEVERITY_WORDS,
        townships=townships(visit),
        channels=CHANNELS,
        needs=NEEDS,
        today=visit.now.date(),
        megabytes=MOST_BYTES >> 20,
    )


def upload(visit: Visit) -> Response:
    """Take returned sheets; their receipts stand on top of the page."""
    taken = take_uploads(visit)
    if visit.session:
        visit.session.kept["receipts"] = [
            {"lines": one.lines, "content": one.content, "again": one.again} for one in taken
        ]
    return visit.go("/back")


def download(visit: Visit) -> Response:
    """The receipt or the error book of a sheet that the reader may see."""
    kind = visit.path("kind")
    row = next((one for one in _own(visit) if one["content"] == visit.path("content")), None)
    if row is None or kind not in _KINDS:
        raise UsageError("没有这份文件。请从“收到的表”里点开。")
    ending, media = _KINDS[kind]
    path = answer_file(visit.home, row["content"], date.fromisoformat(row["received_on"]), ending)
    if path is None:
        raise UsageError("这份表没有需要改的地方,没有错误清单。")
    content = files.read(path)
    visit.note(f"export {kind}", count=1, sha256=files.sha256(content))
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(path.name)}",
        "cache-control": "no-store",
    }
    return Response(content, media_type=media, headers=headers)


def lead(visit: Visit) -> Response:
    """A hardship that somebody tells."""
    put_lead(visit)
    visit.tell("线索已登记,下一夜进入名单。")
    return visit.go("/back")


def readdress(visit: Visit) -> Response:
    """Where somebody who moved lives now."""
    visit.note("new address", on=visit.said("order")[:24])
    add_address(visit)
    visit.tell("新住址已记入台账,下一夜起转到新的乡镇。")
    return visit.go("/back")


def _own(visit: Visit) -> list[dict[str, Any]]:
    """Sheets that came back, newest first; a clerk sees those that they handed in themselves."""
    every = visit.ledger.returned(visit.ledger.position())
    return [one for one in every if visit.area is None or one["who"] == visit.who]


def _with_files(visit: Visit, row: dict[str, Any]) -> dict[str, Any]:
    on = date.fromisoformat(row["received_on"])
    book = answer_file(visit.home, row["content"], on, ERROR_BOOK)
    return {**row, "has_errors": book is not None}


PAGES = (
    Page("/back", back, needs=Need.RETURNS, title=N_("反馈"), menu=4),
    Page("/back/upload", upload, needs=Need.RETURNS, method="POST"),
    Page("/back/file/{content}/{kind}", download, needs=Need.RETURNS),
    Page("/back/lead", lead, needs=Need.RETURNS, method="POST"),
    Page("/back/moved", readdress, needs=Need.DECIDE, method="POST"),
)
