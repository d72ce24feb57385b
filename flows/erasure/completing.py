"""An erasure from its plan to its certificate; whatever was killed is gone on with from here."""

from __future__ import annotations

from flows import files
from flows.erasure.certificate import certified
from flows.erasure.erasing import finish_erasing
from flows.erasure.remaining import remaining
from flows.home import Home
from flows.ledger import Ledger
from flows.rebuild.rebuilding import rebuild
from flows.steps import Step, plainly


def complete(home: Home, step: Step = plainly) -> str:
    """Finish the erasure that is under way, if any; gives its certificate. The caller holds the locks."""
    plan = step("改写归档与台账", lambda: finish_erasing(home))
    if plan is None:
        return ""
    made = "还没有完成过的夜次,无须重建"
    if Ledger(home.ledger).nights():
        rebuilt = rebuild(home, step)
        made = f"{len(rebuilt.tables)} 张表 {sum(rows for rows, _ in rebuilt.tables.values()):,} 行"
    left = remaining(home, plan.traces)
    text = certified(home, plan, left, made)
    files.remove(home.erasing)
    return text
