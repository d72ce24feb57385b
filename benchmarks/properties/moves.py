"""What each signal says is worse, and a world in which just that has become worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from benchmarks.properties.dice import FEN, Dice
from benchmarks.properties.worlds import Row, World
from data_contracts.policy.terms import Worse

Way = Worse | tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """That something is worse one way: the cells of a column, or (without a column) the rows."""

    table: str
    column: str
    way: Way

    def __str__(self) -> str:
        """The claim as a signal writes it."""
        return f"{self.table}.{self.column}" if self.column else self.table


def claims(worse: Mapping[str, Way]) -> list[Claim]:
    """The claims of a signal, or of any such declaration."""
    parted = [(name.partition("."), way) for name, way in worse.items()]
    return [Claim(table, column, way) for (table, __, column), way in parted]


def worsened(world: World, claim: Claim, dice: Dice) -> World | None:
    """The world with one thing worse as claimed; None where nothing of it can get worse."""
    if not claim.column:
        return _rows(world, claim, dice)
    rows = world.get(claim.table, [])
    for at in dice.rng.sample(range(len(rows)), len(rows)):
        cell = _worse(rows[at].get(claim.column), claim.way, dice)
        row = rows[at] | {claim.column: cell}
        if cell is not None and _is_comparable(rows[at], row, rows):
            after = world | {claim.table: [*rows[:at], row, *rows[at + 1 :]]}
            return _died(after, row) if str(claim) == "death.confirmed" else after
    return None


def _worse(old: Any, way: Way, dice: Dice) -> Any:
    """A worse value than `old`; None where there is none or the old one is unknown."""
    if isinstance(way, tuple):
        later = way[way.index(old) + 1 :] if old in way else ()
        return dice.rng.choice(later) if later else None
    if old is None or (way is Worse.LOWER and old <= 0):
        return None
    if isinstance(old, int):
        step = dice.rng.randint(1, 5)
        return old + step if way is Worse.HIGHER else max(old - step, 0)
    sums = [each + dice.rng.choice([-FEN, Decimal(0), FEN]) for each in dice.sums]
    if way is Worse.HIGHER:
        return dice.rng.choice([old + FEN, old + 100, old * 2 + 1, *(s for s in sums if s > old)])
    return dice.rng.choice(
        [old - FEN, (old / 2).quantize(FEN, ROUND_DOWN), 0, *(s for s in sums if 0 <= s < old)]
    )


def _rows(world: World, claim: Claim, dice: Dice) -> World | None:
    rows = world.get(claim.table, [])
    if claim.table == "people":
        return world | {"people": [*rows, _child(world, dice)]}
    if not rows:
        return None
    if claim.way is Worse.LOWER:
        at = dice.rng.randrange(len(rows))
        return world | {claim.table: [*rows[:at], *rows[at + 1 :]]}
    people = [row["person_id"] for row in world["people"]]
    more = dice.one_more(claim.table, dice.rng.choice(rows), people, f"+{len(rows)}")
    return world | {claim.table: [*rows, more]} if _is_bill(more) else None


def _is_bill(row: Row) -> bool:
    """Neither flagged as given back nor negative; rows of other tables have neither."""
    return row.get("is_refund") != "yes" and all(part >= 0 for part in _sums(row))


def _child(world: World, dice: Dice) -> Row:
    """One more mouth in some household."""
    home = dice.rng.choice(world["people"]).get("household_id")
    age = dice.rng.randint(0, 17)
    return {
        "person_id": "newborn",
        "household_id": home,
        "relation": "son",
        "age": age,
        "life_status": "alive",
        "household_kind": "family",
        "in_register": True,
    }


def _is_comparable(before: Row, after: Row, rows: list[Row]) -> bool:
    """Is it the same bill, only larger?

    A refund is no bill. And a refund without a number is paired by the person and the amounts, and
    taken from no bill that is smaller: a bill that reaches or passes the amount of a refund would be
    another one.
    """
    if before.get("is_refund") == "yes":
        return False
    refunds = [
        row
        for row in rows
        if row.get("is_refund") == "yes" and row["person_id"] == before["person_id"]
    ]
    return not any(_crosses(before, after, refund) for refund in refunds)


def _crosses(before: Row, after: Row, refund: Row) -> bool:
    """Whether the whole sum, or the person's share, passes the refund's on its way."""
    passed = zip(_sums(before), _sums(after), _sums(refund), strict=True)
    return any(min(was, will) <= abs(back) <= max(was, will) for was, will, back in passed)


def _sums(row: Row) -> tuple[Any, Any]:
    share = row.get("personal_amount") or 0
    return row.get("total_amount") or share, share


def _died(world: World, death: Row) -> World:
    """What people are known to be follows from the confirmed report (transforms/profile.py)."""
    people = [
        row | {"life_status": "dead"} if row["person_id"] == death["person_id"] else row
        for row in world["people"]
    ]
    return world | {"people": people}
