"""Need follows from means and costs: no file, code or threshold decides who is in need."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from flows.synth.calendar import Calendar
from flows.synth.hardship import WANT, hardship
from flows.synth.places import places_of
from flows.synth.shocks import HIDDEN_KINDS
from flows.synth.world import imagine


@pytest.fixture(scope="module")
def world():
    calendar = Calendar(first_night=date(2026, 11, 15), nights=5)
    places = places_of("370881", "370881102227", 3)
    return imagine(places, calendar, residents=4000, seed=3, story_name=None)


def _in_need(world, **means):
    changed = replace(world, people=world.people.with_columns(**means))
    return set(hardship(changed)["household"])


def test_a_few_of_a_hundred_households_are_in_need_and_each_is_told_once(world):
    need = hardship(world)
    assert need["household"].is_unique().all()
    assert 0.005 < need.height / world.people["household"].n_unique() < 0.05


def test_nobody_with_great_savings_is_in_need_whatever_befell_them(world):
    assert _in_need(world, assets=pl.lit(1e8)) == set()


@pytest.mark.parametrize(
    "worse",
    [{"assets": pl.lit(0.0)}, {"kin": pl.lit(0.0)}, {"debts": pl.col("debts") + 20_000.0}],
    ids=["no savings", "no kin", "more debts"],
)
def test_worse_means_help_nobody_out_of_need_and_bring_others_into_it(world, worse):
    assert _in_need(world, **worse) > _in_need(world)


def test_a_dearer_bill_helps_nobody_out_of_need(world):
    dearer = replace(world, bills=world.bills.with_columns(personal=pl.col("personal") * 3.0))
    assert set(hardship(dearer)["household"]) > _in_need(world)


def test_small_bills_are_a_calamity_where_there_is_nothing(world):
    """Each bill far below every threshold of a signal, in a county without savings, kin or spare income."""
    small = replace(
        world,
        bills=world.bills.with_columns(personal=pl.lit(500.0)),
        people=world.people.with_columns(
            income=pl.lit(5_000.0), assets=pl.lit(0.0), kin=pl.lit(0.0), debts=pl.lit(0.0)
        ),
    )
    assert hardship(small).filter(pl.col("kind") == "illness").height > 100


def test_want_and_the_hidden_kinds_show_in_no_source_and_the_others_do(world):
    need = hardship(world).select("kind", "visible").unique()
    hidden = set(need.filter(~pl.col("visible"))["kind"])
    assert hidden <= {WANT, *HIDDEN_KINDS}
    assert hidden.isdisjoint(need.filter("visible")["kind"])
