"""A night evaluated without publishing it: its findings and its worklist, as plain frames.

The working database and the tables it is remembered by are caches; ledger, outbox and snapshot are
left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from flows import inputs, reference
from flows.engine import Engine, engine
from flows.errors import DoorstepError, UsageError
from flows.home import Home
from flows.intake import catch_up
from flows.keys import settle_hashes
from flows.ledger import Ledger
from flows.lock import only_one
from flows.night import found
from flows.policy import Policy
from flows.rank import rank
from flows.steps import Step
from flows.tonight import Tonight


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """What a night comes to.

    findings: household_id, person_id, signal, severity, measure, occurred_on, age, township_code;
    who is in no household stands for itself. worklist: household_id, state, position,
    township_code.
    """

    findings: pl.DataFrame
    worklist: pl.DataFrame


@contextmanager
def kept_still(home: Home, ledger: Ledger, doing: str) -> Iterator[Engine]:
    """The working database with all that was ever accepted, while no night can run."""
    with only_one(home.lock, doing):
        if inputs.interrupted(home, ledger):
            raise DoorstepError("上次夜间任务中断。请先运行 doorstep nightly 补完,再运行本命令。")
        with engine(home) as working:
            settle_hashes(working, home)
            catch_up(home, working, ledger, reference.divisions(home.config.site.county))
            yield working


def ledger_of(home: Home) -> Ledger:
    """The ledger of a home in which a night has run; a home without one is refused."""
    if not home.ledger.exists() or not Ledger(home.ledger).nights():
        raise UsageError("还没有完成过任何一夜。请先运行 doorstep nightly --baseline。")
    return Ledger(home.ledger)


def evaluated(tonight: Tonight, policy: Policy, step: Step) -> Evaluated:
    """Ask and rank under a policy what `recollected` has laid out; may be asked again and again.

    A first night is ranked like any other, because what it would have issued is of interest.
    """
    asked = replace(
        tonight,
        question=replace(tonight.question, policy=policy),
        inputs=replace(tonight.inputs, baseline=False),
    )
    found(asked, step)
    step("派单", lambda: rank(asked))
    return Evaluated(findings=_frame(asked, _FINDINGS), worklist=_frame(asked, _WORKLIST))


def _frame(tonight: Tonight, sql: str) -> pl.DataFrame:
    rows: Any = pl.from_arrow(tonight.engine.arrow(sql))
    return rows


_FINDINGS = """
WITH placed AS (
  SELECT coalesce(finding.household_id, finding.person_id) AS household_id, finding.person_id,
         finding.signal, finding.severity, finding.measure, finding.occurred_on, people.age,
         worklist.township_code AS listed, people.township_code AS own
  FROM finding JOIN people USING (person_id)
  LEFT JOIN worklist ON worklist.household_id = finding.household_id
)
SELECT * EXCLUDE (listed, own),
       coalesce(listed, min(own) OVER (PARTITION BY household_id)) AS township_code
FROM placed ORDER BY household_id, person_id, signal
"""
"""A household is where its list puts it; one that leads to no visit, where its people live."""

_WORKLIST = """
SELECT household_id, state, position, township_code FROM worklist ORDER BY household_id
"""
