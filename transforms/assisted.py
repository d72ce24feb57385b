"""Who is in a category of assistance on a day, as the assistance register says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ibis.expr.types import Table


def standing(assistance: Table, categories: Iterable[str], on: date) -> Table:
    """The register's rows that put somebody in one of `categories` on a day.

    A row without an approval date puts nobody anywhere: being helped is never assumed.
    """
    not_left = assistance.exit_on.isnull() | (assistance.exit_on > on)
    return assistance.filter(
        assistance.category.isin(list(categories)), assistance.approved_on <= on, not_left
    )


def not_in(people: Table, assistance: Table, categories: Iterable[str], on: date) -> Table:
    """The people who are in none of `categories` on a day."""
    return people.anti_join(standing(assistance, categories, on), "person_id")
