"""Prefect around the plain night: every step shows as a task, nothing of a row ever does.

Prefect is imported here and only after the lock is held. Results are not cached and not persisted:
our own ledger knows what is done. The ephemeral server belongs to this process; should the
process be killed, the next night ends what it left behind.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

from flows import files
from flows.home import Home
from flows.leftovers import end_marked, mark_children
from flows.steps import Step

T = TypeVar("T")

_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_SERVER_API_HOST": "127.0.0.1",
    "PREFECT_CLI_COLORS": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
}


class NightFailedError(Exception):
    """All that Prefect is told of a failure: it writes down and sends on whatever it hears."""


def set_environment(home: Home) -> None:
    """Keep Prefect inside HOME, silent and on loopback; a configured server is respected."""
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("PREFECT_HOME", str(files.folder(home.state / "prefect")))
    for name in ("NO_PROXY", "no_proxy"):
        # A county's proxy must neither see nor break what we say to ourselves.
        bypassed = filter(None, os.environ.get(name, "").split(","))
        os.environ[name] = ",".join(dict.fromkeys([*bypassed, "127.0.0.1", "localhost"]))


def in_prefect(home: Home, label: str, work: Callable[[Step], T]) -> T:
    """Run the night as a Prefect flow whose tasks are the night's steps."""
    end_marked(home.root)
    mark_children(home.root)
    set_environment(home)
    from prefect import flow, task
    from prefect.cache_policies import NO_CACHE

    reasons: list[Exception] = []
    answers: list[T] = []

    def as_task(name: str, step: Callable[[], Any]) -> Any:
        silent = _silent(step, reasons)
        return task(name=name, cache_policy=NO_CACHE, persist_result=False)(silent)()

    @flow(name="doorstep-nightly", flow_run_name=label, persist_result=False)
    def nightly() -> None:
        answers.append(_silent(lambda: work(as_task), reasons)())

    try:
        nightly()
    except NightFailedError:
        raise reasons[0] from None
    return answers[0]


def _silent(work: Callable[[], T], reasons: list[Exception]) -> Callable[[], T]:
    """The same work, but the reason of its failure is kept here: it could hold a row's value."""

    def kept() -> T:
        try:
            return work()
        except NightFailedError:
            raise
        except Exception as error:
            reasons.append(error)
        raise NightFailedError

    return kept
