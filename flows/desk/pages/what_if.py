"""试算: other values for the policy, what they would have changed last night, and a draft of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.responses import Response

from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.desk.sliders import changes, sliders, typed
from flows.desk.trials import is_running, result, start_trial, stop_trial, tried
from flows.desk.words import N_
from flows.errors import UsageError
from flows.policy import load
from flows.policy.drafts import draft_text, save_draft
from flows.policy.values import Value
from flows.review.notes import why_not_kept
from transforms.signals import SIGNALS

RESULT = "/what-if/result"
_LOOK_AGAIN = "3"
"""Seconds after which a browser asks for the result again."""


def what_if(visit: Visit) -> Response:
    """The sliders of the shared values, or of one signal."""
    signal = visit.asked("signal")
    return visit.show(
        "what_if.html.j2",
        night=visit.night,
        signal=signal if signal in SIGNALS else "",
        signals=sorted(SIGNALS.values(), key=lambda one: (one.code, one.name)),
        sliders=sliders(load(visit.home.policy), visit.night, signal),
        running=is_running(visit.home, visit.who),
    )


def begin(visit: Visit) -> Response:
    """Start the trial in a process of its own; the result page waits for it."""
    policy, night = load(visit.home.policy), visit.night
    values = typed(policy, night, visit.form)
    named = ";".join(f"{one['name']} {one['will_be']}" for one in changes(policy, night, values))
    visit.note("plan", filter=named)
    start_trial(visit.home, visit.who, draft_text(values, night, "试算", night))
    return visit.go(RESULT)


def shown(visit: Visit) -> Response:
    """The last trial: what was tried, and what it came to; the page asks again while it runs."""
    night, running = visit.night, is_running(visit.home, visit.who)
    policy = load(visit.home.policy)
    values = _tried(visit)
    answer = visit.show(
        "what_if_result.html.j2",
        night=night,
        running=running,
        changes=changes(policy, night, values),
        result=None if running else result(visit.home, visit.who),
    )
    if running:
        answer.headers["refresh"] = _LOOK_AGAIN
    return answer


def stop(visit: Visit) -> Response:
    """End one's own trial."""
    was_running = stop_trial(visit.home, visit.who)
    visit.tell("已停止。" if was_running else "没有正在进行的试算。")
    return visit.go("/what-if")


def draft(visit: Visit) -> Response:
    """Keep what was tried as a draft with its document; it is in force for nobody."""
    found = result(visit.home, visit.who)
    if not found or found["state"] != "done":
        raise UsageError("没有可以存为草案的试算结果。请先试算。")
    document, reason = visit.said("document"), visit.said("reason")
    for text in (document, reason):
        unfit = why_not_kept(text)
        if unfit or len(text) < 4:
            raise UsageError("依据文件和理由都要写明(至少四个字),不写证件号和电话。")
    since = _day(visit, "since")
    if since <= visit.night:
        raise UsageError(f"生效日应在 {visit.night} 之后:过去的夜晚要能照旧重算。")
    figures = {
        name: {key: _size(found[name][key]) for key in ("before", "after", "added", "removed")}
        for name in ("flagged", "visited")
    }
    kept = save_draft(
        visit.home,
        _tried(visit),
        since=since,
        document=document,
        document_date=_day(visit, "document_date"),
        reason=reason,
        figures={"night": found["night"], **figures},
        who=visit.who,
        at=visit.now.isoformat(timespec="seconds"),
    )
    visit.note("draft policy", on=kept.draft, reason=reason, sha256=kept.sha256)
    visit.tell(f"已存为草案 {kept.draft}。由另一位经办人采纳后,从 {since} 起生效。")
    return visit.go("/drafts")


def _tried(visit: Visit) -> dict[str, Value]:
    stated = tried(visit.home, visit.who)
    return {name: entries[0].value for name, entries in stated.stated.items()} if stated else {}


def _size(told: Any) -> int:
    return len(told) if isinstance(told, list) else int(told)


def _day(visit: Visit, name: str) -> date:
    try:
        return date.fromisoformat(visit.said(name))
    except ValueError:
        raise UsageError("请填写依据文件的日期和生效日。") from None


PAGES = (
    Page("/what-if", what_if, needs=Need.PLAN, title=N_("试算"), menu=6),
    Page("/what-if", begin, needs=Need.PLAN, method="POST"),
    Page(RESULT, shown, needs=Need.PLAN),
    Page("/what-if/stop", stop, needs=Need.PLAN, method="POST"),
    Page("/what-if/draft", draft, needs=Need.PLAN, method="POST"),
)
