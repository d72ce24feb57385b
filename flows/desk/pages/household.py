"""家庭: one household, and everything that led to its place on the list."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from flows.access.unmasking import stated_reason
from flows.desk.decisions import CLOSE_REASONS, decide, history, read_wish
from flows.desk.dossier import a_night, as_of, dossier, nights_of, resolved
from flows.desk.listing import MARKS, STATES
from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.desk.unmasking import unmasked
from flows.desk.words import N_
from flows.errors import UsageError
from flows.publish.work_orders import SEVERITY_WORDS
from flows.visitors import read_visitors
from flows.why_household import why_listed
from matchers.rules import HOW_IN_CHINESE

SEXES = {"male": N_("男"), "female": N_("女")}
LIVES = {"alive": N_("健在"), "death_pending": N_("死亡待核"), "dead": N_("已故")}
RELATIONS = {
    "head": N_("户主"),
    "spouse": N_("配偶"),
    "son": N_("子"),
    "daughter": N_("女儿"),
    "grandchild": N_("孙辈"),
    "parent": N_("父母"),
    "grandparent": N_("祖辈"),
    "sibling": N_("兄弟姐妹"),
    "other": N_("其他"),
    "none": N_("非亲属"),
}
BELONGS = {
    "register": N_("户口登记"),
    "newborn": N_("新生儿随母"),
    "spouse": N_("与配偶共同生活"),
    "child": N_("随父母"),
    "living_here": N_("同住"),
    "alone": N_("单独成户"),
    "died": N_("已故"),
}
DECISIONS = {
    **{kind: word for kind, word in MARKS.items() if kind},
    "desk_assign": N_("指定走访人"),
    "desk_reopen": N_("恢复"),
}


def household(visit: Visit) -> Response:
    """The page; every view is noted."""
    return _page(visit, resolved(visit, visit.path("household")))


def unmask(visit: Visit) -> Response:
    """One person in full on the page; why is noted before anything is read."""
    number, person = resolved(visit, visit.path("household")), visit.said("person")
    reason = stated_reason(visit.said("reason"), where="")
    keys = visit.snapshot.rows(
        "SELECT record_key FROM link WHERE household_id = ? AND person_id = ? ORDER BY record_key",
        number,
        person,
    )
    if not keys:
        raise UsageError("这一户没有这个人。")
    visit.note("unmask", on=person, reason=reason)
    told = unmasked(visit.home, [row["record_key"] for row in keys])
    return _page(visit, number, person=person, unmasked=told)


def decide_of_household(visit: Visit) -> Response:
    """Assign, put off, close or reopen this household."""
    number = resolved(visit, visit.path("household"))
    decide(visit, [number], read_wish(visit))
    visit.tell("已记入台账,下一夜起生效。")
    return visit.go(f"/household/{number}")


def _page(visit: Visit, number: str, **more: Any) -> Response:
    visit.note("view household", on=number)
    told = dossier(visit, number)
    persons = {row["person_id"] for row in told["members"]} or {
        row["person_id"]
        for row in visit.snapshot.rows(
            "SELECT DISTINCT person_id FROM link WHERE household_id = ?", number
        )
    }
    nights = nights_of(visit)
    past = a_night(visit.asked("night"), nights)
    return visit.show(
        "household.html.j2",
        **{
            "household": number,
            "why": why_listed(visit.home, visit.snapshot, number),
            "decided": history(visit, persons, visit.ledger.position()),
            "past": as_of(visit, persons, past) if past else None,
            "nights": nights,
            "night": visit.night,
            "states": STATES,
            "severities": SEVERITY_WORDS,
            "sexes": SEXES,
            "lives": LIVES,
            "relations": RELATIONS,
            "belongs": BELONGS,
            "hows": HOW_IN_CHINESE,
            "decisions": DECISIONS,
            "visitors": sorted({one.name for one in read_visitors(visit.home.policy)}),
            "close_reasons": CLOSE_REASONS,
            "person": "",
            "unmasked": None,
            **told,
            **more,
        },
    )


PAGES = (
    Page("/household/{household}", household, needs=Need.HOUSEHOLD),
    Page("/household/{household}/unmask", unmask, needs=Need.UNMASK, method="POST"),
    Page("/household/{household}/decide", decide_of_household, needs=Need.DECIDE, method="POST"),
)
