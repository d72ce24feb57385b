"""Everything compiles for both engines, and nothing that makes an expression is left out."""

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from types import CodeType, FunctionType

import ibis
import pytest

import matchers
import transforms
from tests.portability.expressions import Making, every_expression

EXPRESSIONS = dict(every_expression())


@pytest.mark.parametrize("engine", ["duckdb", "pyspark"])
@pytest.mark.parametrize("making", EXPRESSIONS.values(), ids=list(EXPRESSIONS))
def test_everything_compiles_for_every_engine(making, engine):
    assert ibis.to_sql(making(), dialect=engine)


def test_nothing_that_makes_an_expression_is_left_out():
    makers = {f"{one.__module__}.{one.__name__}": one.__code__ for one in _makers()}
    asked = _called_by(EXPRESSIONS.values())
    assert len(makers) > 30
    assert sorted(name for name, code in makers.items() if code not in asked) == []


def _makers() -> Iterator[FunctionType]:
    """The public functions of transforms/ and matchers/ that say they return an expression."""
    for room in (transforms, matchers):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            for name, one in vars(importlib.import_module(found.name)).items():
                own = inspect.isfunction(one) and one.__module__ == found.name
                returned = one.__annotations__.get("return", "") if own else ""
                if not name.startswith("_") and (returned == "Table" or returned[:3] == "ir."):
                    yield one


def _called_by(makings: Iterable[Making]) -> set[CodeType]:
    called, before = set(), sys.gettrace()
    sys.settrace(lambda frame, event, argument: called.add(frame.f_code))
    try:
        for making in makings:
            making()
    finally:
        sys.settrace(before)
    return called
