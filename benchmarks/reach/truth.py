"""What is true of the synthetic county: who lives where, who is in need since when, who paid what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from flows.home import Home
from flows.ledger import Ledger
from flows.synth.calendar import Calendar, day_number
from flows.synth.places import places_of
from flows.synth.world import World, imagine

YEAR = 365


@dataclass(frozen=True)
class Need:
    """One household's need: its kind, since when, how grave (1 to 3), whether a source shows it."""

    kind: str
    since: date
    severity: int
    visible: bool


@dataclass(frozen=True)
class Truth:
    """The county as it is. Households are the generator's own, by number.

    homes: the townships in which living members of a household live. doors: households by township.
    """

    needs: dict[int, Need]
    household: dict[int, int]
    homes: dict[int, frozenset[str]]
    doors: dict[str, list[int]]
    world: World

    def in_need(self, household: int, on: date) -> bool:
        """Whether a household is truly in need on a day."""
        need = self.needs.get(household)
        return need is not None and need.since <= on

    def largest_bills(self, on: date) -> dict[int, float]:
        """Each household's single largest personal bill of the 365 days before a night, in yuan."""
        night = day_number(on)
        bills = self.world.bills.filter(
            ~pl.col("refund") & pl.col("settled_on").is_between(night - YEAR, night - 1)
        )
        homes = self.world.people.select("person", "household")
        largest = bills.join(homes, on="person").group_by("household").agg(pl.col("personal").max())
        return dict(largest.iter_rows())


def truth_of(home: Home, *, residents: int, nights: int, first_night: date, seed: int) -> Truth:
    """The truth of a HOME that was made with these numbers."""
    persons = pl.read_parquet(home.root / "truth" / "persons.parquet")
    needs = pl.read_parquet(home.root / "truth" / "hardship.parquet")
    living = persons.filter(pl.col("died").is_null() & (pl.col("group") != "collective"))
    homes = living.drop_nulls("township_code").group_by("household").agg(pl.col("township_code"))
    calendar = Calendar(first_night=first_night, nights=nights)
    places = places_of(home.config.site.county, STORY_VILLAGE, seed)
    return Truth(
        needs={row["household"]: _need(row) for row in needs.iter_rows(named=True)},
        household=dict(persons.select("truth_person", "household").iter_rows()),
        homes={household: frozenset(codes) for household, codes in homes.iter_rows()},
        doors=_doors(living),
        world=imagine(places, calendar, residents=residents, seed=seed, story_name=None),
    )


STORY_VILLAGE = "370881102227"


def _need(row: dict[str, object]) -> Need:
    return Need(**{name: row[name] for name in ("kind", "since", "severity", "visible")})  # type: ignore[arg-type]


def _doors(living: pl.DataFrame) -> dict[str, list[int]]:
    """Each household under the township of its first member who lives in the county."""
    at_home = living.drop_nulls("township_code").sort("household", "truth_person")
    first = at_home.unique("household", keep="first", maintain_order=True)
    grouped = first.group_by("township_code", maintain_order=True).agg("household")
    return dict(grouped.sort("township_code").iter_rows())


def true_persons(home: Home, ledger: Ledger, link: pl.DataFrame) -> pl.DataFrame:
    """person_id, household_id and the true person most of the linked rows are about."""
    rows = pl.read_parquet(home.root / "truth" / "rows.parquet").select(
        "source", "file_name", "row", "truth_person"
    )
    files = pl.DataFrame(
        [(one.delivery, one.file_name) for one in ledger.deliveries()],
        schema={"delivery": pl.String, "file_name": pl.String},
        orient="row",
    )
    known = link.join(files, on="delivery").join(rows, on=["source", "file_name", "row"])
    votes = known.drop_nulls("truth_person").group_by("person_id", "household_id", "truth_person")
    return (
        votes.len()
        .sort("person_id", "len", "truth_person", descending=[False, True, False])
        .unique("person_id", keep="first", maintain_order=True)
        .select("person_id", "household_id", "truth_person")
    )


def days(first: date, count: int) -> list[date]:
    """So many days from a first one."""
    return [first + timedelta(days=at) for at in range(count)]
