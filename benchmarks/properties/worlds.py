"""Small worlds to try rules on: rows by table, from the drawn examples that the signals' tests state."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from random import Random
from typing import Any

import pyarrow as pa
from ibis import schema

from data_contracts.records import RECORDS
from tests.signals.world import example_of
from transforms.known import PEOPLE, REFUSALS, facts_schema
from transforms.signal import Signal
from transforms.signals import SIGNALS

Row = dict[str, Any]
World = dict[str, list[Row]]
"""The rows of one trial by table, unknown cells left out; ids are unique within the world."""

SCHEMAS = {
    **{name: facts_schema(name) for name in RECORDS},
    "people": PEOPLE,
    "refusal": REFUSALS,
}
IDS = ("person_id", "household_id", "record_key")


def example(signal: Signal) -> World:
    """The rows of a signal's own example, and no rows of what else it reads of records.

    What the example draws as found is left out, for the rules to find.
    """
    return _example(signal.name)


@cache
def _example(name: str) -> World:
    signal = SIGNALS[name]
    drawn = example_of(signal)
    return {
        each: [
            {key: cell for key, cell in row.items() if cell is not None}
            for row in drawn[each].to_pyarrow().to_pylist()
        ]
        for each in signal.reads
        if each in SCHEMAS
    }


def mixed(rng: Random, first: Signal, others: Iterable[Signal]) -> World:
    """The people of a signal's example, with what it and the examples of five others say of them."""
    chosen = [first, *rng.choices(list(others), k=5)]
    world: World = {"people": example(first)["people"]}
    for number, one in enumerate(chosen):
        for name, rows in example(one).items():
            if name != "people":
                told = [_numbered(row, number) for row in rows]
                world[name] = world.get(name, []) + told
    return world


def _numbered(row: Row, number: int) -> Row:
    """A row with a key of its own, where it has one."""
    return row | {"record_key": f"{number}{row['record_key']}"} if "record_key" in row else row


def tables_of(worlds: Iterable[tuple[str, World]]) -> dict[str, pa.Table]:
    """Every table with the rows of all worlds; a world's name begins each of its ids."""
    columns: dict[str, dict[str, list[Any]]] = {
        table: {name: [] for name in names} for table, names in SCHEMAS.items()
    }
    for world_name, world in worlds:
        for table, rows in world.items():
            for column, cells in columns[table].items():
                told = [row.get(column) for row in rows]
                if column in IDS:
                    told = [None if each is None else f"{world_name}.{each}" for each in told]
                cells += told
    return {
        table: pa.table(cells, schema=schema(SCHEMAS[table]).to_pyarrow())
        for table, cells in columns.items()
    }
