"""Whether a site can have a night at all; asked before a night is listed."""

from __future__ import annotations

from datetime import date

from flows import reference
from flows.errors import DoorstepError
from flows.home import CONFIG_FILE, Home
from flows.policy import load
from transforms.signals import SIGNALS


def refuse_unready(home: Home, on: date) -> None:
    """Refuse what a person has yet to fill in: a listed night keeps the settings it was listed with."""
    if not has_known_county(home):
        raise DoorstepError(
            f"{CONFIG_FILE}:[site] 的 county 不是区划表中的县。请填写 6 位区划代码后重试。"
        )
    require_policy(home, on)


def has_known_county(home: Home) -> bool:
    """Whether the division table has townships for the site's county."""
    return bool(reference.townships(home.config.site.county))


def require_policy(home: Home, on: date) -> None:
    """Refuse, with advice, a policy that lacks a value on a day."""
    policy = load(home.policy)
    policy.shared(on)
    for signal in SIGNALS.values():
        policy.limits(signal, on)
