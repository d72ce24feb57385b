"""Does the number in a row belong to the person the row is about?

A checksum catches every single wrong digit, so a valid number beside another name is not a typing
error but somebody else: a guardian, a relative, the row above.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.number_holders import MOST_SHARERS, REGISTER, disagreeing, founder

ABSURD_YEARS = 15
"""Birth years further apart than this are two generations, not a slip of the keyboard."""

NOT_OURS = "number_of_another"

EQUAL, FORMER, SIMILAR, DIFFERENT = 3, 2, 1, 0


def numbers_with_names(identities: ir.Table) -> ir.Table:
    """Each verified number with each name that stands beside it anywhere."""
    rows = identities.filter(_.id_clean.notnull())
    current = rows.select("id_clean", name=_.name_key)
    former = rows.filter(_.record == REGISTER).select("id_clean", name=_.former_name_key)
    return current.union(former).filter(_.name.notnull()).distinct()


def pairs_within_number(names: ir.Table) -> ir.Table:
    """Two names of one number, in alphabetical order; none for numbers with too many of them."""
    sharers = names.group_by("id_clean").agg(names=_.count())
    shared = sharers.filter(_.names > 1, _.names <= MOST_SHARERS)
    left = names.semi_join(shared, "id_clean")
    right = left.view()
    pairs = left.join(right, [left.id_clean == right.id_clean, left.name < right.name])
    return pairs.select(left.id_clean, left=left.name, right=right.name)


def judged(
    others: ir.Table, register: ir.Table, holders: ir.Table, agreements: ir.Table
) -> ir.Table:
    """Every row with a verified number that is not the register's: `how`, and whose it would be."""
    rows = others.filter(_.id_clean.notnull()).left_join(holders, "id_clean").drop("id_clean_right")
    rows = _with_name_level(rows, register, agreements)
    rows = _with_newcomers(rows.mutate(**_against_the_number(rows)), agreements)
    how = ibis.ifelse(rows.founder.notnull(), _how_claimed(rows), _how_new(rows))
    candidate = ibis.coalesce(rows.founder, rows.eldest)
    return rows.mutate(how=how, candidate=candidate, evidence=_evidence(rows))


def _evidence(rows: ir.Table) -> ir.StringValue:
    """What was compared, field by field."""
    words = ((EQUAL, "equal"), (FORMER, "former"), (SIMILAR, "similar"), (DIFFERENT, "differs"))
    name = rows.level.cases(*words, else_="unknown")
    birth = ibis.cases(
        (rows.birth_equal, "equal"), (rows.birth_differs, "differs"), else_="unknown"
    )
    sex = ibis.cases((rows.sex_differs, "differs"), (rows.sex.notnull(), "equal"), else_="unknown")
    return ibis.literal("number=equal name=") + name + " birth=" + birth + " sex=" + sex


def _against_the_number(rows: ir.Table) -> dict[str, ir.BooleanValue]:
    """What the row itself says of birth date and sex, against the number and its holder."""
    born, in_number = rows.birth_date, rows.id_birth_date
    agrees = (
        (born == in_number)
        | (born == rows.born_first.fill_null(in_number))
        | (born == rows.born_last.fill_null(in_number))
    )
    return {
        "birth_equal": agrees.fill_null(False),
        "birth_differs": (~agrees).fill_null(False),
        "age_absurd": is_absurd(rows),
        "sex_differs": (rows.sex != rows.id_sex).fill_null(False),
    }


def is_absurd(rows: ir.Table) -> ir.BooleanValue:
    """A child with a parent's number, or the other way round."""
    apart = (rows.birth_date.year() - rows.id_birth_date.year()).abs()
    return (apart > ABSURD_YEARS).fill_null(False)


def _with_name_level(rows: ir.Table, register: ir.Table, agreements: ir.Table) -> ir.Table:
    """How well the name fits the best of the names that the register has under the number."""
    levels = _name_levels(rows, register, agreements)
    fits = [rows.id_clean == levels.id_clean, rows.name_key == levels.claimed]
    return rows.left_join(levels, fits).drop("id_clean_right", "claimed")


def _name_levels(rows: ir.Table, register: ir.Table, agreements: ir.Table) -> ir.Table:
    claimed = rows.select("id_clean", claimed=_.name_key).filter(_.claimed.notnull()).distinct()
    pairs = claimed.join(_known_names(register), "id_clean").mutate(
        left=ibis.least(_.claimed, _.known), right=ibis.greatest(_.claimed, _.known)
    )
    judged = pairs.left_join(agreements.filter(_.agree), ["left", "right"])
    level = ibis.cases(
        (judged.claimed == judged.known, judged.worth),
        (judged.agree.fill_null(False), SIMILAR),
        else_=DIFFERENT,
    )
    return judged.group_by("id_clean", "claimed").agg(level=level.max())


def _known_names(register: ir.Table) -> ir.Table:
    numbered = register.filter(_.id_clean.notnull())
    current = numbered.select("id_clean", known=_.name_key, worth=ibis.literal(EQUAL, "int8"))
    former = numbered.select(
        "id_clean", known=_.former_name_key, worth=ibis.literal(FORMER, "int8")
    )
    return current.union(former).filter(_.known.notnull())


def _how_claimed(rows: ir.Table) -> ir.StringValue:
    """The rule that decides a claim; the first that applies, so the order is the meaning."""
    level, nameless = rows.level, rows.level.isnull()
    contradicted = rows.birth_differs | rows.sex_differs
    return ibis.cases(
        (rows.contested, "number_contested"),
        ((level == DIFFERENT) & rows.birth_differs, NOT_OURS),
        (level == DIFFERENT, "number_but_other_name"),
        (nameless & rows.age_absurd, NOT_OURS),
        (rows.age_absurd, "number_but_other_birth"),
        ((level == SIMILAR) & contradicted, "number_but_other_birth"),
        (level == SIMILAR, "number_and_similar_name"),
        (level.notnull() & rows.birth_differs, "number_and_name_not_birth"),
        (level == EQUAL, "number_and_name"),
        (level == FORMER, "number_and_former_name"),
        (contradicted, "number_but_other_birth"),
        (rows.birth_equal, "number_and_birth"),
        # A name field that names somebody else (张三之子) may carry that person's number too.
        (rows.name.notnull(), "number_but_other_name"),
        else_="number_alone",
    )


def _with_newcomers(rows: ir.Table, agreements: ir.Table) -> ir.Table:
    """The eldest row under each number unknown to the register, and whether the rows quarrel."""
    plausible = rows.filter(_.founder.isnull(), ~_.age_absurd)
    groups = plausible.group_by("id_clean").agg(eldest=founder(plausible))
    quarrels = _quarrels(plausible, agreements).mutate(quarrel=True)
    groups = groups.left_join(quarrels, "id_clean").drop("id_clean_right")
    return rows.left_join(groups, "id_clean").drop("id_clean_right")


def _how_new(rows: ir.Table) -> ir.StringValue:
    return ibis.cases(
        (rows.age_absurd, NOT_OURS),
        (rows.quarrel.fill_null(False), "number_new_names_differ"),
        else_="number_new_person",
    )


def _quarrels(rows: ir.Table, agreements: ir.Table) -> ir.Table:
    """Numbers whose rows name plainly different people, or too many to compare."""
    names = rows.select("id_clean", name=_.name_key).filter(_.name.notnull()).distinct()
    pairs = pairs_within_number(names)
    different = disagreeing(pairs, "left", "right", agreements).select("id_clean")
    crowded = names.group_by("id_clean").agg(names=_.count()).filter(_.names > MOST_SHARERS)
    return different.union(crowded.select("id_clean")).distinct()
