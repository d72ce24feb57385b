"""政策草案: what colleagues would like to see in force; adopting is another person's click."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.desk.words import N_
from flows.errors import UsageError
from flows.policy.declared import DECLARED
from flows.policy.drafts import (
    ADOPTED,
    REJECTED,
    Draft,
    adopt,
    adopted_file,
    drafts,
    refuse_unfit,
    reject,
)
from flows.review.notes import why_not_kept

STATES = {"": N_("待采纳"), ADOPTED: N_("已采纳"), REJECTED: N_("不采纳")}


def all_drafts(visit: Visit) -> Response:
    """Every draft, the newest first, with its document and what the trial said of it."""
    known = [_shown(visit, one) for one in drafts(visit.ledger).values()]
    return visit.show("drafts.html.j2", drafts=known[::-1], states=STATES)


def decide_draft(visit: Visit) -> Response:
    """Adopt a draft, or decide against it; noted before it is done."""
    one = drafts(visit.ledger).get(visit.path("draft"))
    if one is None:
        raise UsageError("没有这份草案。")
    reason = visit.said("reason")
    if len(reason) < 4 or why_not_kept(reason):
        raise UsageError("请写明理由(至少四个字,不写证件号和电话)。")
    at = visit.now.isoformat(timespec="seconds")
    if visit.said("what") == "reject":
        visit.note("reject policy", on=one.draft, reason=reason, sha256=one.sha256)
        reject(visit.home, one, who=visit.who, reason=reason, at=at)
        visit.tell(f"草案 {one.draft} 已记为不采纳。")
    else:
        refuse_unfit(visit.home, one, visit.who, visit.night)
        visit.note("adopt policy", on=one.draft, reason=reason, sha256=one.sha256)
        adopt(visit.home, one, who=visit.who, reason=reason, at=at, night=visit.night)
        visit.tell(f"草案 {one.draft} 已采纳并写入 policy/,从 {one.since} 起生效。")
    return visit.go("/drafts")


def _shown(visit: Visit, one: Draft) -> dict[str, Any]:
    """A draft as the page shows it. An adopted one whose file is missing can be written again."""
    is_missing = one.decided == ADOPTED and not adopted_file(visit.home, one.draft).is_file()
    return {
        **vars(one),
        "changes": [
            (DECLARED[name].means if name in DECLARED else name, name, value)
            for name, value in one.values.items()
        ],
        "is_missing": is_missing,
        "is_open": is_missing or not one.decided,
        "is_mine": one.who == visit.who,
    }


PAGES = (
    Page("/drafts", all_drafts, needs=Need.PLAN),
    Page("/drafts/{draft}", decide_draft, needs=Need.ADOPT, method="POST"),
)
