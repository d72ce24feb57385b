"""The frame every risk signal stands in: meaning, reference, parameters, sentences, rule.

A rule is a pure function whose argument names say what it reads: records by name, `people`,
`found` (the proofs of the plain signals, for a compound one), `refusal` (what visits came to), `limits` (its parameters' values on
the day), `coverage` and `on`. It returns the rows that prove its findings: person_id, record_key,
occurred_on, measure, severity. One finding is all proof rows of one person; `measure` is what was
compared with the threshold, and a larger measure is never the lesser need.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import ibis
import ibis.expr.types as ir

from data_contracts.policy.terms import Parameter, Worse
from data_contracts.purposes import is_closed
from data_contracts.terms import Purpose, Reference
from transforms.coverage import Coverage
from transforms.purpose import permitted

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


FOUND = {**PROOF_SCHEMA, "family": "string"}
"""The proofs of the plain signals as a compound signal reads them; family is the code's letter."""


class LeadsTo(StrEnum):
    """What a finding leads to: a visit, a review of help being given, or a note on the order."""

    VISIT = "visit"
    REVIEW = "review"
    NOTE = "note"


class RenewedBy(StrEnum):
    """What makes the same finding new evidence after a visit: a further event, or growth alone."""

    EVENT = "event"
    GROWTH = "growth"


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One risk signal. Its name is its file's name and its function's name.

    `county_sentence` and `township_sentence` may use {amount}, {count}, {month} and {age}; the
    township's must be fit to be read out to the family: no diagnosis, no police word, no score.
    A sensitive kind has no `township_sentence`: it reaches the county only.
    `answered_by` lists assistance categories that, granted after the fact, answer the need.
    `history` names the record and the parameter (days) of history needed before anything is 'new'.
    `worse` says which way is worse: for `record.column` the direction, or its codes from good to
    bad; for `record` alone that one more such row is. Moving so never clears or lowers a finding.
    """

    name: str
    code: str
    title: str
    means: str
    reference: Reference
    parameters: tuple[Parameter, ...]
    county_sentence: str
    township_sentence: str | None
    verify: str
    answered_by: tuple[str, ...]
    history: tuple[str, str] | None
    leads_to: LeadsTo
    renewed_by: RenewedBy
    worse: Mapping[str, Worse | tuple[str, ...]]
    reads: tuple[str, ...]
    rule: Callable[..., ir.Table]

    def __post_init__(self) -> None:
        closed = [name for name in self.reads if is_closed(name, self.purpose)]
        if closed:
            raise ValueError(
                f"{self.name}: {'、'.join(closed)} 的来源没有声明用途 {self.purpose.value},信号不得读取;"
                "请在 data_contracts/sources/ 写明 purposes,或不要读它"
            )
        if self.is_compound and self.purpose is Purpose.REVIEW:
            raise ValueError(f"{self.name}: 为帮助而发现的情况不得用于在册复核")

    @property
    def purpose(self) -> Purpose:
        """What it uses data for: finding who needs help, or looking again at help being given."""
        return Purpose.REVIEW if self.leads_to is LeadsTo.REVIEW else Purpose.FIND

    @property
    def family(self) -> str:
        """The kind of need: M medical, D dependants, S social insurance, R housing, P events ..."""
        return self.code[0]

    @property
    def is_sensitive(self) -> bool:
        """Whether nothing of it may stand on a township's sheet."""
        return self.township_sentence is None

    @property
    def is_compound(self) -> bool:
        """Whether it is asked of what the plain signals found."""
        return "found" in self.reads

    def proofs(
        self,
        tables: Mapping[str, ir.Table],
        limits: SimpleNamespace,
        coverage: Coverage,
        on: date,
    ) -> ir.Table:
        """The rows that prove this signal on a day, in the columns of PROOF_SCHEMA.

        The rule is given no column whose declared purposes do not cover the signal's.
        """
        given: dict[str, Any] = {"limits": limits, "coverage": coverage, "on": on}
        given |= {name: permitted(tables[name], name, self.purpose) for name in self.reads}
        found = self.rule(**{name: given[name] for name in inspect.signature(self.rule).parameters})
        return found.select(
            signal=ibis.literal(self.name),
            person_id=found.person_id,
            record_key=found.record_key,
            occurred_on=found.occurred_on.cast("date"),
            measure=found.measure.cast("decimal(16, 2)"),
            severity=found.severity.cast("int8"),
        ).distinct()


@dataclass(frozen=True, kw_only=True)
class Dormant:
    """A signal that sleeps because no extract carries what it needs; `lacking` says what, of whom."""

    name: str
    code: str
    title: str
    means: str
    reference: Reference
    lacking: str


def signal(
    *,
    code: str,
    title: str,
    reference: Reference,
    parameters: tuple[Parameter, ...],
    county_sentence: str,
    township_sentence: str | None,
    verify: str,
    answered_by: tuple[str, ...] = (),
    history: tuple[str, str] | None = None,
    leads_to: LeadsTo = LeadsTo.VISIT,
    renewed_by: RenewedBy = RenewedBy.GROWTH,
    worse: Mapping[str, Worse | tuple[str, ...]],
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
            leads_to=leads_to,
            renewed_by=renewed_by,
            worse=dict(worse),
            reads=tuple(name for name in arguments if name not in {"limits", "coverage", "on"}),
            rule=rule,
        )

    return declare
