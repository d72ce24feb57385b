"""Wrong tries are counted by name, known or not: after five the name is shut for a quarter of an hour.

A try counts before it is checked: checking takes long, and many could be under way at once.
"""

from __future__ import annotations

from threading import Lock

MOST_WRONG = 5
SHUT_SECONDS = 15 * 60
_MOST_NAMES = 10_000
"""Names kept in memory; somebody who tries more of them only shuts out his own first ones."""


class Attempts:
    """Tries by name that did not succeed, and second-factor codes that were used already."""

    def __init__(self) -> None:
        self._tried: dict[str, list[float]] = {}
        self._used: dict[str, int] = {}
        self._lock = Lock()

    def begin(self, name: str, at: float) -> bool:
        """Whether a name may try; it counts as a wrong try until it has succeeded."""
        with self._lock:
            recent = self._recent(name, at)
            if len(recent) >= MOST_WRONG:
                return False
            self._tried.pop(name, None)
            self._tried[name] = [*recent, at]
            if len(self._tried) > _MOST_NAMES:
                del self._tried[next(iter(self._tried))]
            return True

    def succeeded(self, name: str) -> None:
        """Forget the tries of somebody who got in."""
        with self._lock:
            self._tried.pop(name, None)

    def is_fresh(self, second: str, step: int) -> bool:
        """Whether a second factor's code of a time step was not used before; from now on it was."""
        with self._lock:
            is_fresh = step > self._used.get(second, 0)
            if is_fresh:
                self._used[second] = step
            return is_fresh

    def _recent(self, name: str, at: float) -> list[float]:
        return [then for then in self._tried.get(name, []) if at - then < SHUT_SECONDS]
