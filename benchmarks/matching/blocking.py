"""What the candidate keys bring together: pairs per record, recall against the truth, blocks.

    python -m benchmarks.matching.blocking FOLDER [--threads 2]

Runs what `doorstep match` runs and then asks the tables that linking keeps. A seeker is a record
without a fitting number of its own; FINDABLE when some other known person is truly its own. A known
person is whoever most of its rows are about.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.match import command
from flows.match.landing import Landed
from flows.match.spec import read_spec
from matchers.candidates import LAST, STRONG, WEAK, Key

MEMORY_GB = 6

TRUTH = """
CREATE TEMP TABLE bench_truth AS
SELECT CASE "table" {before} END + row AS rid, person, hard FROM read_parquet('{file}')
"""
OWN = """
CREATE TEMP TABLE bench_own AS
SELECT entity, arg_min(person, (-votes, person)) AS person FROM (
  SELECT entity, person, count(*) AS votes FROM link_known JOIN bench_truth USING (rid) GROUP BY ALL
) GROUP BY entity
"""
PAIRS = """
CREATE TEMP TABLE bench_pair AS
SELECT rid, entity FROM link_pairs_0 UNION SELECT rid, entity FROM link_pairs_1
UNION SELECT rid, entity FROM link_pairs_2
"""
FINDABLE = """
CREATE TEMP TABLE bench_findable AS
SELECT rid, hard, bool_or(bench_pair.rid IS NOT NULL) AS found
FROM link_seeker JOIN bench_truth USING (rid)
JOIN bench_own ON bench_own.person = bench_truth.person AND bench_own.entity <> -1 - rid
LEFT JOIN bench_pair USING (rid, entity) GROUP BY ALL
"""
PLACED = """
CREATE TEMP TABLE bench_{name} AS
SELECT rows.*, link_place.place FROM {name} AS rows
LEFT JOIN link_place ON rows.address = link_place.value
"""
BLOCKS = """
WITH known AS (
  SELECT DISTINCT {known}, entity FROM bench_link_known WHERE {present}
), blocks AS (
  SELECT {names}, count(*) AS size FROM known
  SEMI JOIN (SELECT {sought} FROM bench_{seekers}) AS sought USING ({names}) GROUP BY ALL
) SELECT coalesce(max(size) FILTER (size <= {bound}), 0), coalesce(max(size), 0),
    count(*) FILTER (size > {bound}) FROM blocks
"""
NEW = """
WITH leftover AS (SELECT rid, person FROM link_left JOIN bench_truth USING (rid)),
true_pair AS (
  SELECT one.rid, other.rid AS other FROM leftover AS one
  JOIN leftover AS other ON one.person = other.person AND one.rid < other.rid
), found AS (SELECT rid, -1 - entity AS other FROM link_new_found WHERE rid < -1 - entity)
SELECT (SELECT count(*) FROM leftover), (SELECT count(*) FROM found),
  (SELECT count(*) FROM true_pair),
  (SELECT count(*) FROM true_pair JOIN found USING (rid, other))
"""


@dataclass(frozen=True)
class Block:
    """One key: the largest block that it used and that it met, and how many it left out."""

    key: str
    used: int
    met: int
    left_out: int


def blocking(folder: Path, threads: int) -> str:
    """Run, ask, say."""
    spec = read_spec(folder / "spec.toml")
    limits = command.Limits(threads=threads, memory_gb=MEMORY_GB)
    with command._engine(folder / "blocking.parquet", limits) as (engine, scratch):
        _, landed = command._outcomes(engine, spec, scratch, None)
        prepare(engine.duckdb, landed, folder)
        return "\n".join(said(engine.duckdb))


def prepare(duckdb: Any, landed: Sequence[Landed], folder: Path) -> None:
    """The truth beside the tables that linking kept."""
    before = " ".join(f"WHEN '{table.spec.name}' THEN {table.before}" for table in landed)
    file = str(folder / "truth.parquet").replace("'", "''")
    steps = [TRUTH.format(before=before, file=file), OWN, PAIRS, FINDABLE]
    steps += [
        PLACED.format(name=name)
        for name in ("link_known", "link_seeker", "link_open_0", "link_open_1")
    ]
    for step in steps:
        duckdb.execute(step).fetchall()


def said(duckdb: Any) -> Iterator[str]:
    """The figures, a line each."""

    def one(sql: str) -> tuple:
        return duckdb.execute(sql).fetchone()

    rows, seekers = (
        one("SELECT count(*) FROM bench_truth")[0],
        one("FROM (SELECT count(*) FROM link_seeker)")[0],
    )
    pairs = one("SELECT count(*) FROM bench_pair")[0]
    every, found, hard, hard_found = one(
        "SELECT count(*), count(*) FILTER (found), count(*) FILTER (hard),"
        " count(*) FILTER (hard AND found) FROM bench_findable"
    )
    yield f"seekers                  {seekers:>10,} of {rows:,} rows"
    yield f"pairs compared           {pairs:>10,}   {pairs / rows:.2f} a row, {pairs / max(seekers, 1):.2f} a seeker"
    yield f"recall of the blocking   {found / max(every, 1):>10.5f}   {found:,} of {every:,} findable seekers"
    yield f"  of HARD rows           {hard_found / max(hard, 1):>10.5f}   {hard_found:,} of {hard:,}"
    left, met, true, both = one(NEW)
    yield f"leftovers                {left:>10,}   {met:,} pairs compared"
    yield f"  recall of their pairs  {both / max(true, 1):>10.5f}   {both:,} of {true:,}"
    yield f"\n{'key':<30}{'largest used':>14}{'largest met':>14}{'left out':>10}"
    for seeking, keys in (("link_seeker", STRONG), ("link_open_0", WEAK), ("link_open_1", LAST)):
        for block in blocks(duckdb, seeking, keys):
            yield f"{block.key:<30}{block.used:>14,}{block.met:>14,}{block.left_out:>10,}"


def blocks(duckdb: Any, seekers: str, keys: Sequence[Key]) -> Iterator[Block]:
    """Sizes of the blocks of known people that somebody sought, key by key."""
    there = {row[0] for row in duckdb.execute(f"DESCRIBE bench_{seekers}").fetchall()}
    for key in keys:
        if not {*key.seeker} <= there:
            continue
        names = [f"key_{at}" for at in range(len(key.known))]
        sql = BLOCKS.format(
            known=_named(key.known, names),
            sought=_named(key.seeker, names),
            present=" AND ".join(f"{column} IS NOT NULL" for column in key.known),
            names=", ".join(names),
            seekers=seekers,
            bound=key.bound,
        )
        used, met, left_out = duckdb.execute(sql).fetchone()
        yield Block(key.name, used, met, left_out)


def _named(columns: Sequence[str], names: Sequence[str]) -> str:
    return ", ".join(f"{column} AS {name}" for column, name in zip(columns, names, strict=True))


def main() -> None:
    """Print them."""
    ask = argparse.ArgumentParser(prog="benchmarks.matching.blocking")
    ask.add_argument("folder", type=Path)
    ask.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    told = ask.parse_args()
    print(blocking(told.folder, told.threads))


if __name__ == "__main__":
    main()
