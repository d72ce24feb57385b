"""One night, as a plain function: from its list of inputs to published work orders.

Nothing is visible outside until the end: results are written aside, the ledger takes everything
the night decided in one transaction, and then folder and snapshot are renamed into place. A night
that was killed is finished by the next start, from the same list.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from data_contracts.terms import Source
from flows import files, inputs, reference
from flows.asof import known_facts, known_identities, known_places
from flows.assess import Question, ask_signals, coverage_of, profile
from flows.doubted import verdicts_of
from flows.engine import Engine, engine
from flows.erasure.erased import erased_after
from flows.errors import AlreadyRunningError, DoorstepError, Exit, UsageError
from flows.first_found import Noted, note_findings, recall_seen
from flows.freshness import newest_days
from flows.home import Config, Home
from flows.identify import Known, Minted, give_ids, link_records
from flows.inputs import Inputs, NewFile
from flows.intake import catch_up, take_up
from flows.keys import finish_rotation, settle_hashes
from flows.ledger import Delivery, Ledger, NightEnd, Outcome
from flows.link_state import Stamp
from flows.links_before import links_before, note_links
from flows.models import in_force
from flows.outbox import Results, finish_publishing, prepare
from flows.policy import load
from flows.ready import refuse_unready
from flows.retention.retired import refuse_out_of_reach
from flows.returned_files import take_returns
from flows.start import Wish
from flows.states import DEGRADED, DONE, NOTHING_NEW
from flows.steps import FIRST_STEP, Step, Timed, plainly
from flows.tonight import Tonight
from flows.visit_deaths import add_visit_deaths
from flows.visit_places import add_visit_places
from flows.visit_refusals import add_refusals
from flows.visitors import read_visitors


@dataclass(frozen=True, kw_only=True)
class Night:
    """How a night ended."""

    inputs: Inputs
    state: str
    message: str
    report: dict[str, Any]
    seconds: dict[str, float]

    @property
    def exit(self) -> Exit:
        """The exit code that says how it went."""
        return _EXITS[self.state]


_EXITS = {DONE: Exit.DONE, DEGRADED: Exit.WARNINGS, NOTHING_NEW: Exit.NOTHING_NEW}


def run(home: Home, wish: Wish, *, around: Any = None, say: bool = False) -> Night:
    """Finish what was interrupted, then run the night that is wished for. The caller holds the lock.

    `around(home, label, work)` runs `work(step)` inside an orchestrator; None runs it plainly.
    """
    ledger = Ledger(home.ledger)
    finish_rotation(home, ledger)
    finish_publishing(home, ledger)
    left = inputs.interrupted(home, ledger)
    if left:
        sys.stderr.write(f"上次夜间任务 {left.label} 中断,先按原清单补完。\n")
        finished = _in(around, home, left.label, lambda step: _night(home, ledger, left, step, say))
        if left.night == wish.on:
            return finished
    with suppress(AlreadyRunningError):
        take_returns(home, ledger, wish.on)
    chosen = _choose(home, ledger, wish)
    if isinstance(chosen, Night):
        return chosen
    return _in(around, home, chosen.label, lambda step: _night(home, ledger, chosen, step, say))


def _in(around: Any, home: Home, label: str, work: Callable[[Step], Night]) -> Night:
    return around(home, label, work) if around else work(plainly)


def _choose(home: Home, ledger: Ledger, wish: Wish) -> Inputs | Night:
    """The list to work on: a new one, or a past one to be checked; or nothing new."""
    ended = [row for row in ledger.nights() if row["night"] == wish.on.isoformat()]
    latest = max((row["night"] for row in ledger.nights()), default="")
    if ended and not wish.with_later_arrivals and wish.on.isoformat() < latest:
        stored = inputs.stored_list(home, wish.on, ended[-1]["number"])
        if stored:
            return stored
    if not ended and wish.on.isoformat() < latest and not wish.with_later_arrivals:
        raise UsageError(
            f"{wish.on} 早于最近完成的 {latest} 夜。请核对系统时间(timedatectl);"
            "确要补跑这一天,请加 --with-later-arrivals。"
        )
    number = max((row["number"] for row in ended), default=0) + 1
    fresh = inputs.gather(home, ledger, wish.on, number=number, baseline=wish.baseline)
    if ended and _is_unchanged(ended[-1], fresh):
        message = f"{wish.on} 的夜间任务已完成,此后没有新的文件、放行或政策变化。"
        return Night(inputs=fresh, state=NOTHING_NEW, message=message, report={}, seconds={})
    refuse_unready(home, wish.on)
    inputs.write_list(home, fresh)
    return fresh


def _is_unchanged(ended: dict[str, Any], fresh: Inputs) -> bool:
    """Whether nothing that a night depends on has changed since one ended."""
    now = _dependencies(fresh) | {"arrivals": fresh.known_arrivals}
    return not fresh.new_files and ended["body"] == now


def _dependencies(asked: Inputs) -> dict[str, Any]:
    return {
        "human_position": asked.human_position,
        "settings": asked.settings,
        "tables": asked.tables,
        "code": asked.code,
        "model": asked.model,
        "model_sha256": asked.model_sha256,
        "baseline": asked.baseline,
    }


def _night(home: Home, ledger: Ledger, asked: Inputs, inner: Step, say: bool) -> Night:
    step = Timed(inner=inner, say=say)
    started = datetime.now(UTC)
    step(FIRST_STEP, lambda: inputs.write_list(home, asked))
    with engine(home) as working:
        settle_hashes(working, home)
        _receive(home, working, ledger, asked, step)
        tonight = recollected(home, ledger, asked, working, step)
        noted = found(tonight, step)
        results = step("派单与报告", lambda: prepare(tonight))
        state = step("提交与发布", lambda: _end(tonight, noted, results))
    _write_run_facts(home, asked, started, step)
    return Night(
        inputs=asked,
        state=state,
        message=results.report["message_zh"],
        report=results.report,
        seconds=step.seconds,
    )


def recollected(home: Home, ledger: Ledger, asked: Inputs, working: Engine, step: Step) -> Tonight:
    """All that a list of inputs lets be known, in the engine's tables up to `people`."""
    if ledger.ended(asked.night, asked.number):
        refuse_out_of_reach(ledger, asked.known_arrivals, asked.label)
    config, policy_folder = inputs.settings_of(home, asked)
    deliveries = _known_deliveries(ledger, asked)
    has_before = links_before(working, home, ledger, asked.ledger_position)
    minted = _identify(home, working, ledger, config, asked, len(deliveries), step)
    newest = newest_days(deliveries, _repeats(ledger, asked))
    question = Question(
        on=asked.night,
        policy=load(policy_folder),
        coverage=coverage_of(config, newest, asked.night),
    )
    step("画像", lambda: profile(working, asked.night))
    return Tonight(
        home=home,
        engine=working,
        ledger=ledger,
        config=config,
        inputs=asked,
        question=question,
        deliveries=deliveries,
        newest=newest,
        model=in_force(home, ledger, asked.ledger_position).model,
        minted=minted,
        visitors=read_visitors(policy_folder),
        has_before=has_before,
    )


def found(tonight: Tonight, step: Step) -> Noted:
    """Make `finding`: every signal asked of what is known; returns what came and what went."""
    seen = tonight.ledger.seen(tonight.inputs.ledger_position)
    recall_seen(tonight.engine, seen, tonight.minted.person_into)
    step("预警信号", lambda: ask_signals(tonight.engine, tonight.question))
    on, late = tonight.inputs.night, tonight.question.coverage.late()
    return note_findings(tonight.engine, on, late, is_past=_is_past(tonight.ledger, on))


def _is_past(ledger: Ledger, on: date) -> bool:
    """Whether a later night has ended."""
    return any(row["night"] > on.isoformat() for row in ledger.nights())


def _receive(home: Home, working: Engine, ledger: Ledger, asked: Inputs, step: Step) -> None:
    config, _ = inputs.settings_of(home, asked)
    divisions = reference.divisions(config.site.county)
    step("补齐工作库", lambda: catch_up(home, working, ledger, divisions))
    for source in config.sources.values():
        new = [file for file in asked.new_files if file.source == source.name]

        def take(source: Source = source, new: list[NewFile] = new) -> None:
            for file in new:
                take_up(home, working, ledger, asked, source, file, divisions)

        step(f"接收 {source.title}", take)


def _known_deliveries(ledger: Ledger, asked: Inputs) -> list[Delivery]:
    """What was accepted before this night, and by it."""
    names = {
        outcome.delivery
        for outcome in ledger.outcomes(asked.night, asked.number)
        if outcome.verdict == "accepted"
    }
    return [
        delivery
        for delivery in ledger.deliveries()
        if delivery.arrival <= asked.known_arrivals or delivery.delivery in names
    ]


def _repeats(ledger: Ledger, asked: Inputs) -> list[Outcome]:
    """Unchanged files that were sent again before this night, and in it."""
    tonight = ledger.outcomes(asked.night, asked.number)
    return [
        *ledger.repeats(asked.ledger_position),
        *(outcome for outcome in tonight if outcome.verdict == "repeated"),
    ]


def _identify(
    home: Home,
    working: Engine,
    ledger: Ledger,
    config: Config,
    asked: Inputs,
    arrivals: int,
    step: Step,
) -> Minted:
    known_identities(working, arrivals)
    frozen = in_force(home, ledger, asked.ledger_position)
    verdicts = verdicts_of(ledger.answers(asked.ledger_position))
    stamp = Stamp(arrivals=arrivals, model=frozen.sha256)
    step(
        "比对人员",
        lambda: link_records(working, frozen.model, frozen.frequencies, verdicts, stamp),
    )
    ended = ledger.ended(asked.night, asked.number)
    known = Known(
        ledger=ledger,
        position=ended["entry"] if ended else ledger.position(),
        before=asked.ledger_position,
        on=asked.night,
        current=[name for name, one in config.sources.items() if one.carries_current_address],
    )
    minted = step("编号与家庭", lambda: give_ids(working, known))
    known_facts(working, arrivals)
    known_places(working, config.sources)
    add_visit_places(working, ledger, asked.ledger_position, minted.person_into, config.site.county)
    add_visit_deaths(working, ledger, asked.ledger_position, minted.person_into)
    add_refusals(working, ledger, asked.ledger_position, minted.person_into)
    return minted


def _end(tonight: Tonight, noted: Noted, results: Results) -> str:
    """Commit what the night decided and publish it; a night that had ended is only compared."""
    ledger, asked, minted = tonight.ledger, tonight.inputs, tonight.minted
    ended = ledger.ended(asked.night, asked.number)
    if ended:
        return _compared(ended["manifest"], results, erased_after(ledger, ended["entry"]))
    note_links(tonight.engine, tonight.home, asked)
    ledger.end_night(
        NightEnd(
            night=asked.night,
            number=asked.number,
            question=asked.question,
            state=results.report["state"],
            manifest=results.manifest,
            body=_dependencies(asked) | {"arrivals": len(tonight.deliveries)},
            persons=minted.persons.minted,
            person_keys=minted.persons.keys,
            merges=minted.persons.merges,
            households=minted.households.minted,
            household_keys=minted.households.keys,
            household_members=minted.households.members,
            household_changes=minted.households.changes,
            seen=noted.new,
            lapses=noted.lapses,
            orders=results.orders,
        )
    )
    finish_publishing(tonight.home, ledger)
    return str(results.report["state"])


def _compared(published: str, results: Results, erased_since: bool) -> str:
    """Whoever was erased since is on no list that is computed again."""
    if published != results.manifest and not erased_since:
        raise DoorstepError(
            "按原清单重算的结果与当时发布的不一致。已发布的工作单未被改动。"
            "请核对程序版本(inputs.json 中的 code)是否与当时相同。"
        )
    return NOTHING_NEW


def _write_run_facts(home: Home, asked: Inputs, started: datetime, step: Timed) -> None:
    """What depends on the machine and the moment stands here, apart from the report."""
    facts = {
        "night": asked.night.isoformat(),
        "number": asked.number,
        "started": started.isoformat(timespec="seconds"),
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "process": os.getpid(),
        "seconds": step.seconds,
    }
    path = inputs.folder_of(home, asked.night, asked.number) / "run.json"
    files.write(path, json.dumps(facts, ensure_ascii=False, indent=1))
