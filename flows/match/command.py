"""The command: land, read, link, write, and say in a few words what came of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows import files
from flows.errors import DoorstepError, UsageError
from flows.match.landing import Landed
from flows.match.spec import Spec, read_spec
from flows.match.words import literal

_SHARE_OF_ENGINE = 0.7
"""Of the memory; the rest is for values on their way through Python."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a run may use."""

    threads: int
    memory_gb: float
    model: int | None = None


def match_tables(spec_file: Path, out: Path, limits: Limits) -> list[str]:
    """Match the tables of a spec, write the links, and return lines for a person."""
    started = time.perf_counter()
    spec = read_spec(spec_file)
    _refuse_to_overwrite(out, spec_file, spec)
    with _engine(out, limits) as (engine, scratch):
        outcome, landed = _outcomes(engine, spec, scratch, limits.model)
        counts = _write(engine, outcome, landed, out)
    seconds = time.perf_counter() - started
    return [
        f"共 {counts['rows']} 行,{len(landed)} 张表,识别为 {counts['people']} 人。",
        f"归属明确 {counts['decided']} 行,存疑 {counts['doubtful']} 行,另立新人 {counts['new']} 行。",
        f"用时 {seconds:.1f} 秒。已写出 {out}",
    ]


def _refuse_to_overwrite(out: Path, spec_file: Path, spec: Spec) -> None:
    if out.is_dir():
        raise UsageError(f"{out} 是目录。请用 --out 指定要写的文件,例如 links.parquet。")
    for given in (spec_file, *(table.path for table in spec.tables)):
        if out.resolve() == given.resolve():
            raise UsageError(f"--out 与输入文件 {given.name} 相同,会覆盖它。请换一个文件名。")


@contextmanager
def _engine(out: Path, limits: Limits) -> Iterator[tuple[Any, Path]]:
    """An engine in memory, and a folder beside the output for what does not fit."""
    import duckdb
    import ibis

    from flows.engine import Engine

    scratch = files.clear_folder(out.with_name(f".{out.name}.spill"))
    connection = files.duckdb_database(
        ":memory:",
        threads=limits.threads,
        memory_limit=f"{int(limits.memory_gb * _SHARE_OF_ENGINE * 1000)}MB",
        temp_directory=str(scratch),
    )
    try:
        yield Engine(connection, ibis.duckdb.from_connection(connection)), scratch
    except duckdb.OutOfMemoryException:
        raise DoorstepError(
            "内存不足。请用 --memory-gb 给出更大的数值,或减少 --threads。"
        ) from None
    finally:
        connection.close()
        files.discard(scratch)


def _outcomes(
    engine: Any, spec: Spec, scratch: Path, number: int | None
) -> tuple[Any, list[Landed]]:
    """What the matcher says of every row: rid, founder (rid), how, decision, probability."""
    from flows import reference
    from flows.match.rows import rows_of
    from matchers.auto_training import model_for
    from matchers.fields import fields_of
    from matchers.linkage import link
    from matchers.outcomes import outcomes
    from matchers.verified import verified

    model, shapes = _model(number), reference.similar_characters()
    rows, landed = rows_of(engine, spec, scratch)
    proven = verified(engine, rows, shapes)
    if number is None:
        model = model_for(engine, rows, proven, fields_of(rows, shapes), model)
    linked = link(engine, rows, model, shapes, proven)
    return engine.materialise("match_outcome", outcomes(rows, linked, model)), landed


def _model(number: int | None) -> Any:
    from matchers.model import Model

    shipped = Model()
    if number not in (None, shipped.number):
        raise UsageError(f"没有编号为 {number} 的模型。可用的是 {shipped.number}。")
    return shipped


def _write(engine: Any, outcome: Any, landed: Sequence[Landed], out: Path) -> dict[str, int]:
    """Write the links in the order of the files; returns counts."""
    name = outcome.get_name()
    ends = " ".join(
        f"WHEN rid <= {table.before + table.rows} THEN {{{at}}}" for at, table in enumerate(landed)
    )
    names = [literal(table.spec.name) for table in landed]
    before = [str(table.before) for table in landed]
    with files.appearing(out) as part:
        engine.duckdb.execute(
            f"""
            COPY (
                SELECT CASE {ends.format(*names)} END AS "table",
                    rid - CASE {ends.format(*before)} END AS row,
                    'p' || founder AS person_id, how, probability
                FROM {name} ORDER BY rid
            ) TO {literal(str(part))} (FORMAT parquet, COMPRESSION zstd)"""
        ).fetchall()
    counted = engine.rows(
        f"""
        SELECT count(*) AS rows, count(DISTINCT founder) AS people,
            count(*) FILTER (decision = 'decided') AS decided,
            count(*) FILTER (decision = 'doubtful') AS doubtful,
            count(*) FILTER (decision = 'new') AS new
        FROM {name}"""
    )
    return dict(counted[0])
