"""The tests of one file, collected once and run against each of its mutants.

Every trial is a forked child of the process that has collected the tests, so that nothing is
imported twice and no trial sees another's. The tests that have told most mutants apart come first,
then the quick ones, of each test one example before the next.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import pickle
import resource
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import ibis
import pytest
from _pytest import runner as pytest_runner

from benchmarks.mutants.mutations import Mutant, mutants

KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"
_LEAST_SECONDS, _TIMES_AS_LONG, _WALL_SECONDS = 60, 4, 900


@dataclass(frozen=True)
class Target:
    """A source file and the test files that must tell its mutants apart."""

    source: str
    tests: tuple[str, ...]

    @property
    def module(self) -> str:
        """The dotted name of the source."""
        return self.source.removesuffix(".py").replace("/", ".")


@dataclass(frozen=True)
class Verdict:
    """What became of one mutant; `text` is the line of the source that it changes."""

    source: str
    line: int
    text: str
    kind: str
    change: str
    fate: str

    @property
    def mutation(self) -> tuple[str, str, str]:
        """What identifies it, wherever its line has moved to."""
        return self.source, self.text, self.change


def verdicts(target: Target, seed: int) -> list[Verdict]:
    """The fate of every mutant of a file."""
    trials = _Trials(target)
    arguments = ["-p", "no:cacheprovider", "--assert=plain", f"--hypothesis-seed={seed}"]
    with contextlib.redirect_stdout(io.StringIO()) as told:
        code = pytest.main([*arguments, *target.tests], [trials])
    if trials.failure or code != pytest.ExitCode.OK:
        raise RuntimeError(f"{target.source}: {trials.failure or told.getvalue()}")
    return trials.verdicts


@dataclass
class _Trials:
    """The plugin that replaces pytest's own loop over the tests."""

    target: Target
    verdicts: list[Verdict] = field(default_factory=list)
    failure: str = ""

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        module = importlib.import_module(self.target.module)
        items = list(session.items)
        whole = _tried(items, lambda: None)
        if whole.failed or not whole.seconds:
            self.failure = f"its tests fail as it is: {whole.failed}"
            return True
        limit = max(_LEAST_SECONDS, int(_TIMES_AS_LONG * sum(whole.seconds.values())) + 1)
        kills, cost = Counter[str](), _costs(items, whole.seconds)
        source = Path(self.target.source).read_text("utf-8")
        for mutant in mutants(source, self.target.source):
            items.sort(key=lambda item: (-kills[item.nodeid], cost[item.nodeid]))
            trial = _tried(items, _changer(module, mutant.code), limit)
            kills.update([trial.failed] if trial.failed else [])
            self.verdicts.append(self._judged(mutant, source, trial))
        return True

    def _judged(self, mutant: Mutant, source: str, trial: _Trial) -> Verdict:
        fate = KILLED if trial.failed else SURVIVED if trial.is_whole else TIMED_OUT
        text = source.splitlines()[mutant.line - 1].strip()
        change = f"{mutant.before} -> {mutant.after}"
        return Verdict(self.target.source, mutant.line, text, mutant.kind, change, fate)


def _costs(items: list[pytest.Item], seconds: dict[str, float]) -> dict[str, float]:
    """What each test costs; the examples of one test are alike, so each next one counts for more."""
    examples, costs = Counter[str](), dict[str, float]()
    for item in items:
        name = item.nodeid.partition("[")[0]
        examples[name] += 1
        costs[item.nodeid] = seconds[item.nodeid] * examples[name]
    return costs


@dataclass(frozen=True)
class _Trial:
    """What a child told: the first test that failed, the seconds of each, whether all were run."""

    failed: str
    seconds: dict[str, float]
    is_whole: bool


def _tried(
    items: list[pytest.Item], change: Callable[[], None], limit: int = _WALL_SECONDS
) -> _Trial:
    """Run the tests in a child until one fails or the processor seconds are used up."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _run_child(items, change, limit, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(told) if told else _Trial("", {}, False)


def _run_child(
    items: list[pytest.Item], change: Callable[[], None], limit: int, writer: int
) -> None:
    """Never returns: the child tells what it has seen and ends without any clean-up."""
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    signal.alarm(_WALL_SECONDS)
    devnull = os.open(os.devnull, os.O_RDWR)
    os.dup2(devnull, 1)
    os.dup2(devnull, 2)
    try:
        change()
        trial = _run(items)
    except Exception as error:  # a mutant that cannot even be loaded
        trial = _Trial(type(error).__name__, {}, True)
    os.write(writer, pickle.dumps(trial))
    os._exit(0)


def _run(items: list[pytest.Item]) -> _Trial:
    gc.disable()
    ibis.get_backend().raw_sql("SET threads = 1")
    seconds: dict[str, float] = {}
    for item, following in zip(items, [*items[1:], None], strict=True):
        began = time.perf_counter()
        reports = list(_reports(item, following))
        seconds[item.nodeid] = time.perf_counter() - began
        if any(report.failed for report in reports):
            return _Trial(item.nodeid, seconds, True)
    return _Trial("", seconds, True)


def _reports(item: pytest.Item, following: pytest.Item | None) -> Iterator[pytest.TestReport]:
    yield from pytest_runner.runtestprotocol(item, log=False, nextitem=following)


def _changer(module: ModuleType, code: CodeType) -> Callable[[], None]:
    """Load the mutant over the module; what tests have imported from it takes on its functions."""

    def change() -> None:
        before = _functions(module)
        exec(code, vars(module))
        after = _functions(module)
        for name, function in before.items():
            function.__code__ = after[name].__code__

    return change


def _functions(module: ModuleType) -> dict[str, FunctionType]:
    """The functions of a module by name; of a signal, its rule."""
    found: dict[str, Any] = {
        name: getattr(value, "rule", value) for name, value in vars(module).items()
    }
    return {
        name: value
        for name, value in found.items()
        if isinstance(value, FunctionType) and value.__module__ == module.__name__
    }
