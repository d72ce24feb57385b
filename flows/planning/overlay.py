"""The policy in force with the values of a plan laid on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Overlaid:
    """The policy to try; `tried` are the names it changes, `later` those not in force yet."""

    policy: Policy
    tried: tuple[str, ...]
    later: tuple[str, ...]


def overlaid(policy: Policy, plan: Policy, on: date) -> Overlaid:
    """Let the plan's entries that are in force on a day replace whatever the policy states.

    A planned entry wins even over a newer one of the policy: it is what somebody wants to try.
    """
    tried = {
        name: entries
        for name, entries in plan.stated.items()
        if any(entry.since <= on for entry in entries)
    }
    return Overlaid(
        policy=Policy({**policy.stated, **tried}),
        tried=tuple(sorted(tried)),
        later=tuple(sorted(set(plan.stated) - set(tried))),
    )
