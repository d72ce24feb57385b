"""SQL for expressions, made once for all questions that differ in nothing but their days.

Putting a rule into SQL takes longer than answering it, and the nights of one process ask the same of
tables of the same names, each of another day. So a question is compiled with stand-ins for its days,
and known again by its form: what it is made of, and which of its days are equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import ibis.expr.operations as ops

_TEMPLATES: dict[int, str] = {}
_FORMS: dict[tuple[Any, ...], int] = {}
_MOST = 400_000
"""Parts of questions that are remembered; then all is forgotten."""
_MOST_DAYS = 300
"""Of one question: stand-ins are days of one year."""

_YEAR = 7919
"""Of stand-ins; nothing that people deal with lies in it."""
_FIRST_STAND_IN = date(_YEAR, 1, 1)
_STAND_IN = re.compile(rf"MAKE_DATE\({_YEAR}, (\d+), (\d+)\)")
_OTHERWISE_WRITTEN = re.compile(rf"(?<!MAKE_DATE\(){_YEAR}")


def compiled(expression: Any, compile_: Callable[[Any], str]) -> str:
    """The SQL of an expression over unbound tables, as `compile_` would give it."""
    days: dict[date, int] = {}
    form = _form(expression.op(), days, {})
    template = _TEMPLATES.get(form) or _template(expression, days, compile_)
    if template is None:
        return compile_(expression)
    _TEMPLATES[form] = template
    said = list(days)
    if len(_FORMS) > _MOST:
        _FORMS.clear()
        _TEMPLATES.clear()
    return _STAND_IN.sub(lambda found: _written(said[_place(found)]), template)


def _form(value: Any, days: dict[date, int], seen: dict[int, int]) -> Any:
    """A number for whatever is built alike; days count by the order in which they are met."""
    if isinstance(value, ops.Node):
        if id(value) not in seen:
            parts = tuple(_form(part, days, seen) for part in _parts(value, days))
            seen[id(value)] = _FORMS.setdefault((type(value), parts), len(_FORMS))
        return seen[id(value)]
    if isinstance(value, tuple):
        return tuple(_form(part, days, seen) for part in value)
    if isinstance(value, Mapping):
        return tuple((name, _form(part, days, seen)) for name, part in value.items())
    return type(value), value


def _parts(node: Any, days: dict[date, int]) -> tuple[Any, ...]:
    if _is_day(node):
        return ("day", days.setdefault(node.value, len(days)), node.dtype)
    return tuple(node.__args__)


def _is_day(node: Any) -> bool:
    return isinstance(node, ops.Literal) and node.dtype.is_date() and node.value is not None


def _template(
    expression: Any, days: Mapping[date, int], compile_: Callable[[Any], str]
) -> str | None:
    """The SQL with stand-ins; nothing where they could not be told from what else it says."""
    literals = set(expression.op().find(ops.Literal))
    its_year = any(node.value == _YEAR for node in literals)
    if its_year or len(days) > _MOST_DAYS or any(day.year == _YEAR for day in days):
        return None
    instead = {
        node: ops.Literal(_FIRST_STAND_IN + timedelta(days=days[node.value]), node.dtype)
        for node in literals
        if _is_day(node)
    }
    asked = expression.op().replace(instead) if instead else expression.op()
    template = compile_(asked.to_expr())
    return None if _OTHERWISE_WRITTEN.search(template) else template


def _place(found: re.Match[str]) -> int:
    return (date(_YEAR, int(found[1]), int(found[2])) - _FIRST_STAND_IN).days


def _written(day: date) -> str:
    return f"MAKE_DATE({day.year}, {day.month}, {day.day})"
