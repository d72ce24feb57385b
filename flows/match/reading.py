"""Read every distinct value of the landed tables once, by the pure functions of the matchers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from data_contracts.codes import KINSHIP
from data_contracts.terms import AMBIGUOUS
from flows import reference
from flows.engine import Engine
from flows.match.fields import FIELDS, PARTS, Reading
from flows.match.landing import Landed
from flows.match.plain import odd
from matchers.birth_dates import day_comes_first, read_birth_dates
from matchers.identity_number import read_numbers
from matchers.names import read_names
from matchers.phones import read_phones
from matchers.sexes import read_sexes
from matchers.text_levels import read_texts
from transforms.cells import narrowed_word

PARENTS = "match_parent"
_NOTHING = pa.array([], pa.string())


def reading_table(reading: Reading) -> str:
    """The table of a reading: `value`, each once, and what is read in it."""
    return f"match_{reading}"


def begin(engine: Engine) -> None:
    """Make the reading tables, empty."""
    for reading, reader in _READERS.items():
        engine.register(reading_table(reading), reader(_NOTHING))
    engine.register(PARENTS, _parents_of(_NOTHING))


def read_values(engine: Engine, table: Landed) -> None:
    """Read what a landed table says that no table before it said."""
    # What 02/01/1990 means may differ between files.
    engine.register(reading_table(Reading.BIRTH), _READERS[Reading.BIRTH](_NOTHING))
    for reading, reader in _READERS.items():
        name = reading_table(reading)
        selects = [
            f"SELECT {odd(field)} AS value FROM {table.name}" for field in fields(table, reading)
        ]
        if selects:
            _remember(engine, name, reader(_unknown(engine, name, " UNION ALL ".join(selects))))
    parents = f"SELECT parent_name_key AS value FROM {reading_table(Reading.NAME)}"
    _remember(engine, PARENTS, _parents_of(_unknown(engine, PARENTS, parents)))


def forget(engine: Engine) -> None:
    """Drop the reading tables."""
    engine.drop(*(reading_table(reading) for reading in _READERS), PARENTS)


def _unknown(engine: Engine, name: str, values: str) -> Any:
    """The values, each once, that a reading table has not got yet."""
    return engine.arrow(
        f"SELECT DISTINCT value FROM ({values}) ANTI JOIN {name} USING (value) WHERE value IS NOT NULL"
    )["value"]


def _remember(engine: Engine, name: str, answers: pa.Table) -> None:
    engine.duckdb.register("match_answers", answers)
    engine.duckdb.execute(f"INSERT INTO {name} FROM match_answers")
    engine.duckdb.unregister("match_answers")


def names_of(values: Any) -> pa.Table:
    """Names as the matchers read them."""
    return read_names(values, reference.private_use_characters())


def fields(table: Landed, reading: Reading) -> Iterator[str]:
    """The fields of a table that are read so; extra columns are text, parts of names are both."""
    for field in table.fields:
        is_part = field in PARTS and not table.has_name
        if FIELDS.get(field, Reading.TEXT) is reading or (is_part and reading is Reading.NAME):
            yield field


def _births(values: Any) -> pa.Table:
    return read_birth_dates(values, day_comes_first(values))


def _relations(values: Any) -> pa.Table:
    """The canonical words of GB/T 4761; null for what is unknown or means two things."""
    words = [KINSHIP.get(narrowed_word(value)) for value in values.to_pylist()]
    said = [None if word == AMBIGUOUS else word for word in words]
    return pa.table({"value": values, "relation": pa.array(said, pa.string())})


def _codes(values: Any) -> pa.Table:
    """Numbers of a household as texts; only zeros number nobody."""
    read = read_texts(values)
    text = pc.if_else(pc.match_substring_regex(read["text"], "^0+$"), pa.scalar(None), read["text"])
    return read.set_column(1, "text", text)


def _parents_of(names: Any) -> pa.Table:
    """The bags of the parents' names in 张三之子."""
    return names_of(names).select(["value", "name_bag"])


_READERS: dict[Reading, Callable[[Any], pa.Table]] = {
    Reading.NUMBER: read_numbers,
    Reading.NAME: names_of,
    Reading.PHONE: read_phones,
    Reading.SEX: read_sexes,
    Reading.BIRTH: _births,
    Reading.RELATION: _relations,
    Reading.TEXT: read_texts,
    Reading.CODE: _codes,
}
