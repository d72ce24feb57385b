"""Whose a verified number is: the resident register's rows, grouped by number, with a guard.

Rows of the register that share a number are one person, unless name and birth date both disagree:
then somebody mistyped, nobody knows who, and the number proves nothing for any of them.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

REGISTER = "resident"
MOST_SHARERS = 12
"""A number with more names, or more register rows, than this is a filler and nobody's number."""

_ROWS_OF_A_DELIVERY = 10**10
_NINETEEN_DIGITS = 10**18


def founder(rows: ir.Table) -> ir.StringScalar:
    """The record_key of the eldest row: smallest arrival, then row, then record_key.

    Numbers of one width have the same order as text, so a single minimum does for all three, on
    every engine and without ties.
    """
    place = rows.arrival * _ROWS_OF_A_DELIVERY + rows.row + _NINETEEN_DIGITS
    return (place.cast("string") + rows.record_key).min().substr(19)


def register_rows(identities: ir.Table) -> ir.Table:
    """The resident register's rows, with the birth date that they or their numbers tell."""
    rows = identities.filter(_.record == REGISTER)
    return rows.mutate(birth=ibis.coalesce(_.birth_date, _.id_birth_date))


def holders(register: ir.Table, agreements: ir.Table) -> ir.Table:
    """One row per number in the register: founder, birth dates, and whether it is contested."""
    numbered = register.filter(_.id_clean.notnull())
    groups = numbered.group_by("id_clean").agg(
        founder=founder(numbered),
        born_first=_.birth.min(),
        born_last=_.birth.max(),
        rows=_.count(),
    )
    contested = _contested(numbered, groups, agreements).mutate(contested=True)
    marked = groups.left_join(contested, "id_clean").drop("id_clean_right")
    return marked.mutate(contested=_.contested.fill_null(False) | (_.rows > MOST_SHARERS))


def _contested(numbered: ir.Table, groups: ir.Table, agreements: ir.Table) -> ir.Table:
    """Numbers under which two rows of the register disagree on name and on birth date."""
    shared = groups.filter(_.rows > 1, _.rows <= MOST_SHARERS).select("id_clean")
    rows = numbered.semi_join(shared, "id_clean").select(
        "id_clean", "birth", name=_.name_key, former=_.former_name_key
    )
    other = rows.view()
    pairs = rows.join(
        other,
        [rows.id_clean == other.id_clean, rows.name < other.name, rows.birth != other.birth],
        rname="other_{name}",
    )
    renamed = (pairs.former == pairs.other_name) | (pairs.other_former == pairs.name)
    strangers = pairs.filter(~renamed.fill_null(False))
    return disagreeing(strangers, "name", "other_name", agreements).select("id_clean").distinct()


def disagreeing(pairs: ir.Table, left: str, right: str, agreements: ir.Table) -> ir.Table:
    """The pairs (in alphabetical order) whose names were not found to agree."""
    same = agreements.filter(_.agree).select("left", "right")
    return pairs.anti_join(same, [pairs[left] == same.left, pairs[right] == same.right])


def entries(register: ir.Table, holders: ir.Table) -> ir.Table:
    """The register's rows, each with the eldest row of its number and how it got there."""
    whose = holders.select("id_clean", "contested", candidate=_.founder)
    rows = register.left_join(whose, "id_clean").drop("id_clean_right")
    how = ibis.cases(
        (rows.contested.fill_null(False), "register_number_contested"),
        (rows.candidate.fill_null(rows.record_key) != rows.record_key, "register_number"),
        else_="register_entry",
    )
    evidence = ibis.ifelse(how == "register_number", "number=equal", "")
    return rows.mutate(how=how, evidence=evidence)
