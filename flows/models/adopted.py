"""Which model is in force: the last one that a person adopted, as the ledger knew at a position."""

from __future__ import annotations

from flows.errors import DoorstepError, UsageError
from flows.home import Home
from flows.ledger import Ledger
from flows.models import store
from flows.models.frozen import FrozenModel, shipped
from flows.review.notes import why_not_kept


def in_force(home: Home, ledger: Ledger, position: int) -> FrozenModel:
    """The model that a night at this position of the ledger uses; the shipped one at first.

    A model that is not what was adopted is refused: a night must not use another one silently.
    """
    adopted = ledger.adopted_models(position)
    if not adopted:
        return shipped()
    number = adopted[-1].number
    if number and number not in store.numbers(home):
        raise DoorstepError(
            f"正在使用的第 {number} 号模型的文件不见了。"
            "请从备份恢复 state/models/,或采用另一个模型(doorstep model adopt)。"
        )
    found = store.read(home, number)
    if found.number and found.sha256 != adopted[-1].sha256:
        raise DoorstepError(
            f"第 {found.number} 号模型不是当初采用的那一个,不能使用。"
            "请从备份恢复,或重新采用(doorstep model adopt)。"
        )
    return found


def adopt(home: Home, ledger: Ledger, number: int, who: str, reason: str, at: str) -> bool:
    """Note in the ledger that a model is to be used; False if it is in force already.

    `at` is the text of a clock that the caller read.
    """
    if not reason.strip():
        raise UsageError("请用 --reason 写明采用的理由。")
    unfit = why_not_kept(reason)
    if unfit:
        raise UsageError(f"理由{'、'.join(unfit)},台账不保存。请改写。")
    chosen = store.read(home, number)
    earlier = ledger.adopted_models(ledger.position())
    before = (earlier[-1].number, earlier[-1].sha256) if earlier else (0, shipped().sha256)
    if (number, chosen.sha256) == before:
        return False
    ledger.adopt_model(number, chosen.sha256, reason.strip(), who, at)
    return True
