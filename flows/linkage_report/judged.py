"""One row per known record: into which groups it falls and what became of it.

Groups rest on what the record itself says, never on the person it was linked to: whoever was not
linked would otherwise fall out of every group.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from flows.engine import Engine
from flows.linkage_report.name_kinds import name_kinds
from flows.linkage_report.terms import (
    AGE_BANDS,
    MILLION,
    NUMBER_GROUPS,
    UNKNOWN,
    Linkage,
)
from matchers.model import BIT

BANDS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9)
"""Where the bands of probability begin; as flows/review/measures.py tells them."""
MOST_BITS = 60 * BIT


def judged(engine: Engine, night: Linkage) -> ir.Table:
    """Make `linkage_judged`: record_key, source, is_register, groups, outcome, what to expect.

    is_link: the record was put to another record's person. attached: to its best candidate, by
    evidence. false, missed (millionths, with their variances): the chance that this is wrong, and
    that a person who is known was missed. cluster: whom the record is about, or most resembles.
    """
    names = night.rows.filter(_.name_key.notnull()).select("name_key").distinct()
    kinds = engine.answer("linkage_name_kind", names, name_kinds)
    who = night.rows.left_join(kinds, "name_key").drop("name_key_right")
    told = who.select(
        "rid",
        "record_key",
        "source",
        "is_register",
        department=_.source,
        age=_age(who, night),
        sex=_.sex.fill_null(who.id_sex).fill_null(UNKNOWN),
        name=_.name_kind.fill_null("missing"),
        number=_number(who),
    )
    places = night.places.select("record_key", township="township_code")
    told = told.left_join(places, "record_key").drop("record_key_right")
    told = told.mutate(township=_.township.fill_null(UNKNOWN))
    outcome = _outcome(night.decision)
    return engine.keep("linkage_judged", told.inner_join(outcome, "rid"))


def _age(who: ir.Table, night: Linkage) -> ir.StringValue:
    born = ibis.coalesce(who.birth_date, who.id_birth_date)
    day = ibis.literal(night.night)
    had_birthday = (born.month() * 100 + born.day()) <= night.night.month * 100 + night.night.day
    years = day.year() - born.year() - ibis.ifelse(had_birthday, 0, 1)
    named = [(years.between(low, high), f"{low:03d}-{high:03d}") for low, high in AGE_BANDS]
    return ibis.cases(*named, else_=UNKNOWN)


def _number(who: ir.Table) -> ir.StringValue:
    named = [(who.id_status.isin(statuses), group) for group, statuses in NUMBER_GROUPS.items()]
    return ibis.cases(*named, else_="missing")


def _outcome(decision: ir.Table) -> ir.Table:
    """The chances follow from the weights of the two best candidates and of nobody (Bayes)."""
    seen = decision.mutate(
        weighed=decision.weight.notnull() & decision.candidate.notnull(),
        first=1 / (1 + _odds(_.second_weight - _.weight) + _odds(-_.weight)),
    )
    seen = seen.mutate(second=seen.first * _odds(seen.second_weight - seen.weight))
    seen = seen.mutate(
        attached=seen.weighed & (seen.candidate == seen.founder),
        first=_millionths(seen, seen.first),
        second=_millionths(seen, seen.second),
        band=_band(seen),
        cluster=ibis.coalesce(seen.candidate, seen.founder).hash(),
    )
    seen = seen.mutate(
        false=ibis.ifelse(seen.attached, MILLION - seen.first, 0),
        missed=ibis.ifelse(
            seen.attached, seen.second, ibis.least(seen.first + seen.second, MILLION)
        ),
    )
    return seen.select(
        "rid", "founder", "decision", "how", "weighed", "attached", "false", "missed",
        "band", "cluster",
        is_link=seen.record_key != seen.founder,
        false_variance=_variance(seen.false),
        missed_variance=_variance(seen.missed),
    )  # fmt: skip


def _odds(weight: ir.NumericValue) -> ir.FloatingValue:
    """2 to the weight in bits, 0 of no candidate; held where a float can hold it."""
    return ibis.ifelse(weight.isnull(), 0.0, 2.0 ** (weight.clip(-MOST_BITS, MOST_BITS) / BIT))


def _millionths(rows: ir.Table, chance: ir.FloatingValue) -> ir.IntegerValue:
    return ibis.ifelse(rows.weighed, (chance * MILLION).round().cast("int64"), 0)


def _variance(chance: ir.IntegerValue) -> ir.IntegerValue:
    return (chance * (MILLION - chance) / MILLION).round().cast("int64")


def _band(rows: ir.Table) -> ir.IntegerValue:
    named = [(rows.first >= low, place) for place, low in reversed(list(enumerate(BANDS)))]
    return ibis.ifelse(rows.weighed, ibis.cases(*named), ibis.null("int64"))
