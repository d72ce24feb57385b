"""Which columns of a table say anything: keys and fields that nobody fills need no query."""

from __future__ import annotations

from collections.abc import Iterable

import ibis.expr.types as ir

from matchers.workbench import Workbench, fetched


def speaking(bench: Workbench, rows: ir.Table, columns: Iterable[str]) -> set[str]:
    """Those of the columns that are there and not null in every row."""
    present = sorted({*columns} & {*rows.columns})
    if not present:
        return set()
    some = {name: rows[name].notnull().max() for name in present}
    (said,) = fetched(bench, "speaking", rows.aggregate(**some)).to_pylist()
    return {name for name in present if said[name]}
