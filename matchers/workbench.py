"""What linking asks of an engine: keep rows, and let Python answer for distinct values.

`flows` implements it for DuckDB; nothing in this room knows which engine it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import ibis.expr.types as ir
import pyarrow as pa


class Workbench(Protocol):
    """An engine as linking sees it."""

    def keep(self, name: str, rows: ir.Table) -> ir.Table:
        """Compute the rows now and keep them as a table of that name."""
        ...

    def answer(
        self, name: str, questions: ir.Table, function: Callable[[pa.Table], pa.Table]
    ) -> ir.Table:
        """Fetch the questions, let the function answer them, keep the answers as a table."""
        ...

    def drop(self, *names: str) -> None:
        """Forget tables that are no longer needed."""
        ...


def fetched(bench: Workbench, name: str, questions: ir.Table) -> pa.Table:
    """The rows a question gives, brought into this process; `name` is free afterwards."""
    rows: list[pa.Table] = []

    def keep(answer: pa.Table) -> pa.Table:
        rows.append(answer)
        return answer

    bench.answer(name, questions, keep)
    return rows[0]
