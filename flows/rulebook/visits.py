"""What follows a visit: for how long its conclusion keeps others away, and where the family goes."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from data_contracts.policy.shared import SHARED
from data_contracts.visit_results import VISIT_RESULTS, Outcome, VisitResult
from flows.markdown import table
from flows.rulebook.issued import Issued
from flows.rulebook.meanings import category
from flows.rulebook.parameters import value_of
from transforms.escalated import ELSEWHERE, HELPLESS, TO_COUNTY, UNDER_WAY
from transforms.pauses import PauseRules, after_visit

_GOES = {
    TO_COUNTY: "转县级处理",
    ELSEWHERE: "转新住地的乡镇;新住址不清楚的由县级处理",
}

_NAMES = tuple(field.name for field in fields(PauseRules))
_NUMBERED = PauseRules(**{name: place for place, name in enumerate(_NAMES, start=1)})
"""Every rule with days of its own, so that the days of a pause tell which rule gave them."""


def conclusion_table(issued: Issued | None) -> str:
    """Every conclusion of a visit with what follows, when a township went and when the county did."""
    return table(
        ("代码", "结论", "算作哪类救助", "之后(乡镇走访)", "之后(县级走访)", "算不算未获帮助"),
        (
            (
                result.code,
                result.words,
                _help(result),
                pause(result.outcome, by_county=False, issued=issued),
                pause(result.outcome, by_county=True, issued=issued),
                _in_vain(result.outcome),
            )
            for result in VISIT_RESULTS.values()
        ),
    )


def pause(outcome: Outcome, *, by_county: bool, issued: Issued | None) -> str:
    """Where a result sends the family, or which shared parameter says for how long it rests."""
    visited = date(2026, 1, 1)
    found = after_visit({outcome}, visited, by_county=by_county, rules=_NUMBERED)
    if found.goes_to:
        return _GOES[found.goes_to]
    name = _NAMES[(found.until - visited).days - 1]
    return f"暂不派单 {value_of(name, SHARED[name], issued)}(`{name}`)"


def _in_vain(outcome: Outcome) -> str:
    if outcome in UNDER_WAY:
        return "暂不派单的日子过后仍没有帮助才算"
    return "算" if outcome in HELPLESS else ""


def _help(result: VisitResult) -> str:
    return category(result.category) if result.category else ""
