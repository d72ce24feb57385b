"""What the publishing stages share about the night that is being made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flows.assess import Question
from flows.engine import Engine
from flows.home import Config, Home
from flows.identify import Minted
from flows.inputs import Inputs
from flows.ledger import Delivery, Ledger, WorkOrder
from flows.returns.taken import Visit
from flows.visitors import Visitor
from matchers.model import Model


@dataclass(frozen=True, kw_only=True)
class Tonight:
    """The night's inputs and the engine that holds its tables."""

    home: Home
    engine: Engine
    ledger: Ledger
    config: Config
    inputs: Inputs
    question: Question
    deliveries: list[Delivery]
    newest: Mapping[str, date]
    model: Model
    minted: Minted
    visitors: tuple[Visitor, ...]
    has_before: bool
    """Whether it is known whose each record was when the last night ended."""

    @cached_property
    def issued(self) -> list[WorkOrder]:
        """Every order issued before tonight, in the order of issue."""
        return self.ledger.orders(self.inputs.ledger_position)

    @cached_property
    def visits(self) -> dict[str, Visit]:
        """The last result of each visited order by its number, as known tonight."""
        return self.ledger.visits(self.inputs.ledger_position)

    def count(self, sql: str) -> int:
        """The single number a query gives."""
        (found,) = self.engine.duckdb.execute(sql).fetchone() or (0,)
        return int(found)

    def rows(self, sql: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a small query."""
        return self.engine.rows(sql, values)
