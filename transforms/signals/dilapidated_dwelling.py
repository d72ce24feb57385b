"""A family living in a house graded C or D that nobody has repaired (R1h).

The property register is not asked: most rural houses are missing from it, and a house that stands
in it may be the very one in danger. Only the survey says whether it is the only dwelling.
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
from transforms.signal import RED, YELLOW, signal

HOUSE_GRADING = Reference(title="农村住房安全性鉴定技术导则", article="C级局部危险、D级整体危险")

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="鉴定后多少天内仍作预警",
    reference=HOUSE_GRADING,
    flags_more_when=Worse.HIGHER,
)

_GRADES = {"C": (3, YELLOW), "D": (4, RED)}


@signal(
    code="R1h",
    title="住房存在安全隐患",
    reference=HOUSE_GRADING,
    parameters=(WINDOW_DAYS,),
    county_sentence="{month}住房鉴定为C级或D级,未见改造竣工记录",
    township_sentence="家里的住房需要看一看是否安全({month}查勘过)",
    verify="现在谁住;是否已搬出或已修;还有没有别的住处;修房的钱从哪里来",
    answered_by=("other",),
    worse={"dangerous_house.grade": ("A", "B", "C", "D")},
)
def dilapidated_dwelling(
    dangerous_house: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Lives in an unrepaired house graded C or D that is, or may be, the only dwelling."""
    unsafe = dangerous_house.filter(
        _.grade.isin(list(_GRADES)),
        _.repaired_on.isnull() | (_.repaired_on > on),
        (_.sole_dwelling != "no").fill_null(True),
        within(_.surveyed_on, on, limits.window_days),
    ).semi_join(alive(people), "person_id")
    is_sole = (unsafe.sole_dwelling == "yes").fill_null(False)
    full = _by_grade(unsafe, 1)
    return unsafe.select(
        "person_id",
        "record_key",
        occurred_on=unsafe.surveyed_on,
        measure=_by_grade(unsafe, 0),
        severity=(full - ibis.ifelse(is_sole, 0, 1)).cast("int8"),
    )


def _by_grade(houses: Table, which: int) -> ibis.Value:
    return ibis.cases(*((houses.grade == grade, pair[which]) for grade, pair in _GRADES.items()))
