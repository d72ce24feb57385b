"""Which pairs of people belong in one household, and which of the two would move.

共同生活的家庭成员 are the spouse, minor children, grown children who cannot live on their own yet, and
others with a legal duty of support who live together for long (最低生活保障审核确认办法, 民发〔2021〕57号).
So a spouse or a minor child counts wherever registered; any other grown relative only at one door.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.household_people import Told

ADULT = 18
MARRIAGEABLE = 20
"""Least age of a wife (民法典 1047); a husband's is 22."""
MARRIED_GAP, LIKELY_GAP = 25, 12
"""Most years between spouses: of those named as such, and of those who only share a door."""
GENERATION, LATE_PARENT = 14, 60
INFANT = 2
"""Children younger than this may not be in the register yet."""

_UNMARRIED = ("single", "divorced", "widowed")
_BESIDE = (
    "person", "home", "lone", "sex", "birth_date", "age", "marital", "surname", "has_spouse",
)  # fmt: skip
_RANK_OF_HOW = (("spouse", 0), ("newborn", 1), ("child", 1), ("living_here", 2))


def ties(told: Told, pairs: ir.Table, residents: ir.Table) -> ir.Table:
    """(person, other, home, day, how, strength): `person` would join `other` in that home.

    strength: the less, the surer. Of two adults only one would move.
    """
    rows = _beside(pairs, residents)
    how = ibis.cases(
        (_is_spouse(rows), "spouse"),
        (_is_child(rows), ibis.ifelse(_is_newborn(rows), "newborn", "child")),
        (_lives_here(rows), "living_here"),
    )
    tied = rows.mutate(how=how).filter(_.how.notnull())
    tied = tied.mutate(
        strength=tied.how.cases(*_RANK_OF_HOW, else_=3) * 16
        + (1 - named(tied).cast("int8")) * 8
        + (1 - tied.door) * 4
        + (1 - tied.phone) * 2
        + tied.other_lone.cast("int8")
    )
    kept = _but_not_twice(told, tied, residents)
    return _one_way(kept).select(
        "person", "other", "day", "how", "strength", "is_minor", home=_.other_home
    )


def named(rows: ir.Table) -> ir.BooleanValue:
    """A record of one names the other."""
    return (rows.spouse + rows.lineal + rows.guardian + rows.other_kin) > 0


def _beside(pairs: ir.Table, residents: ir.Table) -> ir.Table:
    """Each pair with what is known of both; `_at_home`: seen where the register has them."""
    own = residents.select(
        *_BESIDE,
        "home_size",
        "in_register",
        "has_parent",
        is_minor=(_.age < ADULT).fill_null(False),
        at_home=(_.is_seen & (_.door == _.register_door)).fill_null(False),
        moved_away=(
            (_.door != _.register_door) & (_.since.isnull() | (_.door_on >= _.since))
        ).fill_null(False),
        stays=_stays(residents),
    )
    others = residents.select(
        *(residents[name].name(f"other_{name}") for name in _BESIDE if name != "person"),
        other=_.person,
        other_stays=_stays(residents),
    )
    rows = pairs.join(own, "person").join(others, "other")
    gap = rows.birth_date.year() - rows.other_birth_date.year()
    return rows.mutate(gap=gap, sees_door=rows.door == 1, sees_phone=rows.phone == 1)


def _stays(residents: ir.Table) -> ir.IntegerValue:
    """Whom the others join: a family, its head, who lives at the registered door, the larger one.

    A daughter who marries the head of a book of his own leaves her parents' book, not he his.
    """
    settled = (residents.door == residents.register_door).fill_null(False)
    heads = residents.relation.isin(("head", "spouse")).fill_null(False)
    return (
        (~residents.lone).cast("int64") * 10**6
        + heads.cast("int64") * 10**5
        + settled.cast("int64") * 10**4
        + ibis.least(residents.home_size, 99)
    )


def _is_spouse(rows: ir.Table) -> ir.BooleanValue:
    of_age = (
        (rows.age >= MARRIAGEABLE) & (rows.other_age >= MARRIAGEABLE) & (rows.sex != rows.other_sex)
    )
    free = ~rows.has_spouse & ~rows.other_has_spouse
    ended = rows.marital.isin(_UNMARRIED[1:]) | rows.other_marital.isin(_UNMARRIED[1:])
    single = rows.marital.isin(_UNMARRIED[:1]) | rows.other_marital.isin(_UNMARRIED[:1])
    said = (rows.spouse == 1) & (rows.gap.abs() <= MARRIED_GAP)
    likely = (
        rows.sees_door
        & rows.sees_phone
        & (rows.lineal == 0)
        & (rows.gap.abs() <= LIKELY_GAP)
        & (rows.surname != rows.other_surname)
        & (rows.lone | rows.moved_away)
        & ~single.fill_null(False)
    )
    fits = of_age & free & ~ended.fill_null(False)
    return (fits & (said | likely.fill_null(False))).fill_null(False)


def _is_child(rows: ir.Table) -> ir.BooleanValue:
    """A minor whose record names a parent; not one who is seen at home with others."""
    generation = rows.gap.between(GENERATION, LATE_PARENT) & (rows.other_age >= ADULT)
    said = (rows.lineal == 1) | (rows.lone & (rows.guardian == 1))
    elsewhere = rows.lone | (~rows.has_parent & (~rows.at_home | rows.sees_door))
    seen = rows.lone & rows.sees_door & rows.sees_phone
    return (rows.is_minor & generation & elsewhere & (said | seen)).fill_null(False)


def _is_newborn(rows: ir.Table) -> ir.BooleanValue:
    return ~rows.in_register & (rows.age < INFANT)


def _lives_here(rows: ir.Table) -> ir.BooleanValue:
    """Somebody alone, or gone from where they are registered, at the door of the others.

    The other is an adult: a child that is seen with somebody takes nobody in. Nobody leaves a
    spouse for another relative.
    """
    tied = rows.sees_phone | (rows.lineal == 1) | (rows.lone & named(rows))
    free = (rows.lone | rows.moved_away) & ~rows.has_spouse
    adult = rows.other_age >= ADULT
    return (adult & free & rows.sees_door & tied & ~rows.has_parent).fill_null(False)


def _but_not_twice(told: Told, tied: ir.Table, residents: ir.Table) -> ir.Table:
    """Without pairs where one may be in the other's home already under another record.

    The same birthday is there, or, for a grown person whom the register does not know, the same name.
    """
    there = residents.filter(_.in_register, ~_.lone)
    births = there.filter(_.birth_date.notnull()).select("birth_date", other_home=_.home)
    twice = tied.semi_join(births.distinct(), ["other_home", "birth_date"])
    named_there = told.names.join(there.select("person", "home"), "person").select(
        "name_bag", other_home=_.home
    )
    unknown = tied.filter(~_.is_minor, ~_.in_register).select("person", "other", "other_home")
    bearing = unknown.join(told.names.select("person", "name_bag"), "person")
    namesakes = bearing.semi_join(named_there.distinct(), ["other_home", "name_bag"])
    doubles = twice.select("person", "other").union(namesakes.select("person", "other"))
    turned = doubles.select(person=_.other, other=_.person)
    return tied.anti_join(doubles.union(turned).distinct(), ["person", "other"])


def _one_way(tied: ir.Table) -> ir.Table:
    """Where either adult could join the other, who has the firmer home stays."""
    back = tied.filter(~_.is_minor).select(
        person=_.other, other=_.person, either=ibis.literal(True)
    )
    rows = tied.left_join(back, ["person", "other"]).drop("person_right", "other_right")
    moves = (rows.stays < rows.other_stays) | (
        (rows.stays == rows.other_stays) & (rows.home > rows.other_home)
    )
    return rows.filter(rows.is_minor | rows.either.isnull() | moves)
