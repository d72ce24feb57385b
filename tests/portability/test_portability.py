"""Everything compiles for both engines, and nothing that makes an expression is left out."""

import cProfile
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from types import CodeType, FunctionType

import ibis
import pytest
from ibis.config import Config

import matchers
import transforms
from tests.portability.expressions import every_expression
from tests.portability.matching import ASKING
from tests.portability.unbound import Unbound

EXPRESSIONS = dict(every_expression())
DISTINCT_OVER = re.compile(r"\(\s*DISTINCT[^()]*\)\s*OVER", re.IGNORECASE)
LONG = {"linking-two-nights", "training-latin"}
"""They ask little that linking with answers does not ask."""


def _marks(job: str) -> tuple[pytest.MarkDecorator, ...]:
    return (pytest.mark.long,) if job in LONG else ()


ENGINES = pytest.mark.parametrize("engine", ["duckdb", "pyspark"])


class SparkOptions(Config):
    """What Ibis knows of Spark where Spark is installed; without it no float can be written."""

    treat_nan_as_null: bool = False


@pytest.fixture(autouse=True)
def options_of_spark(monkeypatch):
    if ibis.options.pyspark is None:
        monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())


@pytest.fixture(scope="module")
def asked_and_called():
    """What the matchers ask of a workbench, by job, and the code that ran for everything."""
    benches = {name: Unbound() for name in ASKING}
    jobs = [partial(asking, benches[name]) for name, asking in ASKING.items()]
    called = _called_by([*EXPRESSIONS.values(), *jobs])
    return benches, called


@ENGINES
@pytest.mark.parametrize("making", EXPRESSIONS.values(), ids=list(EXPRESSIONS))
def test_everything_compiles_for_every_engine(making, engine):
    sql = str(ibis.to_sql(making(), dialect=engine))
    assert not DISTINCT_OVER.search(sql), "Spark counts no distinct values over a window"


@pytest.mark.parametrize("job", [pytest.param(one, marks=_marks(one)) for one in ASKING])
def test_all_that_matchers_ask_compiles_for_spark_too(asked_and_called, job):
    questions = asked_and_called[0][job].asked
    assert questions
    for question in questions:
        assert ibis.to_sql(question, dialect="pyspark")


def test_nothing_that_makes_an_expression_is_left_out(asked_and_called):
    makers = {f"{one.__module__}.{one.__name__}": one.__code__ for one in _makers()}
    assert len(makers) > 30
    assert sorted(name for name, code in makers.items() if code not in asked_and_called[1]) == []


def _makers() -> Iterator[FunctionType]:
    """The public functions of transforms/ and matchers/ that say they return an expression."""
    for room in (transforms, matchers):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            for name, one in vars(importlib.import_module(found.name)).items():
                own = inspect.isfunction(one) and one.__module__ == found.name
                returned = one.__annotations__.get("return", "") if own else ""
                if not name.startswith("_") and (returned == "Table" or returned[:3] == "ir."):
                    yield one


def _called_by(makings: Iterable[Callable[[], object]]) -> set[CodeType]:
    """The code that ran, as the profiler written in C saw it: tracing every call takes minutes."""
    profile = cProfile.Profile()
    for making in makings:
        profile.runcall(making)
    return {entry.code for entry in profile.getstats() if isinstance(entry.code, CodeType)}
