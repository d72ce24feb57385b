"""名单: the households of the last night, narrowed, sorted, searched, and decided about."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from flows.desk.decisions import (
    CLOSE_REASONS,
    LONGEST_SNOOZE,
    decide,
    read_wish,
    standing,
)
from flows.desk.exporting import as_csv, as_xlsx, exported
from flows.desk.known_until import known_of_sources
from flows.desk.listing import (
    AGES,
    FACETS,
    MARKS,
    MOST_HOUSEHOLDS,
    MOST_VALUES,
    PAGE_SIZE,
    STATES,
    Asked,
    count,
    facets,
    prepare,
    read_asked,
    rows,
)
from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.desk.saved_lists import SavedList, drop_list, lists_for, save_list
from flows.desk.search import is_number, search
from flows.desk.words import N_
from flows.errors import UsageError
from flows.publish.work_orders import SEVERITY_WORDS
from flows.visitors import read_visitors

SORTS = {
    "rank": N_("名单次序"),
    "found": N_("最近发现"),
    "oldest": N_("最早发现"),
    "due": N_("走访期限"),
    "place": N_("乡镇和村"),
    "need": N_("困难程度"),
}
_KEPT_SEARCHES = 20


def worklist(visit: Visit) -> Response:
    """One page of the list."""
    asked = _asked(visit)
    found = count(visit.snapshot, asked)
    told = facets(visit.snapshot, asked)
    shown = rows(visit.snapshot, asked)
    visit.note("view list", filter=asked.lasting.query, count=len(shown))
    return visit.show(
        "list.html.j2",
        rows=shown,
        count=found,
        pages=max(1, -(-found // PAGE_SIZE)),
        asked=asked,
        facets=told,
        chips=_chips(asked, told),
        facet_words=FACETS,
        most_values=MOST_VALUES,
        titles=_titles(visit),
        sorts=SORTS,
        states=STATES,
        ages=AGES,
        marks=MARKS,
        severities=SEVERITY_WORDS,
        saved=lists_for(_lists_file(visit), visit.who),
        visitors=sorted({one.name for one in read_visitors(visit.home.policy)}),
        close_reasons=CLOSE_REASONS,
        longest=LONGEST_SNOOZE,
        night=visit.night,
        searched=_searches(visit).get(asked.search, {}).get("words", ""),
    )


def find(visit: Visit) -> Response:
    """Search. What was typed never stands in an address: browsers keep addresses, and so do proxies."""
    typed = visit.said("words")
    if not typed:
        return visit.go("/list")
    visit.note("search", filter="number" if is_number(typed) else "words")
    households = search(visit.snapshot, visit.home.secret, typed)
    if len(households) == 1 and not _is_listed(visit, households[0]):
        return visit.go(f"/household/{households[0]}")
    key = secrets.token_urlsafe(6)
    kept = _searches(visit)
    kept[key] = {"found": households, "words": "" if is_number(typed) else typed}
    while len(kept) > _KEPT_SEARCHES:
        del kept[next(iter(kept))]
    return visit.go(f"/list?search={key}")


def _is_listed(visit: Visit, household: str) -> bool:
    return bool(visit.snapshot.rows("SELECT 1 FROM worklist WHERE household_id = ?", household))


def decide_of_list(visit: Visit) -> Response:
    """Assign, put off or close the ticked households, or all that the filter leaves."""
    back = f"/list?{visit.said('query')}"
    households = visit.listed("household")
    if visit.said("all"):
        households = [
            row["household_id"] for row in rows(visit.snapshot, _asked(visit), all_of_them=True)
        ]
    if len(households) > MOST_HOUSEHOLDS:
        raise UsageError(f"一次最多处理 {MOST_HOUSEHOLDS} 户,请先筛选。")
    done = decide(visit, households, read_wish(visit))
    visit.tell(f"已记入台账 {done} 户,下一夜起生效。")
    return visit.go(back)


def export(visit: Visit) -> Response:
    """The filtered list as a file; noted with filter, count and hash before it goes out."""
    asked, kind = _asked(visit), visit.asked("as", "csv")
    words = "、".join(
        f"{name}:{word}" for name, word, _ in _chips(asked, facets(visit.snapshot, asked))
    )
    one = exported(
        rows(visit.snapshot, asked, all_of_them=True),
        _titles(visit),
        filter=words + ("、有搜索" if asked.search else ""),
        night=str(visit.night),
        known_until=known_of_sources(visit),
        who=visit.who,
    )
    visit.note("export list", filter=one.filter, count=len(one.rows), sha256=one.sha256)
    name = f"名单_{visit.night}_{len(one.rows)}户_{one.sha256[:8]}"
    if kind == "xlsx":
        return _file(as_xlsx(one), f"{name}.xlsx", _XLSX)
    return _file(as_csv(one), f"{name}.csv", "text/csv; charset=utf-8")


def keep(visit: Visit) -> Response:
    """Keep a filter by name, or drop one."""
    path, name = _lists_file(visit), visit.said("name")
    if visit.said("drop"):
        drop_list(path, name, visit.who)
        return visit.go("/list")
    asked = read_asked(dict(visit.request.query_params))
    query = asked.lasting.query
    save_list(
        path,
        SavedList(name=name, owner=visit.who, query=query, is_shared=bool(visit.said("shared"))),
    )
    left_out = "搜索只在本次登录内有效,没有存入。" if asked.search else ""
    visit.tell(f"已存为名单“{name}”。{left_out}")
    return visit.go(f"/list?{query}")


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(visit: Visit) -> Asked:
    """What the address asks for, with `listed` made and a search's households looked up."""
    marks = standing(visit)
    pauses = [
        (person, one.kind, one.until, one.reason) for one in marks.pauses for person in one.persons
    ]
    prepare(visit.snapshot, marks.entry, pauses, marks.visitors)
    asked = read_asked(dict(visit.request.query_params))
    if not asked.search:
        return asked
    kept = _searches(visit).get(asked.search)
    if kept is None:
        raise UsageError("这次搜索已经过期,请重新搜索。")
    return Asked(
        chosen=asked.chosen,
        order=asked.order,
        page=asked.page,
        search=asked.search,
        found=kept["found"],
    )


def _searches(visit: Visit) -> dict[str, Any]:
    return visit.session.kept.setdefault("searches", {}) if visit.session else {}


def _chips(asked: Asked, told: dict[str, list[dict[str, Any]]]) -> list[tuple[str, str, str]]:
    """Each filter in force: its facet, its value in words, and the address without it."""
    chips = []
    for name, value in asked.chosen.items():
        words = {str(row["value"]): row["word"] for row in told[name]}
        chips.append((FACETS[name], words.get(value, value), asked.without(name).query))
    return chips


def _titles(visit: Visit) -> dict[str, str]:
    return {
        row["name"]: row["title"] for row in visit.snapshot.rows("SELECT name, title FROM signal")
    }


def _lists_file(visit: Visit) -> Any:
    return visit.home.state / "desk_lists.json"


def _file(content: bytes, name: str, kind: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    headers = {"content-disposition": disposition, "cache-control": "no-store"}
    return Response(content, media_type=kind, headers=headers)


PAGES = (
    Page("/list", worklist, needs=Need.LIST, title=N_("名单"), menu=2),
    Page("/list/search", find, needs=Need.SEARCH, method="POST"),
    Page("/list/decide", decide_of_list, needs=Need.DECIDE, method="POST"),
    Page("/list/export", export, needs=Need.EXPORT),
    Page("/list/keep", keep, needs=Need.LIST, method="POST"),
)
