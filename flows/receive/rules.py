"""The delivery rules of a contract: one expectation each, over one count of the summary."""

from __future__ import annotations

from dataclasses import dataclass

ENOUGH = "rows_are_enough"
RECONCILE = "rows_reconcile"
CONTROL = "rows_match_control"
TOTAL = "rows_match_total"
QUARANTINE = "quarantine_within_limit"
CONFLICTS = "keys_do_not_conflict"
BAND = "rows_stay_within_band"
SAME_END = "file_ends_as_before"
FUTURE = "file_is_not_from_the_future"
UNAMBIGUOUS = "header_is_unambiguous"

HOLDING = frozenset({BAND, SAME_END})
"""Rules whose breach asks a person; every other breach refuses the delivery."""


@dataclass(frozen=True, kw_only=True)
class DeliveryRule:
    """A bound on one count; the reasons may speak of {value}, {low} and {high}."""

    name: str
    low: float = 0
    high: float | None = 0
    reason: str
    reason_en: str


def header_rule(column: str) -> str:
    """The name of the rule that a needed header is there."""
    return f"{column}_header_is_present"


def filled_rule(column: str) -> str:
    """The name of the rule that a needed value is seldom missing."""
    return f"{column}_is_filled"


def known_rule(column: str) -> str:
    """The name of the rule that the codes of a column are known."""
    return f"{column}_codes_are_known"


def worded(rule: DeliveryRule, value: float) -> tuple[str, str]:
    """The reasons of a broken rule with its numbers in them."""
    numbers = {
        "{value}": f"{value:.0f}",
        "{low}": f"{rule.low:.0f}",
        "{high}": "" if rule.high is None else f"{rule.high:.0f}",
    }
    reason, english = rule.reason, rule.reason_en
    for placeholder, number in numbers.items():
        reason = reason.replace(placeholder, number)
        english = english.replace(placeholder, number)
    return reason, english
