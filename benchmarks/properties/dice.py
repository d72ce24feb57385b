"""Random changes to a world: values near the policy's limits, days around its windows, unknowns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from benchmarks.properties.policy import POLICY
from benchmarks.properties.worlds import IDS, SCHEMAS, Row, World
from data_contracts.policy.terms import ValueKind
from data_contracts.records import RECORDS
from data_contracts.terms import FactType
from tests.signals.asking import ON
from transforms.signal import Signal

FEN = Decimal("0.01")
_OFTEN, _SELDOM, _KEEN = 0.07, 0.02, 0.4
_ASIDE = (Decimal(-100), -FEN, Decimal(0), FEN, Decimal(100))
_DIAGNOSES = ("C34", "N18.0", "n180", "J18.9")
_LIFE = ("alive", "death_pending", "dead")


def codes_of(table: str, column: str) -> tuple[str, ...]:
    """The codes a column may have, empty for what is no code; people are coded as the register is."""
    if (table, column) == ("people", "life_status"):
        return _LIFE
    if column.startswith("diagnosis_"):
        return _DIAGNOSES
    record = RECORDS.get("resident" if table == "people" else table)
    return record.columns[column].one_of if record and column in record.columns else ()


@dataclass(frozen=True)
class Dice:
    """Chance, and the limits that values are drawn near to: days, sums of money and counts."""

    rng: Random
    days: tuple[int, ...]
    sums: tuple[Decimal, ...]
    counts: tuple[int, ...]

    @classmethod
    def near(cls, signals: Iterable[Signal], rng: Random) -> Dice:
        """Dice that draw near the limits of some signals."""
        limits: dict[ValueKind, set[Any]] = {kind: set() for kind in ValueKind}
        for signal in signals:
            values = vars(POLICY.limits(signal, ON))
            for each in signal.parameters:
                if not isinstance(values[each.name], tuple):
                    limits[each.kind].add(values[each.name])
        return cls(
            rng=rng,
            days=tuple(sorted({0, *limits[ValueKind.DAYS]})),
            sums=tuple(sorted({Decimal(1000), *limits[ValueKind.MONEY]})),
            counts=tuple(sorted({1, *limits[ValueKind.COUNT]})),
        )

    def varied(self, world: World, keen: tuple[str, str] = ("", "")) -> World:
        """The world with rows more and fewer and cells redrawn, those of the `keen` column often."""
        people = [row["person_id"] for row in world["people"]]
        told = {"people": [self._varied("people", row, keen) for row in world["people"]]}
        for table, rows in world.items():
            if table != "people":
                kept = [row for row in rows if self.rng.random() > 0.15]
                copied = [self.one_more(table, row, people) for row in rows if self._is(0.15)]
                told[table] = [self._varied(table, row, keen) for row in kept] + copied
                if self._is(0.1 if rows else 0.5):
                    told[table].append(self._invented(table, people))
        return told

    def one_more(self, table: str, row: Row, people: list[str], key: str = "'") -> Row:
        """Another record like `row`, of the same or another person; of a bill perhaps its refund."""
        more = row | {"record_key": row["record_key"] + key}
        if self._is(0.2):
            more["person_id"] = self.rng.choice(people)
        if table == "settlement" and self._is(0.5):
            given_back = {name: -one for name, one in more.items() if isinstance(one, Decimal)}
            return more | given_back | {"is_refund": "yes"}
        return self._varied(table, more, ("", ""))

    def _invented(self, table: str, people: list[str]) -> Row:
        """A record of which every cell is drawn."""
        row: Row = {"record_key": "new", "person_id": self.rng.choice(people)}
        for column, kind in SCHEMAS[table].items():
            if column not in IDS:
                row[column] = self._cell(table, column, kind, None)
        return row

    def _varied(self, table: str, row: Row, keen: tuple[str, str]) -> Row:
        told = dict(row)
        for column, kind in SCHEMAS[table].items():
            if column not in IDS:
                likely = _OFTEN if column in row else _SELDOM
                if self._is(_KEEN if (table, column) == keen else likely):
                    told[column] = self._cell(table, column, kind, row.get(column))
        return told

    def _cell(self, table: str, column: str, kind: str, old: Any) -> Any:
        if self._is(0.15):
            return None
        if codes := codes_of(table, column):
            return self.rng.choice(codes)
        if kind == FactType.DATE:
            return self._day(old)
        if kind == FactType.MONEY:
            return self._sum(old)
        if kind == FactType.INTEGER:
            return self._count(old)
        return (not old) if kind == FactType.BOOLEAN else old

    def _day(self, old: date | None) -> date:
        if old is None or self._is(0.6):
            return ON - timedelta(days=self.rng.choice(self.days) + self.rng.randint(-1, 1))
        return old + timedelta(days=self.rng.randint(-40, 40))

    def _sum(self, old: Decimal | None) -> Decimal:
        if old is None or self._is(0.4):
            near = self.rng.choice(self.sums) + self.rng.choice(_ASIDE)
            return max(near, Decimal(0)).quantize(FEN)
        return (old * self.rng.choice([0, 50, 90, 100, 110, 150]) / 100).quantize(FEN)

    def _count(self, old: int | None) -> int:
        start = self.rng.choice(self.counts) if old is None or self._is(0.5) else old
        return max(start + self.rng.randint(-2, 2), 0)

    def _is(self, likely: float) -> bool:
        return self.rng.random() < likely
