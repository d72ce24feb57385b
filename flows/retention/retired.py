"""Deliveries that the archive no longer keeps; the ledger says which, and since when."""

from __future__ import annotations

from flows.errors import UsageError
from flows.ledger import Ledger

RETIRED = "retired"


def retired(ledger: Ledger) -> set[str]:
    """The deliveries whose rows were given up when their time was over."""
    return {name for one in ledger.notes((RETIRED,)) for name in one["body"]["deliveries"]}


def is_out_of_reach(ledger: Ledger, arrivals: int) -> bool:
    """Whether a night that knew so many deliveries knew one that is kept no longer."""
    gone = retired(ledger)
    return any(one.delivery in gone for one in ledger.deliveries() if one.arrival <= arrivals)


def refuse_out_of_reach(ledger: Ledger, arrivals: int, night: str) -> None:
    """Say clearly that a past night can no longer be asked."""
    if is_out_of_reach(ledger, arrivals):
        raise UsageError(
            f"{night} 夜所用的部分数据已按保存期限清除,不能再重算这一夜。已发布的名单和台账仍可查。"
        )
