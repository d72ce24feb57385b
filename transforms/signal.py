"""The frame every risk signal stands in: meaning, reference, parameters, sentences, rule.

A rule is a pure function whose argument names say what it reads: records by name, `people`,
`limits` (its parameters' values on the day), `coverage` and `on`. It returns the rows that prove
its findings: person_id, record_key, occurred_on, measure, severity. One finding is all proof rows
of one person; `measure` is what was compared with the threshold.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

import ibis
import ibis.expr.types as ir

from data_contracts.policy.terms import Parameter
from data_contracts.terms import Reference
from transforms.coverage import Coverage

RED, YELLOW, BLUE = 3, 2, 1
"""Severities as whole numbers, so that 'worse' is 'greater'."""

PROOF_SCHEMA = {
    "signal": "string",
    "person_id": "string",
    "record_key": "string",
    "occurred_on": "date",
    "measure": "decimal(16, 2)",
    "severity": "int8",
}


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One risk signal. Its name is its file's name and its function's name.

    `county_sentence` and `township_sentence` may use {amount}, {count}, {month} and {age}; the
    township's must be fit to be read out to the family: no diagnosis, no police word, no score.
    `answered_by` lists assistance categories that, granted after the fact, answer the need.
    `history` names the record and the parameter (days) of history needed before anything is 'new'.
    """

    name: str
    code: str
    title: str
    means: str
    reference: Reference
    parameters: tuple[Parameter, ...]
    county_sentence: str
    township_sentence: str
    verify: str
    answered_by: tuple[str, ...]
    history: tuple[str, str] | None
    reads: tuple[str, ...]
    rule: Callable[..., ir.Table]

    def proofs(
        self,
        tables: Mapping[str, ir.Table],
        limits: SimpleNamespace,
        coverage: Coverage,
        on: date,
    ) -> ir.Table:
        """The rows that prove this signal on a day, in the columns of PROOF_SCHEMA."""
        given: dict[str, Any] = {"limits": limits, "coverage": coverage, "on": on}
        wanted = inspect.signature(self.rule).parameters
        found = self.rule(
            **{name: given[name] if name in given else tables[name] for name in wanted}
        )
        return found.select(
            signal=ibis.literal(self.name),
            person_id=found.person_id,
            record_key=found.record_key,
            occurred_on=found.occurred_on.cast("date"),
            measure=found.measure.cast("decimal(16, 2)"),
            severity=found.severity.cast("int8"),
        ).distinct()


def signal(
    *,
    code: str,
    title: str,
    reference: Reference,
    parameters: tuple[Parameter, ...],
    county_sentence: str,
    township_sentence: str,
    verify: str,
    answered_by: tuple[str, ...] = (),
    history: tuple[str, str] | None = None,
) -> Callable[[Callable[..., ir.Table]], Signal]:
    """Declare the decorated function a signal; its docstring is its meaning."""

    def declare(rule: Callable[..., ir.Table]) -> Signal:
        arguments = tuple(inspect.signature(rule).parameters)
        return Signal(
            name=rule.__name__,
            code=code,
            title=title,
            means=inspect.getdoc(rule) or "",
            reference=reference,
            parameters=parameters,
            county_sentence=county_sentence,
            township_sentence=township_sentence,
            verify=verify,
            answered_by=answered_by,
            history=history,
            reads=tuple(name for name in arguments if name not in {"limits", "coverage", "on"}),
            rule=rule,
        )

    return declare
