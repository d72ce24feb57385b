"""Very heavy medical bills on which no medical aid has been paid (M3).

'No aid' is only what the bills themselves say: every bill of the window must state that its aid was
nothing. A null aid amount is unknown, and one such bill proves nothing either way. Refunded bills are
asked too, since aid that came later is paid by settling the bill anew. Nobody is excluded: people in a
standing category are those who should have had aid first.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.bills import MONEY_BASES, burden
from transforms.living import alive
from transforms.money import yuan
from transforms.periods import within
from transforms.signal import RED, signal

UNAIDED_LINE = Reference(
    title="因病致贫重点监测工作办法", article="参照汕尾市年度累计负担五万元且未获医疗救助的走访口径"
)

MONEY_BASE = Parameter(
    name="money_base",
    kind=ValueKind.CODE,
    unit="口径",
    means="按哪种金额累计:个人负担、政策范围内负担或现金支付",
    reference=UNAIDED_LINE,
    flags_more_when=Worse.NEITHER,
    one_of=tuple(MONEY_BASES),
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="向前累计多少天的结算",
    reference=UNAIDED_LINE,
    flags_more_when=Worse.NEITHER,
)
THRESHOLD = Parameter(
    name="threshold",
    kind=ValueKind.MONEY,
    unit="元",
    means="累计负担达到多少即预警(含)",
    reference=UNAIDED_LINE,
    flags_more_when=Worse.LOWER,
)


@signal(
    code="M3",
    title="医疗费负担很重且未获医疗救助",
    reference=UNAIDED_LINE,
    parameters=(MONEY_BASE, WINDOW_DAYS, THRESHOLD),
    county_sentence="统计期内医保结算(已扣除退费)累计负担{amount},最近一笔在{month},"
    "各笔结算的医疗救助支出均为零",
    township_sentence="家中有人看病,自己负担的费用很重({amount}),最近一次在{month},可以说明医疗救助怎么申请",
    verify="是否申请过医疗救助;住房、经营和存款情况;外债;家里还有谁能挣钱",
    answered_by=("medical_aid", "dibao", "tekun", "low_income_margin", "rigid_expense"),
    worse={"settlement.personal_amount": Worse.HIGHER},
)
def heavy_bills_without_aid(
    settlement: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Bears a very large sum of medical bills, each of which says that no aid was paid on it."""
    theirs = settlement.semi_join(alive(people), "person_id")
    bills = burden(theirs, limits.money_base, on, limits.window_days)
    heavy = bills.filter(bills.person_total >= yuan(limits.threshold))
    unaided = heavy.anti_join(_maybe_aided(theirs, limits, on), "person_id")
    return unaided.select(
        "person_id",
        "record_key",
        occurred_on=unaided.settled_on,
        measure=unaided.person_total,
        severity=ibis.literal(RED, "int8"),
    )


def _maybe_aided(settlement: Table, limits: SimpleNamespace, on: date) -> Table:
    """The bills of the window, refunds apart, that do not state that their aid was nothing."""
    bills = settlement.filter(
        within(_.settled_on, on, limits.window_days), (_.is_refund != "yes").fill_null(True)
    )
    return bills.filter((_.aid_amount != 0).fill_null(True))
