"""Which counts are told, of what, and which of them add up to which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from flows.yields import counting, hiding
from flows.yields.counting import TOTAL, Cell, Chain
from flows.yields.groups import GROUPINGS, area_of, with_person_groups, with_place_groups
from flows.yields.hiding import Line, Told

MONTH, SIGNAL = "month", "signal"
AREA, TOWNSHIP = "area", "township"

Cells = Mapping[Cell, tuple[Told, ...]]


def grouped_orders(orders: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Orders with a column per grouping: sex, age and number of the lead, place and month of issue."""
    leads = people.select("person_id", "sex", "age", "has_number")
    known = with_person_groups(orders.join(leads, on="person_id", how="left"))
    return with_place_groups(known).with_columns(month=_month("issued_on"))


def order_cells(orders: pl.DataFrame) -> Cells:
    """Orders, visited, confirmed, helped; `orders` as `grouped_orders` gives them."""
    named = orders.explode("signals").select(*counting.ORDERS[1:], group="signals")
    counts = counting.by_order(orders, {**_by(orders, [*GROUPINGS, MONTH]), SIGNAL: named})
    return hiding.told(
        counts, [*_lines(counts, ["sex", "age", "number", MONTH, SIGNAL]), *_places(counts)]
    )


def household_cells(flagged: pl.DataFrame) -> Cells:
    """Flagged households and those with an order that names what was found.

    A household stands in its members' township with the lowest code and the month of its first
    finding.
    """
    what = {"township_code": pl.col("township_code").min(), "issued": pl.col("issued").any()}
    homes = with_place_groups(
        flagged.group_by("household_id").agg(**what, first_found=pl.col("first_found").min())
    ).with_columns(month=_month("first_found"))
    named = flagged.group_by("household_id", group="signal").agg(issued=what["issued"])
    counts = counting.by_household(homes, {**_by(homes, [TOWNSHIP, MONTH]), SIGNAL: named})
    return hiding.told(counts, _lines(counts, [TOWNSHIP, MONTH, SIGNAL]))


def person_cells(people: pl.DataFrame, flagged: pl.DataFrame) -> Cells:
    """People, flagged ones, and those of them with an order that names what was found."""
    found = flagged.group_by("person_id").agg(pl.col("issued").any(), flagged=pl.lit(True))
    known = people.join(found, on="person_id", how="left")
    rows = with_place_groups(with_person_groups(known))
    counts = counting.by_person(rows, _by(rows, GROUPINGS))
    return hiding.told(counts, [*_lines(counts, ["sex", "age", "number"]), *_places(counts)])


def groups_of(grouping: str, *tables: Cells) -> list[str]:
    """The groups that any of the tables counts, in order of their keys."""
    return sorted({group for cells in tables for name, group in cells if name == grouping})


def _by(rows: pl.DataFrame, names: Iterable[str]) -> dict[str, pl.DataFrame]:
    return {name: rows.with_columns(group=pl.col(name)) for name in names}


def _month(day: str) -> pl.Expr:
    return pl.col(day).dt.strftime("%Y-%m")


def _lines(counts: Mapping[Cell, Chain], names: Sequence[str]) -> list[Line]:
    """All together is the sum of the groups of each grouping.

    Of signals the sum is not less: an order may name several. Often it names one, so it counts here.
    """
    return [(TOTAL, [cell for cell in sorted(counts) if cell[0] == name]) for name in names]


def _places(counts: Mapping[Cell, Chain]) -> list[Line]:
    """All together is the sum of the areas, and each area that of its townships."""
    townships = [cell for cell in sorted(counts) if cell[0] == TOWNSHIP]
    areas = [cell for cell in sorted(counts) if cell[0] == AREA]
    inside = [(area, [one for one in townships if area_of(one[1]) == area[1]]) for area in areas]
    return [(TOTAL, areas), *inside]
