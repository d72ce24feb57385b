"""Tables drawn with pipes, so that a test reads like the rule it proves."""

from collections.abc import Iterator

import ibis
import pyarrow as pa
import pyarrow.compute as pc
from ibis.expr.types import Table


def drawn(text: str, **types: str) -> Table:
    """The drawn table in Ibis; an empty cell is null, a column is text unless typed."""
    rows = arrow_of(text, **types)
    header = rows.column_names
    return ibis.memtable(rows, schema={name: types.get(name, "string") for name in header})


def arrow_of(text: str, **types: str) -> pa.Table:
    """The drawn table in Arrow; an empty cell is null, a column is text unless typed."""
    header, *rows = _cells_of(text)
    wrong = [row for row in rows if len(row) != len(header)]
    unknown = set(types) - set(header)
    if wrong or unknown:
        raise ValueError(f"rows of another length: {wrong}; types without column: {unknown}")
    columns = {name: [row[at] or None for row in rows] for at, name in enumerate(header)}
    return _typed(columns, ibis.schema({name: types.get(name, "string") for name in header}))


def _typed(columns: dict[str, list[str | None]], schema: ibis.Schema) -> pa.Table:
    arrow = schema.to_pyarrow()
    return pa.table(
        [pc.cast(pa.array(columns[field.name], pa.string()), field.type) for field in arrow],
        schema=arrow,
    )


def _cells_of(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line.strip() and set(line) - set("-+| "):
            yield [cell.strip() for cell in line.split("|")]
