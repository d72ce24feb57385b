"""The police were called more than once, within months, over the same kind of trouble (P4).

The township learns nothing of it: a visit that names the calls may make home less safe.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import LOCAL_WORK_RULE
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.records import RECORDS
from transforms.living import alive
from transforms.periods import within
from transforms.signal import YELLOW, RenewedBy, signal

CATEGORIES = Parameter(
    name="categories",
    kind=ValueKind.CODES,
    unit="警情类别",
    means="哪些类别的警情反复发生才计次",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.HIGHER,
    one_of=RECORDS["incident"].columns["category"].one_of,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="向前看多少天内的警情",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.HIGHER,
)
THRESHOLD_TIMES = Parameter(
    name="threshold_times",
    kind=ValueKind.COUNT,
    unit="次",
    means="达到多少次即预警(含)",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.LOWER,
)


@signal(
    code="P4",
    title="反复求助",
    reference=LOCAL_WORK_RULE,
    parameters=(CATEGORIES, WINDOW_DAYS, THRESHOLD_TIMES),
    county_sentence="近期有{count}次同类求助警情,最近一次在{month},只限县级掌握,由专人联系",
    township_sentence=None,
    verify="由县级安排的专人单独了解本人近况和需要什么帮助,不说明来由",
    answered_by=("temporary", "dibao"),
    renewed_by=RenewedBy.EVENT,
    worse={"incident": Worse.HIGHER},
)
def repeated_calls_for_help(
    incident: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Called for help, or was helped, several times within the window, for a listed trouble."""
    calls = incident.filter(
        within(_.occurred_on, on, limits.window_days),
        _.category.isin(list(limits.categories)),
        _.role.isin(["victim", "party", "caller"]),
    ).semi_join(alive(people), "person_id")
    repeated = calls.join(_times(calls), "person_id").filter(_.times >= limits.threshold_times)
    return repeated.select(
        "person_id",
        "record_key",
        "occurred_on",
        measure=repeated.times,
        severity=ibis.literal(YELLOW, "int8"),
    )


def _times(calls: Table) -> Table:
    """How often each person was in trouble.

    A record has one row per incident and role: whoever called and is the victim as well stands
    twice on one day, so that of each day only the role with most rows is counted.
    """
    by_role = calls.group_by("person_id", "occurred_on", "role").aggregate(
        rows=_.record_key.nunique()
    )
    by_day = by_role.group_by("person_id", "occurred_on").aggregate(rows=_.rows.max())
    return by_day.group_by("person_id").aggregate(times=_.rows.sum())
