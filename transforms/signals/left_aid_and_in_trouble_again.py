"""Somebody left or did not get help not long ago and the family is in trouble again (C2)."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import LOW_INCOME_MONITORING, STANDING_CATEGORIES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.assisted import not_in
from transforms.living import alive, in_families
from transforms.periods import within
from transforms.signal import YELLOW, signal
from transforms.together import with_households

TROUBLES = ("M", "D", "S", "P", "R")
"""The families of findings that count as trouble."""

COUNTY_ONLY = ("repeated_calls_for_help", "missing_or_self_harm")
"""Sensitive findings do not count: this one's order goes to a township, theirs never does."""

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="退出救助、谢绝救助或暂不符合条件后多少天内家中再遇困难即预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="C2",
    title="退出或未获救助后再遇困难",
    reference=LOW_INCOME_MONITORING,
    parameters=(WINDOW_DAYS,),
    county_sentence="不久前退出救助,或走访时谢绝救助、暂不符合条件,现不在册,家中又出现{count}类困难情形,最近一次在{month}",
    township_sentence="以前得到过帮助或了解过政策,近来家里又可能遇到困难,建议了解近况",
    verify="退出或上次走访后的收入和支出;眼下最难的是什么;是否愿意重新申请",
    answered_by=(*STANDING_CATEGORIES, "temporary"),
    worse={},
)
def left_aid_and_in_trouble_again(
    found: Table,
    assistance: Table,
    refusal: Table,
    people: Table,
    limits: SimpleNamespace,
    on: date,
) -> Table:
    """Has left standing assistance or was refused help, is in none today, and the family is in trouble.

    Refused is what a visit says: unwilling, turned away, not eligible. What was known then is no news:
    only a kind of trouble counts of which nothing is as old as the refusal. Who has died since is not
    asked: death explains the exit. A row without an exit date shows no exit. Everybody of a family who
    left or was refused carries what was found of the family.
    """
    counts = _.family.isin(TROUBLES) & ~_.signal.isin(COUNTY_ONLY)
    troubles = with_households(found.filter(counts), people)
    exits = assistance.filter(_.category.isin(STANDING_CATEGORIES))
    watched = _since(exits, "exit_on", limits, on).mutate(refused=False)
    watched = watched.union(_since(refusal, "refused_on", limits, on).mutate(refused=True))
    families = alive(in_families(people)).select("household_id", watched_id=_.person_id)
    uncovered = not_in(watched, assistance, STANDING_CATEGORIES, on)
    again = _news(
        troubles.join(families, "household_id").join(uncovered, [("watched_id", "person_id")])
    )
    kinds = again.group_by("watched_id", "refused").aggregate(kinds=_.family.nunique())
    return again.join(kinds, ["watched_id", "refused"]).select(
        "record_key",
        "occurred_on",
        person_id=_.watched_id,
        measure=_.kinds,
        severity=ibis.literal(YELLOW, "int8"),
    )


def _since(rows: Table, day: str, limits: SimpleNamespace, on: date) -> Table:
    """Each person with the last such day within the window: person_id, since."""
    known = rows.filter(within(rows[day], on, limits.window_days))
    return known.group_by("person_id").aggregate(since=known[day].max())


def _news(troubles: Table) -> Table:
    """Without the kinds of trouble that were there when help was refused; an unknown day is no news."""
    was_there = troubles.refused & (troubles.occurred_on <= troubles.since).fill_null(True)
    known = was_there.any().over(group_by=["watched_id", "refused", "family"])
    return troubles.mutate(known=known).filter(~_.known)
