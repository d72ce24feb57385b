"""One local Spark for all its tests, and both engines behind one question."""

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pytest

Rows = list[dict[str, Any]]


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A Spark that listens nowhere but on this machine and writes nothing into the project."""
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.local.dir": str(folder),
        "spark.log.level": "ERROR",
        # A dozen rows are not worth compiling Java for.
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master("local[1]").appName("doorstep")
    session = builder.config(map=settings).getOrCreate()
    # Loads what Ibis has to know of Spark before it can write a float.
    assert ibis.pyspark
    yield session
    session.stop()


@pytest.fixture
def on_both(spark: Any) -> Callable[..., Rows]:
    """Ask both engines the same of the same tables; their one answer, in a fixed order."""

    def ask(question: ibis.Table, tables: dict[str, pa.Table]) -> Rows:
        told = _in_order(_on_duckdb(question, tables), question)
        assert _in_order(_on_spark(spark, question, tables), question) == told
        return told

    return ask


def _on_duckdb(question: ibis.Table, tables: dict[str, pa.Table]) -> pa.Table:
    with duckdb.connect() as engine:
        for name, table in tables.items():
            engine.register(name, table)
        return engine.sql(str(ibis.to_sql(question, dialect="duckdb"))).to_arrow_table()


def _on_spark(spark: Any, question: ibis.Table, tables: dict[str, pa.Table]) -> pa.Table:
    # Neither here nor there through pandas, which makes floats of whole numbers beside nulls.
    for name, table in tables.items():
        spark.createDataFrame(table).createOrReplaceTempView(name)
    return spark.sql(str(ibis.to_sql(question, dialect="pyspark"))).toArrow()


def _in_order(answer: pa.Table, question: ibis.Table) -> Rows:
    # Spark counts in widths of its own; what it says must fit the promised ones.
    promised = question.schema().to_pyarrow()
    return sorted(answer.cast(promised).to_pylist(), key=repr)
