"""Ages in full years, counted the same way on every engine."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def full_years(birth_date: ir.DateValue, day: ir.DateValue) -> ir.IntegerValue:
    """The age reached on `day`; null when the birth date is unknown or later than `day`."""
    years = day.year() - birth_date.year()
    not_reached = _day_of_year(birth_date) > _day_of_year(day)
    age = years - ibis.ifelse(not_reached, 1, 0)
    return ibis.ifelse(birth_date <= day, age, ibis.null()).cast("int64")


def _day_of_year(day: ir.DateValue) -> ir.IntegerValue:
    return day.month() * 100 + day.day()
