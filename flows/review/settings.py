"""[review] of doorstep.toml: which shares of the questions are there to see how good answers are."""

from __future__ import annotations

from dataclasses import dataclass

from flows.errors import DoorstepError

_MOST = 0.5


@dataclass(frozen=True, kw_only=True)
class ReviewSettings:
    """Shares of pairs that say how good answers are; nobody is told which pairs they are.

    twice_share: asked twice of one person and once of a second. known_share: of the desk's
    questions, those of which the truth is known.
    """

    twice_share: float = 0.10
    known_share: float = 0.05

    def __post_init__(self) -> None:
        for name in ("twice_share", "known_share"):
            value = getattr(self, name)
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if not is_number or not 0 <= value <= _MOST:
                raise DoorstepError(f"doorstep.toml:[review] 的 {name} 应为 0 到 {_MOST} 的小数。")
