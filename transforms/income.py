"""What is known of a family's regular income on a day: wages it is insured on, and benefits.

This is a PROXY of income, and a low one. Land, odd jobs, work elsewhere, rent and what children give
stand in no record; a contribution base may lie below the wage it is for. So the table also says whose
income is unclear or unseen, and a rule concludes only where nobody's is. Assistance is no income.

Every amount is of one month, as its record says. Nothing that was paid for a longer time is spread
over shorter ones, and what was paid in other months does not count.
"""

from __future__ import annotations

from datetime import date

import ibis
from ibis import _
from ibis.expr.types import Table

from transforms.living import alive, in_families
from transforms.work import COVER_AT_WORK, maybe_paid

INCOME = {
    "household_id": "string",
    "monthly_known": "decimal(16, 2)",
    "earners": "int64",
    "pensioners": "int64",
    "members": "int64",
    "unclear": "int64",
    "unseen": "int64",
}
"""One row per family with living members, who alone are counted.

monthly_known: yuan a month. earners: members with a known wage. pensioners: members with a known
benefit that stands in for a wage, as the residents' pension does not: nearly every old farmer has it.
unclear: wages and benefits that nobody can put a figure to; they add nothing to monthly_known.
unseen: adults who are not old yet, or of unknown age, with neither a known wage nor a benefit.
"""


def known_income(
    enrolment: Table,
    benefit: Table,
    people: Table,
    on: date,
    *,
    adult_age: int,
    elder_age: int,
) -> Table:
    """What each family is known to live on, in the columns of INCOME; ages are in full years."""
    members = alive(in_families(people)).select("household_id", "person_id", "age")
    with_wage = members.left_join(wages(enrolment, on), "person_id").drop("person_id_right")
    told = with_wage.left_join(benefits(benefit, on), "person_id")
    may_work = ((told.age >= adult_age) & (told.age < elder_age)).fill_null(True)
    nothing_known = told.wage.isnull() & told.monthly.isnull()
    known = told.group_by("household_id").aggregate(
        monthly_known=(told.wage.fill_null(0) + told.monthly.fill_null(0)).sum(),
        earners=told.wage.notnull().cast("int64").sum(),
        pensioners=told.stands_in.fill_null(False).cast("int64").sum(),
        members=told.person_id.nunique(),
        unclear=(told.unclear_wages.fill_null(0) + told.unclear.fill_null(0)).sum(),
        unseen=(may_work & nothing_known).cast("int64").sum(),
    )
    return known.select(*INCOME).cast(INCOME)


def wages(enrolment: Table, on: date) -> Table:
    """Each insured person's `wage`: the largest base, as several insurances of one job are one wage.

    It is null, and `unclear_wages` is 1, where no row in force has a base.
    """
    theirs = insured_wages(enrolment, on).group_by("person_id").aggregate(wage=_.wage.max())
    return theirs.mutate(unclear_wages=theirs.wage.isnull().cast("int64"))


def benefits(benefit: Table, on: date) -> Table:
    """What each person is paid a month, and how many payments nobody can put a figure to.

    `stands_in` says whether any of it stands in for a wage; a null kind of benefit does not.
    """
    paid = benefits_paid(benefit, on)
    stands_in = paid.paid.notnull() & (paid.benefit != "resident_pension").fill_null(False)
    return paid.group_by("person_id").aggregate(
        monthly=paid.paid.sum(),
        unclear=paid.paid.isnull().cast("int64").sum(),
        stands_in=stands_in.any(),
    )


def insured_wages(enrolment: Table, on: date) -> Table:
    """The rows of insurance at work that may be in force, each with its `wage`, null where unclear.

    A change that is dated later has not happened yet. A null insurance or status may be one that is
    paid, and a base that is null or 0 is a wage that nobody wrote down: all three are unclear.
    """
    is_later = (enrolment.status_since > on).fill_null(False)
    is_paid = ibis.ifelse(
        enrolment.payment_status.isin(["paused", "ended"]),
        is_later,
        ~is_later & (enrolment.payment_status == "paying"),
    )
    at_work = enrolment.insurance.isin(COVER_AT_WORK)
    maybe = enrolment.filter(at_work.fill_null(True), is_paid.fill_null(True))
    is_clear = maybe.insurance.notnull() & maybe.payment_status.notnull()
    return maybe.mutate(
        wage=ibis.ifelse(is_clear & (maybe.contribution_base > 0), maybe.contribution_base, None)
    )


def benefits_paid(benefit: Table, on: date) -> Table:
    """The benefits that may be being paid, each with its amount as `paid`, null where unclear.

    A null date neither starts nor ends one; one whose status is null, or halted at a later date, may
    still be paid, and is unclear.
    """
    maybe = maybe_paid(benefit, on)
    is_clear = (maybe.benefit_status == "paying").fill_null(False)
    return maybe.mutate(paid=ibis.ifelse(is_clear, maybe.monthly_amount, None))
