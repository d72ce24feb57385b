"""A pension that is no longer paid out although its receiver is alive (S5).

Most often nobody has proved that the receiver still lives. A suspension without a date counts for
as long as the records, complete and fresh, say that it stands; a stop without a date proves nothing.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import LOW_INCOME_MONITORING
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.coverage import Coverage
from transforms.living import alive
from transforms.periods import within
from transforms.signal import BLUE, signal
from transforms.work import maybe_paid

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="停发或暂停后多少天内仍作预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)

_LASTING = ("employee_pension", "resident_pension", "survivor", "injury")


@signal(
    code="S5",
    title="养老等待遇停发",
    reference=LOW_INCOME_MONITORING,
    parameters=(WINDOW_DAYS,),
    county_sentence="养老、工伤或遗属待遇{month}起处于暂停或停发状态,人口登记为在世,未见其他在发待遇",
    township_sentence="家中有人的养老等待遇可能暂时没有发放,建议了解原因并帮助办理",
    verify="本人近况;是否没有办理资格认证;是否住院或外出;眼下靠什么生活",
    answered_by=("dibao", "tekun", "temporary"),
    worse={"benefit.monthly_amount": Worse.HIGHER},
)
def benefit_suspended(
    benefit: Table,
    resident: Table,
    people: Table,
    limits: SimpleNamespace,
    coverage: Coverage,
    on: date,
) -> Table:
    """Has had a pension suspended or stopped, stands in the register alive, and draws no other.

    Only a fresh register tells that somebody lives; most pensions are stopped because of a death.
    The measure is the monthly amount that is missing, 0 where nobody stated it.
    """
    if not (coverage.absence_tells("benefit") and coverage.absence_tells("resident")):
        benefit = benefit.limit(0)
    living = alive(people).semi_join(
        resident.filter(_.life_status.isin(["normal", "death_pending"])), "person_id"
    )
    lasting = benefit.filter(_.benefit.isin(_LASTING).fill_null(True))
    halted = lasting.filter(_.benefit.isin(_LASTING), _is_halted(lasting, limits, on))
    missing = halted.semi_join(living, "person_id").anti_join(maybe_paid(lasting, on), "person_id")
    return missing.select(
        "person_id",
        "record_key",
        occurred_on=missing.ends_on,
        measure=missing.monthly_amount.fill_null(0),
        severity=ibis.literal(BLUE, "int8"),
    )


def _is_halted(benefit: Table, limits: SimpleNamespace, on: date) -> ibis.Value:
    is_recent = within(benefit.ends_on, on, limits.window_days)
    is_suspended = (benefit.benefit_status == "suspended") & benefit.ends_on.isnull()
    return is_suspended | (benefit.benefit_status.isin(["suspended", "stopped"]) & is_recent)
