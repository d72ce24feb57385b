"""Wrong tries are counted by name, known or not: after five the name is shut for a quarter of an hour.

A try counts before it is checked: checking takes long, and many could be under way at once. Tries are
kept in HOME/state/attempts.json, so that a restart opens nothing; names stand there as keyed hashes,
because somebody may have typed a password where the name belongs.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from threading import Lock

from flows import files

MOST_WRONG = 5
SHUT_SECONDS = 15 * 60
_MOST_NAMES = 10_000
"""Names kept; somebody who tries more of them only shuts out his own first ones."""


class Attempts:
    """Tries by name that did not succeed, and second-factor codes that were used already."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._tried: dict[str, list[float]] = json.loads(files.read(path)) if path.exists() else {}
        self._used: dict[str, int] = {}
        self._lock = Lock()

    def begin(self, name: str, at: float) -> bool:
        """Whether a name may try; it counts as a wrong try until it has succeeded."""
        hashed = self._hashed(name)
        with self._lock:
            recent = _recent(self._tried.get(hashed, []), at)
            if len(recent) >= MOST_WRONG:
                return False
            others = {one: _recent(then, at) for one, then in self._tried.items() if one != hashed}
            kept = [(one, then) for one, then in others.items() if then]
            self._keep(dict([*kept, (hashed, [*recent, at])][-_MOST_NAMES:]))
            return True

    def succeeded(self, name: str) -> None:
        """Forget the tries of somebody who got in."""
        hashed = self._hashed(name)
        with self._lock:
            self._keep({one: then for one, then in self._tried.items() if one != hashed})

    def is_fresh(self, second: str, step: int) -> bool:
        """Whether a second factor's code of a time step was not used before; from now on it was."""
        with self._lock:
            is_fresh = step > self._used.get(second, 0)
            if is_fresh:
                self._used[second] = step
            return is_fresh

    def _keep(self, tried: dict[str, list[float]]) -> None:
        files.write(self._path, json.dumps(tried))
        self._tried = tried

    def _hashed(self, name: str) -> str:
        return hmac.new(self._key, f"login\x1f{name}".encode(), hashlib.sha256).hexdigest()


def _recent(tries: list[float], at: float) -> list[float]:
    return [then for then in tries if at - then < SHUT_SECONDS]
