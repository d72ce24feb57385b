"""What a meeting of departments is given about a case: no more than it needs to decide.

The pack is read by people of several departments. So nobody is named in full, no raw row is quoted,
and what may not stand on a township's sheet (violence, crime, self-harm ...) is only counted: the
bureau tells it by word of mouth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.desk.dossier import dossier
from flows.desk.page import Visit
from flows.meetings import KINDS, Item, items
from transforms.programmes import Programme, programmes_for

MOST_CANDIDATES = 100


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What one department's rows show: about what, whose, since when, in one sentence."""

    supplier: str
    about: str
    whose: str
    on: Any
    said: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case of the pack; `untold` findings are not printed."""

    item: Item
    household: str
    place: str
    members: Sequence[Mapping[str, Any]]
    situation: tuple[str, ...]
    facts: tuple[Fact, ...]
    untold: int
    kinds: Sequence[Mapping[str, str]]
    programmes: tuple[Programme, ...]
    visits: Sequence[Mapping[str, Any]]


def known_items(visit: Visit) -> list[Item]:
    """Every case that was ever put on an agenda."""
    return items(visit.ledger.notes(KINDS))


def candidates(visit: Visit) -> list[dict[str, Any]]:
    """Households that one department cannot help: with the county, or of several departments' concern."""
    return visit.snapshot.rows(_CANDIDATES, MOST_CANDIDATES)


def persons_of(visit: Visit, household: str) -> list[str]:
    """Who lives there, by id: what a case hangs on."""
    rows = visit.snapshot.rows(
        "SELECT DISTINCT person_id FROM link WHERE household_id = ? ORDER BY person_id", household
    )
    return [row["person_id"] for row in rows]


def present_household(visit: Visit, item: Item) -> str:
    """Where most of the case's persons live now; of households alike the first by id."""
    into = visit.ledger.merged_persons(visit.ledger.position())
    now = visit.snapshot.one(
        "SELECT household_id, count(DISTINCT person_id) AS n FROM link "
        "WHERE list_contains(?, person_id) AND household_id IS NOT NULL "
        "GROUP BY household_id ORDER BY n DESC, household_id LIMIT 1",
        [into.get(person, person) for person in item.persons],
    )
    return str(now["household_id"]) if now else item.household_id


def case_of(visit: Visit, item: Item) -> Case:
    """The pack's part about one case; every one is noted as a view of its household."""
    household = present_household(visit, item)
    visit.note("view household", on=household)
    known = dossier(visit, household)
    told = [one for one in known["findings"] if one["to_the_family"]]
    listed = known["listed"] or {}
    situation = visit.snapshot.one("SELECT * FROM situation WHERE household_id = ?", household)
    return Case(
        item=item,
        household=household,
        place=f"{listed.get('township_name') or ''}{listed.get('village_name') or ''}",
        members=known["members"],
        situation=situation_lines(situation) if situation else (),
        facts=tuple(_facts(visit, told)),
        untold=len(known["findings"]) - len(told),
        kinds=known["kinds"],
        programmes=programmes_for(one["signal"] for one in told),
        visits=known["cases"],
    )


def situation_lines(row: Mapping[str, Any]) -> tuple[str, ...]:
    """One row of the table `situation` in words; what nobody knows is said to be unknown."""
    lines = [_members(row), _income(row)]
    if row["medical_burden"]:
        lines.append(f"近一年医疗自己负担 {row['medical_burden']:,.2f} 元")
    return (*lines, *(said.format(row[name]) for name, said in _OTHER.items() if row[name]))


def _members(row: Mapping[str, Any]) -> str:
    counted = "、".join(said.format(row[name]) for name, said in _WHO.items() if row[name])
    return f"共 {row['members']} 人,其中{counted}" if counted else f"共 {row['members']} 人"


def _income(row: Mapping[str, Any]) -> str:
    known, unknown = f"{row['monthly_income']:,.2f}", row["unclear"] + row["unseen"]
    if unknown:
        return f"已知月收入 {known} 元,另有 {unknown} 人的收入不清楚"
    return f"已知月收入 {known} 元"


def _facts(visit: Visit, findings: Sequence[Mapping[str, Any]]) -> list[Fact]:
    """Each finding once for every department whose rows prove it."""
    suppliers = {
        row["title"]: row["supplier"]
        for row in visit.snapshot.rows("SELECT title, supplier FROM source_status")
    }
    facts = {
        Fact(
            supplier=suppliers.get(proof["source_title"], proof["source_title"] or ""),
            about=one["title"],
            whose=one["name"] or "",
            on=one["occurred_on"],
            said=one["sentence"],
        )
        for one in findings
        for proof in one["proofs"]
        if proof["source_title"]
    }
    return sorted(
        facts, key=lambda fact: (fact.supplier, str(fact.on), fact.about, fact.whose, fact.said)
    )


_WHO = {
    "minors": "未成年 {} 人",
    "elders": "老年 {} 人",
    "disabled": "重度残疾 {} 人",
    "seriously_ill": "重病 {} 人",
    "earners": "在业 {} 人",
    "pensioners": "领养老金 {} 人",
}
_OTHER = {
    "uninsured": "没有参加医保的 {} 人",
    "deaths": "近一年去世的 {} 人",
    "dwellings": "名下住房 {} 处",
    "unsafe_houses": "其中危房 {} 处",
    "rents": "租住公租房 {} 处",
    "vehicles": "名下车辆 {} 辆",
}

_CANDIDATES = """
SELECT worklist.household_id, severity, state, state_reason, township_name, village_name, lead_name,
  (SELECT string_agg(DISTINCT title, '、' ORDER BY title) FROM finding
   WHERE finding.household_id = worklist.household_id) AS titles,
  (SELECT count(*) FROM household_source
   WHERE household_source.household_id = worklist.household_id) AS departments,
  (SELECT count(*) FROM "case" WHERE "case".household_id = worklist.household_id) AS orders
FROM worklist WHERE signals IS NOT NULL AND (state = 'county' OR departments > 1)
ORDER BY state = 'county' DESC, severity DESC, departments DESC, orders DESC, household_id
LIMIT ?
"""
