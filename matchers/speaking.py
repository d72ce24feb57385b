"""Which columns of a table say anything: keys and fields that nobody fills need no query."""

from __future__ import annotations

from collections.abc import Iterable

import ibis.expr.types as ir
import pyarrow as pa

from matchers.workbench import Workbench


def speaking(bench: Workbench, rows: ir.Table, columns: Iterable[str]) -> set[str]:
    """Those of the columns that are there and not null in every row."""
    present = sorted({*columns} & {*rows.columns})
    if not present:
        return set()
    fetched: list[pa.Table] = []

    def keep(answer: pa.Table) -> pa.Table:
        fetched.append(answer)
        return answer

    some = {name: rows[name].notnull().max() for name in present}
    bench.answer("speaking", rows.aggregate(**some), keep)
    (said,) = fetched[0].to_pylist()
    return {name for name in present if said[name]}
