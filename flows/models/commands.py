"""`doorstep model`: train, diff, adopt, list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flows import files, reference
from flows.errors import DoorstepError, Exit, UsageError
from flows.home import Home
from flows.ledger import Ledger
from flows.models import adopted, differences, store
from flows.models.diff_lines import diff_lines
from flows.models.learning import learned
from flows.models.reading import known_rows, looking
from flows.models.redeciding import proven_by_number, redecided
from flows.models.telling import model_lines
from flows.program import code_version
from flows.review.desk import ledger_of, person
from flows.review.verdicts import effective

Told = tuple[Exit, list[str]]
"""An exit code and what to print."""


def train_model(home: Home) -> Told:
    """Train on what is known now and write the next number; the model in force stays."""
    ledger = ledger_of(home)
    nights = ledger.nights()
    with looking(home) as engine:
        found = learned(engine, known_rows(engine), nights[-1]["night"] if nights else None)
        number = max(store.numbers(home), default=0) + 1
        parts = store.contents(number, found.model, found.frequencies, code_version(), found.facts)
        twin = _twin(home, parts)
        if twin is not None:
            return Exit.NOTHING_NEW, [f"与第 {twin} 号模型完全相同,没有新建。"]
        written = store.add(home, number, parts)
    hint = f"尚未采用。先看影响:doorstep model diff {number};再采用:doorstep model adopt {number}"
    return Exit.DONE, [*model_lines(written), "", hint]


def diff_models(home: Home, number: int, other: int | None) -> Told:
    """What model `number` would change against another, or the one in force."""
    ledger = ledger_of(home)
    position = ledger.position()
    after = store.read(home, number)
    in_force = adopted.in_force(home, ledger, position)
    before = in_force if other is None or other == in_force.number else store.read(home, other)
    if after.number == before.number:
        raise UsageError(f"两边都是第 {number} 号模型,请指定另一个号码。")
    with looking(home) as engine:
        rows = known_rows(engine)
        proven = proven_by_number(engine, rows)
        tables = [redecided(engine, rows, proven, model) for model in (before, after)]
        differences.changed_records(engine, *tables)
        verdicts = effective(ledger.answers(position))
        found = differences.difference(
            engine,
            *tables,
            answered=differences.answered_otherwise(engine, verdicts, *tables),
            findings=_findings(home, engine),
        )
        listed = engine.arrow(_LISTED)
    path = store.folder_of(home, number) / f"diff_{before.number}.csv"
    files.write(path, _csv(listed))
    sources, townships = home.config.sources, reference.townships(home.config.site.county)
    lines = diff_lines(found, before.number, number, sources, townships)
    return Exit.DONE, [*lines, f"明细(只有记录编号):{path.relative_to(home.root)}"]


def adopt_model(home: Home, number: int, who: str, reason: str, now: datetime) -> Told:
    """Put a model in force from the next night on."""
    name, at = person(who), now.isoformat(timespec="seconds")
    ledger = ledger_of(home)
    if not adopted.adopt(home, ledger, number, name, reason, at):
        return Exit.NOTHING_NEW, [f"第 {number} 号模型已在使用,没有改变。"]
    return Exit.DONE, [f"已采用第 {number} 号模型。下一次夜间任务起,全部记录按它重新判定。"]


def list_models(home: Home) -> Told:
    """Every model, which is in force, and who adopted what."""
    ledger = Ledger(home.ledger) if home.ledger.exists() else None
    entries = ledger.adopted_models(ledger.position()) if ledger else []
    current = entries[-1].number if entries else 0
    lines, well = [], True
    for number in (0, *store.numbers(home)):
        mark = "*" if number == current else " "
        try:
            lines.append(f"{mark} {number:>3}  {_described(home, number)}")
        except DoorstepError:
            well = False
            lines.append(f"{mark} {number:>3}  已损坏或被改动过,不能使用")
    lines.append("(* 为现在使用的模型)")
    lines += [f"{one.at[:16]}  {one.who} 采用第 {one.number} 号:{one.reason}" for one in entries]
    return (Exit.DONE if well else Exit.WARNINGS), lines


def _described(home: Home, number: int) -> str:
    if number == 0:
        return "随程序提供"
    found = store.read(home, number)
    facts = found.facts
    return (
        f"sha256 {found.sha256[:12]}  截至 {facts.get('night') or '首夜之前'}  "
        f"记录 {facts.get('rows', 0):,}  证实的记录对 {facts.get('proven_pairs', 0):,}  "
        f"程序 {found.code}"
    )


def _twin(home: Home, parts: Mapping[str, bytes]) -> int | None:
    """An earlier model that is the same in all but its number."""
    for number in store.numbers(home):
        path = store.folder_of(home, number) / store.JSON
        try:
            earlier = json.loads(files.read(path))
        except (OSError, ValueError):
            continue
        fresh = json.loads(parts[store.JSON])
        if earlier == {**fresh, "number": number}:
            return number
    return None


def _findings(home: Home, engine: Any) -> list[dict[str, Any]] | None:
    """Findings of the published night that may be touched; None where nothing is published."""
    if not home.snapshot.exists():
        return None
    connection = files.duckdb_database(home.snapshot, read_only=True)
    try:
        tables = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
        if not {"link", "finding"} <= tables:
            return None
        links = connection.execute(
            "SELECT DISTINCT record_key, person_id FROM link"
        ).to_arrow_table()
        found = connection.execute("SELECT person_id, signal FROM finding").to_arrow_table()
    finally:
        connection.close()
    return differences.touched_findings(engine, links, found)


_LISTED = f"""
SELECT record_key, source, change, how_before, how_after, founder_before, founder_after,
       round(probability_before, 4) AS probability_before,
       round(probability_after, 4) AS probability_after
FROM {differences.CHANGED} ORDER BY change, source, record_key
"""


def _csv(table: Any) -> bytes:
    """UTF-8 with a mark, as spreadsheets want it; keys and figures only."""
    import polars as pl

    frame: Any = pl.from_arrow(table)
    return b"\xef\xbb\xbf" + frame.write_csv().encode("utf-8")
