"""Rows without a number of their own: name, birth date and sex, if they name one person only.

Two people of one name and birth date are rarer than one in a thousand, and common enough: a row
that fits both of them stays unattached.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.names import PARTIAL
from matchers.rules import founder_of

SEXES = ("male", "female")


def bearers(entries: ir.Table, wanted: ir.Table) -> ir.Table:
    """For each wanted name and birth date: the register's people who bear them, by sex.

    Only the smallest and the largest founder are kept: where they are equal there is one person.
    """
    people = entries.mutate(founder=founder_of(entries), sex=ibis.coalesce(_.sex, _.id_sex))
    named = _named(people, "name_key").union(_named(people, "former_name_key"))
    named = named.semi_join(wanted, ["name", "birth"])
    bounds = {"any_first": named.founder.min(), "any_last": named.founder.max()}
    for sex in SEXES:
        of_sex = named.sex.isnull() | (named.sex == sex)
        bounds[f"{sex}_first"] = named.founder.min(where=of_sex)
        bounds[f"{sex}_last"] = named.founder.max(where=of_sex)
    return named.group_by("name", "birth").agg(**bounds)


def _named(people: ir.Table, column: str) -> ir.Table:
    named = people.select("birth", "sex", "founder", name=people[column])
    return named.filter(_.birth.notnull(), _is_whole(_.name))


def _is_whole(name: ir.StringValue) -> ir.BooleanValue:
    """A name with characters missing could be anybody's."""
    return name.notnull() & ~name.re_search(PARTIAL)


def wanted(rows: ir.Table) -> ir.Table:
    """The names and birth dates to look for."""
    keys = rows.select("birth", name=_.name_key)
    return keys.filter(_.birth.notnull(), _is_whole(_.name)).distinct()


def doubled(entries: ir.Table, bearers: ir.Table) -> ir.Table:
    """Register rows without a number say so when somebody else has their name and birth date."""
    shared = bearers.filter(_.any_first != _.any_last).select(name_key=_.name, birth=_.birth)
    doubles = entries.filter(_.id_clean.isnull()).semi_join(shared, ["name_key", "birth"])
    marks = doubles.select("record_key", is_double=True)
    rows = entries.left_join(marks, "record_key").drop("record_key_right")
    how = ibis.ifelse(rows.is_double.notnull(), "register_namesake", rows.how)
    return rows.mutate(how=how).drop("is_double")


def sought(rows: ir.Table, bearers: ir.Table, register: ir.Table) -> ir.Table:
    """Each row with the one register person it fits, if any, and the rule that decided."""
    theirs = bearers.rename(bearer="name", bearer_birth="birth")
    same = [rows.name_key == theirs.bearer, rows.birth == theirs.bearer_birth]
    met = rows.left_join(theirs, same)
    found = met.mutate(candidate=_only_candidate(met))
    numbers = register.select(candidate=_.record_key, candidate_number=_.id_clean)
    found = found.left_join(numbers, "candidate").drop("candidate_right")
    return found.mutate(how=_how_sought(found), evidence=_evidence(found))


def _evidence(rows: ir.Table) -> ir.StringValue:
    """What was compared, field by field; nothing where there was nobody to compare with."""
    sex = ibis.ifelse(rows.sex.isnull(), "unknown", "equal")
    fits = ibis.literal("name=equal birth=equal sex=") + sex
    met = ibis.ifelse(rows.any_first.isnull(), "", "name=equal birth=equal")
    return ibis.ifelse(rows.candidate.isnull(), met, fits)


def _only_candidate(rows: ir.Table) -> ir.StringValue:
    """The founder of the only person that fits; a row of unknown sex must fit one of any sex."""
    first = _by_sex(rows, "first")
    return ibis.ifelse(first == _by_sex(rows, "last"), first, ibis.null("string"))


def _by_sex(rows: ir.Table, end: str) -> ir.StringValue:
    of_sex = ((rows.sex == sex, rows[f"{sex}_{end}"]) for sex in SEXES)
    return ibis.cases(*of_sex, else_=rows[f"any_{end}"])


def _how_sought(rows: ir.Table) -> ir.StringValue:
    none = ibis.ifelse(rows.id_clean.notnull(), "number_of_another", "alone")
    return ibis.cases(
        (rows.any_first.isnull(), none),
        (rows.candidate.isnull(), "namesakes"),
        (_document_differs(rows), "namesake_with_other_document"),
        (rows.sex.isnull(), "name_birth"),
        else_="name_birth_sex",
    )


def _document_differs(rows: ir.Table) -> ir.BooleanValue:
    """A foreign document, or visible digits of a masked number, against the candidate's number."""
    typed = rows.id_number.re_replace("[Xx]{2,}", "%").re_replace("[^0-9Xx]+", "%").upper()
    hidden = (rows.id_status == "masked") & ~rows.candidate_number.like(typed)
    return ((rows.id_status == "foreign") | hidden) & rows.candidate_number.notnull()
