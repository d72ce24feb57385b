"""Somebody left assistance not long ago and the family is in trouble again (C2)."""

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
    means="退出救助后多少天内家中再遇困难即预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="C2",
    title="退出救助后再遇困难",
    reference=LOW_INCOME_MONITORING,
    parameters=(WINDOW_DAYS,),
    county_sentence="不久前退出救助,现已不在册,家中又出现{count}类困难情形,最近一次在{month}",
    township_sentence="以前得到过帮助,近来家里又可能遇到困难,建议了解近况",
    verify="退出后的收入和支出;眼下最难的是什么;是否愿意重新申请",
    answered_by=(*STANDING_CATEGORIES, "temporary"),
    worse={},
)
def left_aid_and_in_trouble_again(
    found: Table, assistance: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Has left standing assistance, is in none today, and somebody of the family is in trouble.

    Who left and has died since is not asked: death explains the exit. A row without an exit date
    shows no exit. Every living leaver of a family carries what was found of the family.
    """
    leavers = _leavers(assistance, people, limits, on)
    counts = _.family.isin(TROUBLES) & ~_.signal.isin(COUNTY_ONLY)
    troubles = with_households(found.filter(counts), people)
    kinds = troubles.group_by("household_id").aggregate(kinds=_.family.nunique())
    again = troubles.join(kinds, "household_id").join(leavers, "household_id")
    return again.select(
        "record_key",
        "occurred_on",
        person_id=again.leaver_id,
        measure=again.kinds,
        severity=ibis.literal(YELLOW, "int8"),
    )


def _leavers(assistance: Table, people: Table, limits: SimpleNamespace, on: date) -> Table:
    """Who left within the window and stands in no category today, with their household."""
    exits = assistance.filter(
        _.category.isin(STANDING_CATEGORIES), within(_.exit_on, on, limits.window_days)
    )
    left = alive(in_families(people)).semi_join(exits, "person_id")
    uncovered = not_in(left, assistance, STANDING_CATEGORIES, on)
    return uncovered.select("household_id", leaver_id=_.person_id)
