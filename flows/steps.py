"""A step is a named piece of the night.

Who calls it (nobody, a progress line, Prefect) is wrapped around the plain night and never known
to it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flows import logs

T = TypeVar("T")

FIRST_STEP = "列出输入"
"""Every night begins with it."""


Step = Callable[[str, Callable[[], Any]], Any]
"""Runs one named piece of work and gives its answer."""


def plainly(name: str, work: Callable[[], T]) -> T:
    """Just do it."""
    return work()


@dataclass
class Timed:
    """Notes how long each step took, and says so where somebody may be looking."""

    inner: Step = plainly
    say: bool = False
    seconds: dict[str, float] = field(default_factory=dict)

    def __call__(self, name: str, work: Callable[[], T]) -> T:
        """Run the work inside the inner step and note its seconds."""
        started = time.perf_counter()
        if self.say and sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K  … {name}")
            sys.stderr.flush()
        try:
            return self.inner(name, work)
        finally:
            took = time.perf_counter() - started
            self.seconds[name] = round(took, 3)
            logs.note("step.ended", "步骤结束", step=name, seconds=self.seconds[name])
            if self.say:
                self._line(name, took)

    def _line(self, name: str, took: float) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K  ✓ {name} {took:.1f}s\r")
        else:
            sys.stderr.write(f"  {name} {took:.1f}s\n")
        sys.stderr.flush()
