"""A child of compulsory school age seems to have stopped attending (E3).

The stage proves that school is compulsory; an age above the limit disproves it, an unknown one
does not.
"""

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

COMPULSORY_EDUCATION = Reference(title="中华人民共和国义务教育法", article="第十三条")

AGE_TO = Parameter(
    name="age_to",
    kind=ValueKind.COUNT,
    unit="周岁",
    means="仍按义务教育阶段看待的年龄上限(含)",
    reference=COMPULSORY_EDUCATION,
    flags_more_when=Worse.HIGHER,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="教育部门数据日期之后多少天内仍作预警",
    reference=COMPULSORY_EDUCATION,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="E3",
    title="义务教育阶段疑似辍学",
    reference=COMPULSORY_EDUCATION,
    parameters=(AGE_TO, WINDOW_DAYS),
    county_sentence="义务教育阶段学生({age}岁),{month}教育部门登记为疑似辍学",
    township_sentence="家中孩子({age}岁)的上学情况建议了解,看看有什么需要帮助的",
    verify="是否在校、在家还是转学;为什么没去;谁在照料;家里的收入",
    answered_by=("dibao", "tekun", "low_income_margin", "temporary", "other"),
    worse={"schooling.enrolment_status": ("enrolled", "dropout_suspected")},
)
def dropped_out_of_school(
    schooling: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Should be at school by law and, as the education bureau suspects, is not."""
    pupils = alive(people).filter((_.age <= limits.age_to).fill_null(True))
    missed = schooling.filter(
        _.stage == "compulsory",
        _.enrolment_status == "dropout_suspected",
        within(_.reported_on, on, limits.window_days),
    )
    return missed.semi_join(pupils, "person_id").select(
        "person_id",
        "record_key",
        occurred_on=_.reported_on,
        measure=ibis.literal(1, "decimal(16, 2)"),
        severity=ibis.literal(YELLOW, "int8"),
    )
