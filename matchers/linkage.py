"""Who is the same person: from records to people, in the order of what is surest.

1. Rows that share a verified number and fit its holder are one person (`verified`).
2. Register rows without a number may be somebody whom other departments know by number.
3. Every other record seeks its person among all of these, in waves of weaker and weaker keys.
4. What is left over is compared with itself: several departments may know a person whom the
   register does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers import kin
from matchers.address_keys import address_keys
from matchers.answered import brought_together, forbidden, told_apart
from matchers.birth_levels import BirthLevel
from matchers.candidates import LAST, PARENTS, STRONG, WEAK, Key, candidates, text_keys
from matchers.clusters import NOT_COMPARED, average_linkage
from matchers.deciding import best_candidates
from matchers.fields import Field, compared, fields_of
from matchers.frequencies import rarities
from matchers.kin import KinLevel
from matchers.model import RARITY_OF_LEVEL, Model, ratio
from matchers.name_levels import NameLevel
from matchers.name_shapes import Shapes
from matchers.rivals import at_one_home, by_number
from matchers.rows import text_columns, with_whole_dates
from matchers.seekers import as_known, known, row_entity, seekers
from matchers.verified import GENERATION, Verified, verified
from matchers.weighing import NEVER, weighed
from matchers.workbench import Workbench


@dataclass(frozen=True)
class Linked:
    """`people` (rid, entity) for every row; `decisions`: best candidate of every seeker."""

    proven: Verified
    people: ir.Table
    decisions: ir.Table
    answered: ir.Table | None = None
    """rid of the records that a person's answer brought to where they are."""


@dataclass(frozen=True)
class Side:
    """What one round of seeking shares."""

    bench: Workbench
    model: Model
    fields: Sequence[Field]
    known: ir.Table
    homes: ir.Table
    forbidden: ir.Table | None = None


def link(
    bench: Workbench,
    rows: ir.Table,
    model: Model,
    shapes: Shapes,
    proven: Verified | None = None,
    frequencies: ir.Table | None = None,
    answers: ir.Table | None = None,
) -> Linked:
    """Give every row its entity.

    `frequencies` (see that module) is the model's; without it tonight's rows are counted. `answers`
    is what people said about pairs (see `answered`), closed under what follows from it.
    """
    rows = with_whole_dates(rows)
    proven = proven or verified(bench, rows, shapes)
    if answers is not None:
        proven = told_apart(rows, proven, answers)
    apart = None if answers is None else bench.keep("link_forbidden", forbidden(proven, answers))
    plain = bench.keep("link_seeker_plain", seekers(rows, proven.misfits))
    seeking = bench.keep("link_seeker", with_rarities(bench, plain, rows, model, frequencies))
    registered = seeking.filter(_.is_register)
    people = bench.keep("link_known", known(rows, proven.fits, registered.select("rid")))
    homes = bench.keep("link_home", kin.homes(people.filter(_.is_register)))
    side = Side(bench, model, fields_of(rows, shapes), people, homes, apart)
    scored = settle(side, seeking)
    moved = moved_entries(bench, scored, registered, people, model)
    found = bench.keep("link_found", best_candidates(relabelled(scored, moved)))
    others = seeking.filter(~_.is_register)
    attached = decided(found.semi_join(others, "rid"), model).select("rid", "entity")
    left = bench.keep("link_left", others.anti_join(attached, "rid"))
    newcomers = bench.keep("link_newcomer", _newcomers(strangers(side, left), left))
    people_of = ibis.union(entries(proven, registered, moved), attached, newcomers)
    return told(bench, proven, people_of, found, answers)


def strangers(side: Side, left: ir.Table) -> Side:
    """The leftovers as people whom nobody has registered."""
    model = replace(side.model, registered=0)
    return replace(side, model=model, known=as_known(left), homes=side.homes.limit(0))


def entries(proven: Verified, registered: ir.Table, moved: ir.Table) -> ir.Table:
    """(rid, entity) of rows that fit their number, and of register rows that bear none."""
    own = registered.select("rid", entity=row_entity(registered)).anti_join(moved, "rid")
    return ibis.union(proven.fits.select("rid", entity=_.number), own, moved)


def told(
    bench: Workbench, proven: Verified, people: ir.Table, found: ir.Table, answers: ir.Table | None
) -> Linked:
    """What linking found, as people's answers want it."""
    placed = bench.keep("link_placed", people)
    if answers is None:
        return Linked(proven, placed, found)
    together, answered = brought_together(bench, placed, proven, answers)
    return Linked(proven, bench.keep("link_entity", together), found, answered)


def decided(found: ir.Table, model: Model) -> ir.Table:
    """The best candidates that are sure enough, and rest on the person and not on kin alone."""
    return found.filter((_.proven | _.by_number) & (_.probability >= model.decided))


def settle(side: Side, seeking: ir.Table) -> ir.Table:
    """Every record with the candidates of as many waves as it needs, weighed; `wave` is the last.

    What a record gets rests on itself and on what is known, never on the other records.
    """
    bench, pairs, scored = side.bench, None, []
    for place, keys in enumerate(waves(seeking)):
        open_ = bench.keep("link_wave_seeker", seeking)
        fresh = _candidates(side, open_, keys)
        if pairs is not None:
            fresh = fresh.union(pairs.semi_join(open_, "rid")).distinct()
        pairs = bench.keep(f"link_pairs_{place}", fresh)
        weighed_ = compare(side, bench.keep("link_wave_pair", pairs), open_)
        best = bench.keep("link_wave_best", best_candidates(weighed_))
        sure = best.filter(_.proven & (_.probability >= side.model.settled)).select("rid")
        done = weighed_ if keys is LAST else weighed_.semi_join(sure, "rid")
        done = done.mutate(wave=ibis.literal(place, "int8"))
        scored.append(bench.keep(f"link_scored_{place}", done))
        seeking = bench.keep(f"link_open_{place}", open_.anti_join(sure, "rid"))
    return bench.keep("link_scored", ibis.union(*scored))


def waves(seeking: ir.Table) -> tuple[Sequence[Key], ...]:
    """The keys by which a record seeks, wave after wave."""
    return STRONG, (*WEAK, *text_keys(text_columns(seeking))), LAST


def _candidates(side: Side, open_: ir.Table, keys: Sequence[Key]) -> ir.Table:
    """Pairs (rid, entity) of one wave; a register row is not its own candidate."""
    known = side.known
    if keys is LAST:
        open_, known = _placed(side.bench, open_, known)
    pairs = candidates(side.bench, "link_wave_found", open_, known, keys)
    if keys is STRONG:
        pairs = pairs.union(_from_claims(open_, side)).distinct()
    elif keys is not LAST:
        pairs = pairs.union(_from_parents(open_, side)).distinct()
    nameless = open_.filter(_.name_bag.isnull())
    pairs = pairs.union(
        kin.twins(side.bench, pairs.semi_join(nameless, "rid"), side.known, side.homes)
    )
    return pairs.filter(pairs.entity != -1 - pairs.rid).distinct()


def _placed(bench: Workbench, seeking: ir.Table, known: ir.Table) -> tuple[ir.Table, ir.Table]:
    """Both sides with the `place` of their addresses; of the known only who bears a sought name."""
    near = known.semi_join(seeking.filter(_.name_bag.notnull()), "name_bag")
    told = seeking.select("address").union(near.select("address"))
    places = bench.answer(
        "link_place",
        told.filter(_.address.notnull()).distinct(),
        lambda asked: address_keys(asked["address"]),
    )
    keys = places.select(address="value", place="place")
    return tuple(  # type: ignore[return-value]
        rows.left_join(keys, "address").drop("address_right") for rows in (seeking, known)
    )


def compare(side: Side, pairs: ir.Table, seeking: ir.Table) -> ir.Table:
    """The pairs with levels and weights, save those that people said are not the same."""
    bench, name = side.bench, "link_wave"
    if side.forbidden is not None:
        pairs = bench.keep(f"{name}_allowed", pairs.anti_join(side.forbidden, ["rid", "entity"]))
    concerned = bench.keep(f"{name}_known", side.known.semi_join(pairs, "entity"))
    asking = bench.keep(f"{name}_asking", seeking.semi_join(pairs, "rid"))
    levels = compared(bench, name, pairs, asking, concerned, side.fields)
    there = pairs.join(side.homes, "entity").select("rid", "entity", "household")
    at_home = bench.keep(f"{name}_at_home", there)
    around = kin.kin_levels(bench, name, at_home, asking, side.known, side.homes)
    contacts = kin.named_themselves(pairs, asking, concerned, "contact_name_bag", "is_contact")
    parents = kin.named_themselves(pairs, asking, concerned, "parent_name_bag", "is_parent")
    levels = levels.left_join(around, ["rid", "entity"]).drop("rid_right", "entity_right")
    children = kin.offspring(bench, name, at_home, asking, side.known, side.homes)
    own = asking.select(
        "rid", "claim", "claim_is_parent", "contact_is_self", "birth_date", *RARITIES
    )
    born = concerned.group_by("entity").agg(born=_.birth_date.min())
    for named in (contacts, parents, children):
        levels = levels.left_join(named, ["rid", "entity"]).drop("rid_right", "entity_right")
    rows = levels.inner_join(own, "rid").inner_join(born, "entity")
    younger = rows.birth_date.year() - rows.born.year() >= GENERATION
    rows = rows.mutate(is_child=younger.fill_null(False)).drop("birth_date", "born")
    alone = bench.keep(f"{name}_alone", weighed(_with_claim(rows, side.model), side.model))
    together = at_one_home(bench, alone, at_home, side.model)
    return bench.keep(f"{name}_weighed", together.mutate(by_number=by_number(together)))


def _with_claim(rows: ir.Table, model: Model) -> ir.Table:
    """The verified number in the record: the candidate's own, or not.

    If it is not, it is a relative's, and relatives share surnames; so a surname proves nothing here.
    A parent whose name and phone the record bears is known as surely as by a number.
    """
    own = (rows.claim == rows.entity) & ~rows.claim_is_parent
    by_surname = [int(level) for level, rare in RARITY_OF_LEVEL.items() if rare == "surname"]
    surname = ibis.ifelse(rows.name_level.isin(by_surname), rows.surname_rarity, 0).fill_null(0)
    alike = rows.name_level.between(int(NameLevel.ONE_OFF), int(NameLevel.SOUND))
    near = (rows.kin_level == int(KinLevel.NUMBER)) | (rows.birth_level == int(BirthLevel.EQUAL))
    exact = (rows.name_level >= int(NameLevel.VARIANT)) & near
    has_namesake = exact.fill_null(False).max().over(ibis.window(group_by=rows.rid))
    twin = ibis.ifelse((alike & has_namesake).fill_null(False), TWIN, 0)
    surely = model.population + model.relative
    by_both = (rows.is_offspring & (rows.kin_level == int(KinLevel.NAME_AND_PHONE))).fill_null(
        False
    )
    weight = ibis.cases(
        (own, model.population + model.right_number - surname - twin + _contact(rows, model)),
        (rows.claim == rows.entity, NEVER),
        (rows.kin_level == int(KinLevel.NUMBER), surely),
        (by_both, max(surely - model.weights["kin"][KinLevel.NAME_AND_PHONE], 0)),
        else_=0,
    )
    named = ibis.ifelse(rows.claim.isnull(), _contact(rows, model), 0)
    return rows.mutate(claim_weight=weight + named).drop("claim_is_parent")


def _contact(rows: ir.Table, model: Model) -> ir.IntegerValue:
    """Bears the record the contact's name, or the contact's number?"""
    other = rows.name_level <= int(NameLevel.SAME_GIVEN)
    return ibis.cases(
        ((other & rows.contact_is_self).fill_null(False), model.contact_says),
        ((other & rows.is_contact).fill_null(False), -model.contact_says),
        else_=0,
    )


def _from_claims(seeking: ir.Table, side: Side) -> ir.Table:
    """The holder of the number in the record, and who lives with the holder."""
    claimed = kin.claimed_homes(seeking, side.homes)
    holders = seeking.filter(_.claim.notnull()).select("rid", entity=_.claim)
    return holders.union(kin.relatives_of_claims(claimed, side.homes))


def _from_parents(seeking: ir.Table, side: Side) -> ir.Table:
    """Who lives with the parent whom the record names and whose phone it bears."""
    children = seeking.filter(_.parent_name_bag.notnull())
    parents = candidates(side.bench, "link_wave_parent", children, side.known, PARENTS)
    there = parents.join(side.homes, "entity").select("rid", "household")
    return there.join(side.homes, "household").select("rid", "entity").distinct()


def moved_entries(
    bench: Workbench, scored: ir.Table, registered: ir.Table, people: ir.Table, model: Model
) -> ir.Table:
    """Register rows (rid, entity) that are somebody known by number and not yet registered.

    Two of them for one number contradict each other, so neither is moved.
    """
    taken = people.filter(people.is_register).select("entity").distinct()
    numbered = scored.semi_join(registered, "rid").filter(_.entity > 0)
    sure = decided(best_candidates(numbered), model).anti_join(taken, "entity")
    alone = sure.group_by("entity").agg(rows=_.count()).filter(_.rows == 1)
    return bench.keep("link_moved", sure.semi_join(alone, "entity").select("rid", "entity"))


def relabelled(scored: ir.Table, moved: ir.Table) -> ir.Table:
    """The pairs with register rows that were moved under the number; of doubles the better one."""
    into = moved.select(entity=-1 - moved.rid, into=moved.entity)
    joined = scored.left_join(into, "entity").drop("entity_right")
    was = joined.entity
    named = joined.mutate(was=was, entity=ibis.coalesce(joined.into, was)).drop("into")
    order = [named.weight.desc(), named.name_level.desc(), named.birth_level.desc(), named.was]
    place = ibis.row_number().over(group_by=[named.rid, named.entity], order_by=order)
    return named.mutate(place=place).filter(_.place == 0).drop("place", "was")


def _newcomers(side: Side, left: ir.Table) -> ir.Table:
    """(rid, entity) of the leftovers, those of one person together."""
    pairs = side.bench.keep("link_wave_pair", new_pairs(side, left))
    return grouped(side, left, compare(side, pairs, left))


def new_pairs(side: Side, left: ir.Table) -> ir.Table:
    """Leftovers (rid, entity) that share a key, each pair once."""
    keys = (*STRONG, *WEAK, *LAST, *text_keys(text_columns(left)))
    pairs = candidates(side.bench, "link_new_found", left, side.known, keys)
    return pairs.filter(pairs.rid < -1 - pairs.entity)


def grouped(side: Side, left: ir.Table, scored: ir.Table) -> ir.Table:
    """(rid, entity) of the leftovers from the weights of their pairs."""
    least = (
        ratio(side.model.decided, 1 - side.model.decided)
        if side.model.candidate_prior is None
        else 0
    )
    weight = ibis.ifelse(scored.proven, scored.weight, ibis.least(scored.weight, NOT_COMPARED))
    edges = scored.select(left=_.rid, right=-1 - _.entity, weight=weight)
    groups = side.bench.answer("link_new_group", edges, partial(average_linkage, least=least))
    joined = left.select("rid").left_join(groups, left.rid == groups.node)
    return joined.select("rid", entity=-1 - ibis.coalesce(joined.root, joined.rid))


TWIN = 8_000
"""Thousandths of a bit: a slip that happens to make a name of exactly the holder's relative."""

RARITIES = ("name_rarity", "bag_rarity", "surname_rarity")


def with_rarities(
    bench: Workbench,
    seeking: ir.Table,
    rows: ir.Table,
    model: Model,
    frequencies: ir.Table | None = None,
) -> ir.Table:
    """Adds how rare each record's name, its sound and its surname are: log2(people / bearers)."""
    result = seeking
    for column, name in (("name_key", "name"), ("name_bag", "bag"), ("surname_sound", "surname")):
        counted = (
            _rarity(seeking, rows, column, name, model)
            if frequencies is None
            else rarities(seeking, column, frequencies, model)
        )
        rarity = bench.keep(f"link_rarity_{name}", counted)
        result = result.left_join(rarity, column).drop(f"{column}_right")
        rare = result[f"{name}_rarity"].fill_null(model.most_rarity)
        result = result.mutate(**{f"{name}_rarity": rare})
    return result


def _rarity(seeking: ir.Table, rows: ir.Table, column: str, name: str, model: Model) -> ir.Table:
    wanted = seeking.filter(_[column].notnull()).select(column).distinct()
    every = rows.filter(rows[column].notnull()).semi_join(wanted, column)
    counts = every.group_by(column).agg(bearers=_.count())
    total = rows.count().as_scalar()
    share = (total / counts.bearers).log2() * 1000
    rarity = ibis.least(share.round().cast("int64"), model.most_rarity)
    return counts.select(column, **{f"{name}_rarity": rarity})
