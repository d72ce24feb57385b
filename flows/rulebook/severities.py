"""Which severities a signal can give, read out of its rule: nobody can forget to write it down."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import ibis
import ibis.expr.operations as ops

from data_contracts.policy.terms import Parameter, ValueKind
from data_contracts.records import RECORDS
from transforms.coverage import Coverage, Covered
from transforms.known import PEOPLE, REFUSALS, facts_schema
from transforms.signal import FOUND, Signal

_ON = date(2026, 1, 1)
_COMPLETE = Covered(complete_since=date(2000, 1, 1), latest=_ON, cadence_days=1)
_COVERAGE = Coverage(by_record=dict.fromkeys(RECORDS, _COMPLETE), on=_ON)
_EXAMPLES: dict[ValueKind, Any] = {
    ValueKind.MONEY: Decimal(1000),
    ValueKind.SHARE: Decimal("0.5"),
    ValueKind.MULTIPLE: Decimal(2),
    ValueKind.DAYS: 365,
    ValueKind.COUNT: 2,
}


def severities(signal: Signal) -> list[int]:
    """The severities that a signal's rule can give, the worst first, whatever the policy says."""
    tables = {name: ibis.table(facts_schema(name), name=f"fact_{name}") for name in RECORDS}
    tables["people"] = ibis.table(PEOPLE, name="people")
    tables["found"] = ibis.table(FOUND, name="found")
    tables["refusal"] = ibis.table(REFUSALS, name="refusal")
    limits = SimpleNamespace(**{each.name: _example(each) for each in signal.parameters})
    proofs = signal.proofs(tables, limits, _COVERAGE, _ON)
    return sorted(given(proofs["severity"].op()), reverse=True)


def _example(parameter: Parameter) -> Any:
    """A value of the parameter's kind: which one does not change what severities there are."""
    if parameter.kind is ValueKind.CODE:
        return parameter.one_of[0]
    if parameter.kind is ValueKind.CODES:
        return parameter.one_of or ("A00",)
    return _EXAMPLES[parameter.kind]


def given(value: Any) -> set[int]:
    """Every whole number that an expression of constants and conditions can come to."""
    match value:
        case ops.Literal():
            return set() if value.value is None else {int(value.value)}
        case ops.Field():
            return _given_by_table(value.rel, value.name)
        case ops.Cast() | ops.Max() | ops.Min() | ops.Alias():
            return given(value.arg)
        case ops.IfElse():
            return given(value.true_expr) | given(value.false_null_expr)
        case ops.SearchedCase() | ops.SimpleCase():
            return set().union(*map(given, value.results), given(value.default))
        case ops.Subtract():
            return {a - b for a in given(value.left) for b in given(value.right)}
    raise TypeError(
        f"a severity is told by constants and conditions, not by {type(value).__name__}"
    )


def _given_by_table(table: Any, name: str) -> set[int]:
    if isinstance(table, ops.Union):
        return _given_by_table(table.left, name) | _given_by_table(table.right, name)
    return given(table.values[name])
