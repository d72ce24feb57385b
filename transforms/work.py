"""What insurance and benefit records tell of work and retirement."""

from __future__ import annotations

from datetime import date

from ibis.expr.types import Table

EMPLOYEE_COVER = ("employee_pension", "employee_medical")
"""The insurances that stop when somebody stops being employed."""

COVER_AT_WORK = (*EMPLOYEE_COVER, "unemployment", "injury", "maternity")
"""The insurances that only somebody at work is paid."""

PENSIONS = ("employee_pension", "resident_pension")


def maybe_at_work(enrolment: Table) -> Table:
    """The rows that may mean somebody is at work: paid, or of a status nobody stated."""
    not_paid = enrolment.payment_status.isin(["paused", "ended"]).fill_null(False)
    return enrolment.filter(enrolment.insurance.isin(COVER_AT_WORK), ~not_paid)


def drawing_pension(benefit: Table, on: date) -> Table:
    """The rows that may mean somebody has retired: a pension that is not known to have ended."""
    ended = (benefit.benefit_status == "stopped") | (benefit.ends_on <= on)
    return benefit.filter(benefit.benefit.isin(PENSIONS), ~ended.fill_null(False))


def maybe_covered(enrolment: Table, by: date) -> Table:
    """The rows that may be paid after `by`: not known to have stopped on that day or before."""
    is_off = enrolment.payment_status.isin(["paused", "ended"]) & (enrolment.status_since <= by)
    return enrolment.filter(~is_off.fill_null(False))


def maybe_paid(benefit: Table, on: date) -> Table:
    """The rows that may be paid today: not known to be halted, over or still to begin."""
    is_later = (benefit.ends_on > on).fill_null(False)
    is_halted = benefit.benefit_status.isin(["suspended", "stopped"]) & ~is_later
    is_unpaid = is_halted | (benefit.ends_on <= on) | (benefit.starts_on > on)
    return benefit.filter(~is_unpaid.fill_null(False))
