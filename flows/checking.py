"""Judge one file by its contract without loading it: for departments and for the first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from data_contracts.sources import SOURCES
from data_contracts.terms import Source
from flows import files
from flows.errors import UsageError
from flows.home import existing_home
from flows.receive import Judgement, Verdict, receive

_VERDICT_WORDS = {
    Verdict.ACCEPTED: "可以接收",
    Verdict.HELD: "将暂缓,等待人工放行",
    Verdict.REFUSED: "不能接收",
}


def check_file(
    path: Path, source_name: str, home: Path | None, today: date
) -> tuple[bool, list[str]]:
    """Whether a file would be accepted, and the lines that say why."""
    source = _source(source_name, home)
    if not path.is_file():
        raise UsageError(f"找不到文件 {path}。")
    connection = files.duckdb_database(":memory:")
    try:
        judgement = receive(
            connection,
            source,
            files.read(path),
            path.name,
            on=today,
            previous=None,
            secret=b"contract check",
        )
        faulty = connection.execute(
            "SELECT line, reason FROM bad ORDER BY line LIMIT 20"
        ).fetchall()
    finally:
        connection.close()
    lines = [*_summary(source, judgement), *(f"  第 {line} 行:{why}" for line, why in faulty)]
    return judgement.verdict is not Verdict.REFUSED, lines


def _summary(source: Source, judgement: Judgement) -> Iterator[str]:
    yield f"{source.title}({source.name}):{_VERDICT_WORDS[judgement.verdict]}"
    yield (
        f"  共 {judgement.rows} 行 = 可用 {judgement.loaded} + 待更正 {judgement.quarantined} "
        f"+ 重复 {judgement.duplicate};编码 {judgement.encoding}"
    )
    for failed in judgement.failed:
        yield f"  ✗ {failed.reason}"
    for warning in judgement.warnings:
        yield f"  ! {warning}"
    if judgement.undeclared:
        yield f"  未约定、不读取的列:{'、'.join(judgement.undeclared)}"


def _source(name: str, home: Path | None) -> Source:
    sources = existing_home(home).config.sources if home else SOURCES
    if name not in sources:
        raise UsageError(f"没有名为 {name} 的来源。可用的来源:{'、'.join(sources)}。")
    return sources[name]
