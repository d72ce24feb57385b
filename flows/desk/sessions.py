"""Sessions live in this process: a restart logs everybody out, and nothing on disk can be stolen."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

IDLE_SECONDS = 15 * 60
LONGEST_SECONDS = 10 * 3600
COOKIE, ENTRY_COOKIE, LANGUAGE_COOKIE = "desk_session", "desk_entry", "desk_language"


@dataclass(kw_only=True)
class Session:
    """Somebody who has logged in. `kept` holds what must not stand in an address, such as a search."""

    key: str
    login: str
    began: float
    seen: float
    kept: dict[str, Any] = field(default_factory=dict)


class Sessions:
    """Every open session by the secret in its cookie."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._open: dict[str, Session] = {}
        self._lock = Lock()
        self._token_key = secrets.token_bytes(32)

    def begin(self, login: str) -> Session:
        """A new session with a new secret: what a stranger planted before is worth nothing."""
        now = self._clock()
        session = Session(key=secrets.token_urlsafe(32), login=login, began=now, seen=now)
        with self._lock:
            self._open = {key: one for key, one in self._open.items() if not self._is_over(one)}
            self._open[session.key] = session
        return session

    def find(self, key: str, *, touch: bool = True) -> Session | None:
        """The session of a cookie if it is still open; asking keeps it from going idle."""
        with self._lock:
            session = self._open.get(key)
            if session is None:
                return None
            if self._is_over(session):
                del self._open[key]
                return None
            if touch:
                session.seen = self._clock()
            return session

    def end(self, key: str) -> None:
        """Log out."""
        with self._lock:
            self._open.pop(key, None)

    def end_all(self, login: str) -> None:
        """Log somebody out everywhere."""
        with self._lock:
            self._open = {key: one for key, one in self._open.items() if one.login != login}

    def token(self, key: str) -> str:
        """What every form must carry: derived from the cookie's secret, unknown to other pages."""
        return hmac.new(self._token_key, key.encode(), hashlib.sha256).hexdigest()

    def is_token(self, key: str, given: str) -> bool:
        """Whether a form was made for this cookie."""
        return hmac.compare_digest(self.token(key).encode(), given.encode())

    def _is_over(self, session: Session) -> bool:
        now = self._clock()
        return now - session.seen >= IDLE_SECONDS or now - session.began >= LONGEST_SECONDS
