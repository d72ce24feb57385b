"""Wrong logins are counted by name, known or not: after five the name is shut for a quarter of an hour."""

from __future__ import annotations

from threading import Lock

MOST_WRONG = 5
SHUT_SECONDS = 15 * 60
_MOST_NAMES = 10_000
"""Names kept in memory; somebody who tries more of them only shuts out his own first ones."""


class Attempts:
    """Wrong tries by name, and second-factor codes that were used already."""

    def __init__(self) -> None:
        self._wrong: dict[str, list[float]] = {}
        self._used: dict[str, int] = {}
        self._lock = Lock()

    def is_shut(self, name: str, at: float) -> bool:
        """Whether a name may not even try."""
        with self._lock:
            return len(self._recent(name, at)) >= MOST_WRONG

    def failed(self, name: str, at: float) -> None:
        """Note a wrong try."""
        with self._lock:
            recent = [*self._recent(name, at), at]
            self._wrong.pop(name, None)
            self._wrong[name] = recent
            if len(self._wrong) > _MOST_NAMES:
                del self._wrong[next(iter(self._wrong))]

    def succeeded(self, name: str) -> None:
        """Forget the wrong tries of somebody who got in."""
        with self._lock:
            self._wrong.pop(name, None)

    def is_fresh(self, second: str, step: int) -> bool:
        """Whether a second factor's code of a time step was not used before; from now on it was."""
        with self._lock:
            is_fresh = step > self._used.get(second, 0)
            if is_fresh:
                self._used[second] = step
            return is_fresh

    def _recent(self, name: str, at: float) -> list[float]:
        return [then for then in self._wrong.get(name, []) if at - then < SHUT_SECONDS]
