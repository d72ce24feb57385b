"""The household of every person: the register's, corrected by evidence, one at a time.

Nobody moves towards somebody who moves, so weak evidence never makes a chain. Three rounds: adults
join a home, minors join the home in which their parents now are, and who is left without an adult,
or lives at the new door with the one who moved, follows. Who could join two homes joins none.
Every decision looks only at the homes that share a door, a phone or a named person.
"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.household_evidence import pairs
from matchers.household_people import Told, residents
from matchers.household_ties import ADULT, ties
from matchers.workbench import Workbench

HOWS = ("register", "newborn", "spouse", "child", "living_here", "alone", "died")
"""How somebody belongs to a household. The dead are no members: their row names the family they
left behind, so that it can be found."""


def household_members(bench: Workbench, told: Told, on: date) -> ir.Table:
    """One row per person of `told.people`: person, household_key, how, since (null if unknown).

    household_key is a register's household_hash, or the person who founds a household outside it.
    """
    known = bench.keep("household_resident", residents(bench, told, on))
    tied = bench.keep("household_tie", ties(told, pairs(bench, told, known), known))
    adults = tied.filter(~_.is_minor)
    first = bench.keep("household_first_move", _chosen(adults))
    moved = bench.keep("household_adult_move", _again(adults, first))
    now = _placed(known, moved)
    toward = (
        tied.filter(_.is_minor).drop("home").join(now.select(other=_.person, home=_.home), "other")
    )
    brought = bench.keep("household_minor_move", _chosen(_still_apart(toward, known)))
    moves = bench.keep("household_move", moved.union(brought))
    moves = bench.keep("household_moved", moves.union(_followers(known, moves)))
    every = known.left_join(moves, "person", rname="new_{name}")
    joined = every.new_home.notnull()
    return every.select(
        "person",
        household_key=ibis.coalesce(every.new_home, every.home),
        how=ibis.ifelse(joined, every.new_how, every.how),
        since=ibis.ifelse(joined, every.day, every.since),
    )


def _chosen(tied: ir.Table) -> ir.Table:
    """(person, home, how, day) of those whose surest evidence points to one home only."""
    surest = tied.group_by("person").agg(strength=_.strength.min())
    best = tied.semi_join(surest, ["person", "strength"])
    told = best.group_by("person").agg(
        home=_.home.min(), last=_.home.max(), how=_.how.min(), day=_.day.min()
    )
    return told.filter(_.home == _.last).drop("last")


def _again(tied: ir.Table, first: ir.Table) -> ir.Table:
    """The moves toward people who stay themselves, now that it is known who is about to move.

    Whom that leaves with one home only moves after all, unless others move toward them.
    """
    stay = tied.anti_join(first.select(other=_.person), "other")
    second = _chosen(stay)
    still = stay.anti_join(second.select(other=_.person), "other")
    return _chosen(still.semi_join(second, "person"))


def _placed(known: ir.Table, moves: ir.Table) -> ir.Table:
    moved = known.left_join(moves.select("person", now=_.home), "person")
    return moved.select("person", home=ibis.coalesce(moved.now, moved.home))


def _still_apart(tied: ir.Table, known: ir.Table) -> ir.Table:
    there = known.select("person", own=_.home)
    return tied.join(there, "person").filter(_.home != _.own).drop("own")


def _followers(known: ir.Table, moves: ir.Table) -> ir.Table:
    """Whom those who moved take along from their old home, if all who moved went to one home."""
    old = known.select("person", "door", "register_door", "age", old=_.home, lone=_.lone)
    gone = moves.join(old.filter(~_.lone), "person")
    targets = gone.group_by("old").agg(home=_.home.min(), last=_.home.max(), day=_.day.min())
    targets = targets.filter(_.home == _.last).drop("last")
    stayed = known.filter(_.is_living, ~_.lone, _.is_sure).anti_join(moves, "person")
    adults = stayed.filter(_.age.fill_null(ADULT) >= ADULT)
    left = stayed.select("person", "door", "register_door", "age", old=_.home).join(targets, "old")
    deserted = left.filter(_.age < ADULT).anti_join(adults.select(old=_.home), "old")
    beside = left.filter((_.door != _.register_door).fill_null(False)).semi_join(
        gone, ["old", "door"]
    )
    both = deserted.select("person", "home", "day", "age").union(
        beside.select("person", "home", "day", "age"), distinct=True
    )
    return both.select(
        "person",
        "home",
        how=ibis.ifelse(both.age < ADULT, "child", "living_here").fill_null("living_here"),
        day=_.day,
    )
