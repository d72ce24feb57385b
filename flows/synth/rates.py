"""How often each slip happens, in an office of usual care."""

from __future__ import annotations

from collections.abc import Mapping

RATES: Mapping[str, float] = {
    "number_missing": 0.006,
    "one_digit_wrong": 0.003,
    "digits_swapped": 0.001,
    "digit_dropped": 0.0006,
    "masked": 0.001,
    "fifteen_digits": 0.001,
    "full_width": 0.0006,
    "spaced_number": 0.003,
    "rounded_number": 0.0002,
    "placeholder": 0.0008,
    "relatives_number": 0.001,
    "guardians_number": 0.004,
    "lower_x": 0.12,
    "same_sound": 0.003,
    "similar_shape": 0.0015,
    "traditional": 0.001,
    "spaced_name": 0.002,
    "noted_name": 0.0003,
    "lost_character": 0.25,
    "substitute": 0.15,
    "former_name_used": 0.12,
    "noted_dead": 0.02,
    "other_dot": 0.5,
    "birth_missing": 0.008,
    "day_month_swapped": 0.002,
    "first_of_january": 0.002,
    "wrong_sex": 0.001,
    "phone_missing": 0.08,
    "old_phone": 0.04,
    "address_missing": 0.02,
    "registered_address_given": 0.04,
}
"""How often each slip happens to a record it can happen to, in an office of usual care."""

CONDITIONAL = frozenset(
    {
        "lower_x",
        "lost_character",
        "substitute",
        "former_name_used",
        "noted_dead",
        "other_dot",
    }
)
"""Slips that only some records can meet; an office's care does not change their rates."""


def odds(care: float, own: Mapping[str, float]) -> dict[str, float]:
    """An office's rates: the usual ones scaled by its care, and those it has for itself."""
    usual = {kind: rate if kind in CONDITIONAL else rate * care for kind, rate in RATES.items()}
    return {**usual, **own}
