"""A workbench without an engine: it keeps the questions and answers with tables without rows.

Only what can be answered by yes and no is answered: by yes, so that nothing stays unasked.
"""

from collections.abc import Callable

import ibis
import pyarrow as pa
from ibis.expr.types import Table


class Unbound:
    """Everything that was asked of it, each question once, by the name it was kept under."""

    def __init__(self) -> None:
        self.asked: dict[Table, str] = {}

    def keep(self, name: str, rows: Table) -> Table:
        self.asked.setdefault(rows, name)
        return ibis.table(rows.schema(), name=name)

    def answer(
        self, name: str, questions: Table, function: Callable[[pa.Table], pa.Table]
    ) -> Table:
        self.asked.setdefault(questions, name)
        schema = questions.schema().to_pyarrow()
        yes = dict.fromkeys(schema.names, True)
        is_yes_or_no = all(pa.types.is_boolean(field.type) for field in schema)
        answers = function(pa.Table.from_pylist([yes] if is_yes_or_no else [], schema))
        return ibis.table(ibis.Schema.from_pyarrow(answers.schema), name=name)

    def drop(self, *names: str) -> None:
        """There is nothing to drop."""
