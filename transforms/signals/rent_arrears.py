"""Rent for public housing that has not been paid for months (R2h)."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.living import alive
from transforms.periods import within
from transforms.signal import YELLOW, signal

PUBLIC_RENTAL = Reference(title="公共租赁住房管理办法(住房和城乡建设部令第11号)")

THRESHOLD_MONTHS = Parameter(
    name="threshold_months",
    kind=ValueKind.COUNT,
    unit="个月",
    means="欠租满多少个月即预警(含)",
    reference=PUBLIC_RENTAL,
    flags_more_when=Worse.LOWER,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="欠租数据日期后多少天内仍作预警",
    reference=PUBLIC_RENTAL,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="R2h",
    title="公租房租金拖欠",
    reference=PUBLIC_RENTAL,
    parameters=(THRESHOLD_MONTHS, WINDOW_DAYS),
    county_sentence="公租房租金已欠{count}个月(数据截至{month})",
    township_sentence="家里的公租房租金有{count}个月没有交,是否遇到困难可以了解一下",
    verify="没交的原因;家里谁有收入;是否可申请租金减免或补贴",
    answered_by=("temporary", "dibao", "low_income_margin"),
    worse={"tenancy.arrears_months": Worse.HIGHER},
)
def rent_arrears(tenancy: Table, people: Table, limits: SimpleNamespace, on: date) -> Table:
    """Owes rent on a public flat for a number of months, on a lease not known to have ended."""
    owing = tenancy.filter(
        _.arrears_months >= limits.threshold_months,
        (_.lease_status != "ended").fill_null(True),
        within(_.reported_on, on, limits.window_days),
    ).semi_join(alive(people), "person_id")
    return owing.select(
        "person_id",
        "record_key",
        occurred_on=owing.reported_on,
        measure=owing.arrears_months,
        severity=ibis.literal(YELLOW, "int8"),
    )
