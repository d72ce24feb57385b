"""`doorstep erase PERSON_ID`: take one person out of everything that is kept, and keep them out."""

from __future__ import annotations

from flows import reference
from flows.archived import kept_deliveries, refuse_damaged
from flows.engine import engine
from flows.erasure.completing import complete
from flows.erasure.plan import write_plan
from flows.erasure.planning import Asked, planned
from flows.erasure.subject import subject_of
from flows.errors import DoorstepError, Exit, UsageError
from flows.home import Home
from flows.inputs import interrupted
from flows.intake import catch_up
from flows.keys import settle_hashes
from flows.ledger import Ledger
from flows.lock import only_one
from flows.review.notes import why_not_kept
from flows.steps import Timed

_SHORTEST = 4


def erase_person(home: Home, asked: str, reason: str, who: str, at: str) -> tuple[Exit, list[str]]:
    """Erase, and print the certificate; an erasure that was killed is finished first."""
    _refuse_empty(reason, who)
    step = Timed(say=True)
    with only_one(home.lock, "任务"), only_one(home.returns_lock, "回单登记"):
        before = complete(home, step)
        if before and f"人员编号:{asked.strip()} " in before:
            return Exit.DONE, ["上一次删除中断,现已补完。", *before.splitlines()]
        _plan(home, asked, reason.strip(), who.strip(), at)
        return Exit.DONE, complete(home, step).splitlines()


def _plan(home: Home, asked: str, reason: str, who: str, at: str) -> None:
    if not home.ledger.exists():
        raise UsageError("还没有装载过任何数据,没有可删除的。")
    ledger = Ledger(home.ledger)
    if interrupted(home, ledger):
        raise DoorstepError("上次夜间任务中断。请先运行 doorstep nightly 补完,再运行本命令。")
    refuse_damaged(home, ledger, kept_deliveries(ledger))
    with engine(home) as working:
        settle_hashes(working, home)
        catch_up(home, working, ledger, reference.divisions(home.config.site.county))
        subject = subject_of(home, ledger, working, asked)
        wanted = Asked(subject=subject, reason=reason, who=who, at=at)
        plan = planned(home, ledger, working, wanted)
    write_plan(home, plan)


def _refuse_empty(reason: str, who: str) -> None:
    if len(reason.strip()) < _SHORTEST:
        raise UsageError("请用 --reason 写明理由(至少四个字),例如本人申请的文号。")
    if not who.strip():
        raise UsageError("请用 --who 写明经办人。")
    unfit = why_not_kept(reason) or why_not_kept(who)
    if unfit:
        raise UsageError(f"理由或经办人{'、'.join(unfit)},台账不保存。请改写。")
