"""When a dated fact still counts. Every signal expires: older evidence proves nothing."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import ibis.expr.types as ir


def within(happened_on: ir.DateValue, on: date, days: int) -> ir.BooleanValue:
    """Did it happen on one of the last `days` days before `on`, or on the day itself?"""
    return (happened_on >= on - timedelta(days=days)) & (happened_on <= on)


def before_window(happened_on: ir.DateValue, on: date, window: int, days: int) -> ir.BooleanValue:
    """Did it happen in the `days` days that came just before the last `window` days?"""
    start = on - timedelta(days=window)
    return (happened_on < start) & (happened_on >= start - timedelta(days=days))


def days_since_last(happened_on: ir.DateColumn, on: date) -> ir.IntegerColumn:
    """How many days have passed since it last happened to the row's person."""
    passed = ibis.literal(on).delta(happened_on, unit="day")
    return passed.min().over(group_by="person_id")
