"""What officers decide of households, written into the ledger; the next night honours it.

Everything that is decided lapses: nothing here can keep a family off the list for good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from flows.desk.page import Visit
from flows.desk.words import N_
from flows.desk_marks import ASSIGN, CLOSE, REOPEN, SNOOZE, Decided, Marks, decided, marks
from flows.errors import UsageError
from flows.policy import load
from flows.review.notes import why_not_kept
from flows.visitors import read_visitors

LONGEST_SNOOZE = 90
"""Days; what is put off for longer must be looked at again."""

CLOSE_REASONS = (
    N_("已由其他渠道帮扶"),
    N_("核实无困难"),
    N_("来源数据有误"),
    N_("户内人员已去世或迁出"),
    N_("与另一户重复"),
)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What an officer wants of some households."""

    kind: str
    reason: str = ""
    until: date | None = None
    visitor: str = ""


def standing(visit: Visit) -> Marks:
    """What stands on the snapshot's night, today's decisions included."""
    position = visit.ledger.position()
    folded = marks(decided(visit.ledger.decisions(position)), visit.ledger.merged_persons(position))
    pauses = tuple(one for one in folded.pauses if one.until and one.until > visit.night)
    return replace(folded, pauses=pauses)


def history(visit: Visit, persons: set[str], position: int) -> list[Decided]:
    """All that was ever decided about any of these persons, oldest first."""
    into = visit.ledger.merged_persons(position)
    return [
        one
        for one in decided(visit.ledger.decisions(position))
        if persons & {into.get(person, person) for person in one.persons}
    ]


def read_wish(visit: Visit) -> Wish:
    """The form, or a line that says what is missing."""
    kind, reason = visit.said("kind"), visit.said("reason")
    if kind == ASSIGN:
        return Wish(kind=kind, visitor=_visitor(visit))
    unfit = why_not_kept(reason)
    if unfit:
        raise UsageError(f"理由{'、'.join(unfit)},台账不保存。请改写。")
    if kind == SNOOZE:
        return Wish(kind=kind, reason=_given(reason), until=_until(visit))
    if kind == CLOSE:
        chosen = visit.said("why")
        if chosen not in CLOSE_REASONS:
            raise UsageError("请选择结案的原因。")
        limits: Any = load(visit.home.policy).shared(visit.night)
        until = visit.night + timedelta(days=limits.cool_down_days)
        return Wish(kind=kind, reason=f"{chosen}:{_given(reason)}", until=until)
    if kind == REOPEN:
        return Wish(kind=kind, reason=_given(reason))
    raise UsageError("请选择要做什么。")


def decide(visit: Visit, households: Sequence[str], wish: Wish) -> int:
    """Write one entry a household; returns how many there were."""
    known = _households(visit, households)
    if not known:
        raise UsageError("没有选中任何一户。请先勾选,再提交。")
    bodies = [
        {
            "household_id": household,
            "on": visit.night.isoformat(),
            "reason": wish.reason,
            "until": wish.until.isoformat() if wish.until else None,
            "visitor": wish.visitor,
            **facts,
        }
        for household, facts in known.items()
    ]
    visit.note(wish.kind, on=" ".join(known)[:400], reason=wish.reason, count=len(bodies))
    visit.ledger.decide(wish.kind, bodies, visit.who)
    return len(bodies)


def _given(reason: str) -> str:
    if len(reason) < 4:
        raise UsageError("请写明理由(至少四个字)。")
    return reason


def _until(visit: Visit) -> date:
    try:
        until = date.fromisoformat(visit.said("until"))
    except ValueError:
        raise UsageError("请填写暂缓到哪一天。") from None
    last = visit.night + timedelta(days=LONGEST_SNOOZE)
    if not visit.night < until <= last:
        raise UsageError(f"暂缓的日期应在 {visit.night + timedelta(days=1)} 到 {last} 之间。")
    return until


def _visitor(visit: Visit) -> str:
    name = visit.said("visitor")
    known = {one.name for one in read_visitors(visit.home.policy)}
    if name and name not in known:
        raise UsageError("policy/visitors.csv 中没有这位走访人。请先在那里登记。")
    return name


def _households(visit: Visit, asked: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Of listed households: who lives there, how urgent they are and what for."""
    rows = visit.snapshot.rows(
        """
        SELECT household_id, severity,
          coalesce((SELECT list(DISTINCT person_id ORDER BY person_id) FROM member
            WHERE member.household_id = worklist.household_id), [lead_person_id]) AS persons,
          (SELECT list((signal, measure) ORDER BY signal) FROM (
            SELECT signal, max(measure) AS measure FROM finding
            WHERE finding.household_id = worklist.household_id GROUP BY signal)) AS signals
        FROM worklist WHERE list_contains(?, household_id) ORDER BY household_id
        """,
        list(asked),
    )
    return {
        row["household_id"]: {
            "persons": row["persons"],
            "severity": row["severity"],
            "signals": {
                signal: None if measure is None else str(measure)
                for signal, measure in row["signals"] or []
            },
        }
        for row in rows
    }
