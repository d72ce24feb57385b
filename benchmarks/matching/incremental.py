"""Nights that link only what changed, held against nights that link everything.

    python -m benchmarks.matching.incremental FOLDER [--nights 30] [--changes 900] [--every 5] [--only-new]

FOLDER is a city. Every night a third of the changes are rows that come, rows that go and rows of
which one field is other than before; with --only-new all of them come. People's answers come too.
Every few nights, and in the last, all rows and all columns are compared with a full run of the same
night.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis

from flows import files, reference
from flows.engine import Engine
from flows.link_state import Stamp, linked_by_night
from flows.match.rows import rows_of
from flows.match.spec import read_spec
from matchers.answered import closed
from matchers.frequencies import frequencies, persons
from matchers.linkage import link
from matchers.model import Model
from matchers.outcomes import outcomes
from matchers.rows import with_whole_dates
from matchers.verified import verified

ANSWERS = 20
"""Answers that people give in a night."""


@dataclass(frozen=True)
class Bench:
    """The engine with all rows a city ever has, and the frozen model."""

    engine: Engine
    model: Model
    frequencies: Any


def main() -> None:
    """Read the city, run the nights, print what was seen."""
    asked = _asked()
    with tempfile.TemporaryDirectory() as scratch:
        bench = prepared(asked.folder, Path(scratch), asked.threads, asked.memory_gb)
        each = asked.changes if asked.only_new else asked.changes // 3
        plan(bench.engine, asked.nights, each, (0,) if asked.only_new else (0, 1, 2))
        differing = compared = kept_total = untouched_total = 0
        for night in range(asked.nights + 1):
            known_tonight(bench.engine, night)
            answers = answered(bench.engine, night) if asked.answers else None
            facts = incremental(bench, night, answers)
            if night:
                kept, untouched = ids_kept(bench.engine)
                kept_total, untouched_total = kept_total + kept, untouched_total + untouched
            if (asked.every and night % asked.every == 0) or night == asked.nights:
                full, rows, other = against_full(bench, answers)
                compared, differing = compared + rows, differing + other
                facts += f", full {full:.1f} s: {other} of {rows:,} rows differ"
            bench.engine.materialise("outcome_before", bench.engine.table("outcome_now"))
            print(f"night {night:2}: {facts}", flush=True)
        print(
            f"{asked.nights} nights, {compared:,} rows compared, {differing} differ; "
            f"of {untouched_total:,} rows of untouched people {kept_total:,} kept their person"
        )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--changes", type=int, default=900)
    parser.add_argument("--every", type=int, default=5, help="0: only the last night")
    parser.add_argument("--only-new", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory-gb", type=int, default=4)
    parser.add_argument("--no-answers", dest="answers", action="store_false")
    return parser.parse_args()


def prepared(folder: Path, scratch: Path, threads: int, memory_gb: int) -> Bench:
    """All rows of the city as the table `ever`, and how common its names are."""
    connection = files.duckdb_database(
        scratch / "work.duckdb",
        threads=threads,
        memory_limit=f"{memory_gb}GB",
        temp_directory=str(scratch / "spill"),
    )
    engine = Engine(connection, ibis.duckdb.from_connection(connection))
    rows, _ = rows_of(engine, read_spec(folder / "spec.toml"), files.folder(scratch / "cells"))
    engine.materialise("ever", with_whole_dates(rows))
    ever = engine.table("ever")
    (people,) = engine.rows("SELECT count(*) AS n FROM ever WHERE is_register")
    proven = verified(engine, ever, reference.similar_characters())
    common = engine.keep("name_frequency", frequencies(persons(ever, proven.fits)))
    return Bench(engine, Model(number=1, people=people["n"]), common)


def plan(engine: Engine, nights: int, each: int, parts: Sequence[int] = (0, 1, 2)) -> None:
    """Which rows come (part 0), go (1) and change (2) in which night, so many of each."""
    said = [place_to_night(one, nights, each) if one in parts else "NULL" for one in range(3)]
    engine.duckdb.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE planned AS
        SELECT rid, place, {said[0]} AS comes, {said[1]} AS goes, {said[2]} AS changes
        FROM (SELECT rid, row_number() OVER (ORDER BY hash(rid * 31 + 7), rid) - 1 AS place FROM ever)
        """
    )


def place_to_night(part: int, nights: int, each: int) -> str:
    """The night of a row from its place in a drawn order; null if it is not one of those."""
    first = part * nights * each
    within = f"place >= {first} AND place < {first + nights * each}"
    return f"CASE WHEN {within} THEN (place - {first}) // {each} + 1 END"


CHANGES = {
    "phone": "NULL",
    "birth_date": "this.birth_date + 30",
    "id_text": "NULL",
    "name_key": "other.name_key",
    "address": "other.address",
    "household": "other.household",
    "contact_phone": "other.contact_phone",
    "sex": "NULL",
    "source": "this.source",
    "id_clean": "other.id_clean",
}
"""What one field of a changed row says afterwards; `other` is some other row."""

TOGETHER = {
    "name_key": ("name_bag", "surname_sound", "given_sound", "parent_name_key"),
    "birth_date": ("birth_year",),
    "id_text": ("id_clean", "id_birth_date", "id_sex"),
    "id_clean": ("id_text", "id_birth_date", "id_sex", "id_status"),
}
"""Columns that are read from one cell."""


def known_tonight(engine: Engine, night: int) -> None:
    """Make `link_rows`; a changed row has a new rid, like every new version of a record."""
    columns = []
    for at, (name, value) in enumerate(CHANGES.items()):
        for column in (name, *TOGETHER.get(name, ())):
            said = value.replace(name, column)
            columns.append((column, at, said))
    cases: dict[str, str] = {}
    for column, at, said in columns:
        cases[column] = cases.get(column, "") + f" WHEN p.place % {len(CHANGES)} = {at} THEN {said}"
    changed = ", ".join(
        f"(CASE{branches} ELSE this.{column} END) AS {column}" for column, branches in cases.items()
    )
    engine.duckdb.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE link_rows AS
        SELECT this.* FROM ever AS this JOIN planned AS p USING (rid)
        WHERE coalesce(p.comes, 0) <= {night} AND coalesce(p.goes > {night}, true)
          AND coalesce(p.changes > {night}, true)
        UNION ALL BY NAME
        SELECT this.* REPLACE (this.rid + {10**15} AS rid, {changed})
        FROM ever AS this JOIN planned AS p USING (rid)
        JOIN planned AS q ON q.place = p.place + 1 JOIN ever AS other ON other.rid = q.rid
        WHERE p.changes <= {night}
        """
    )


def answered(engine: Engine, night: int) -> Any | None:
    """What people said up to tonight about last night's doubts and matches: half yes, half no."""
    if not night:
        engine.duckdb.execute("CREATE TEMP TABLE said (a BIGINT, b BIGINT, same BOOLEAN)")
        return None
    engine.duckdb.execute(
        f"""
        INSERT INTO said SELECT rid, candidate, (rid + {night}) % 2 = 0 FROM outcome_before
        WHERE candidate IS NOT NULL AND candidate <> rid
        ORDER BY decision <> 'doubtful', hash(rid + {night}) LIMIT {ANSWERS}
        """
    )
    told = engine.arrow(
        """
        SELECT least(a, b) AS "left", greatest(a, b) AS "right", bool_and(same) AS same
        FROM said SEMI JOIN link_rows AS one ON one.rid = a SEMI JOIN link_rows AS two ON two.rid = b
        GROUP BY ALL ORDER BY ALL
        """
    )
    return engine.register("link_answers", closed(told)) if told.num_rows else None


def incremental(bench: Bench, night: int, answers: Any | None) -> str:
    """Link what changed; the outcomes become `outcome_now`."""
    engine, started, worked = bench.engine, time.perf_counter(), time.process_time()
    rows = engine.table("link_rows")
    stamp = Stamp(arrivals=night, model="benchmark")
    found = linked_by_night(engine, rows, bench.model, bench.frequencies, answers, stamp)
    linked, cpu = time.perf_counter() - started, time.process_time() - worked
    engine.keep("outcome_now", outcomes(rows, found, bench.model))
    told = time.perf_counter() - started - linked
    count = {name: _count(engine, name) for name in ("link_rows", "link_row_came", "link_row_gone")}
    again = ""
    if night:
        people = _count(engine, "(SELECT DISTINCT entity FROM link_mark_changed)")
        sought, every = _count(engine, "link_affected"), _count(engine, "linked_seeker")
        again = f"of {people:,} people something is other, {sought:,} of {every:,} sought again, "
    return (
        f"{count['link_rows']:,} rows, {count['link_row_came']:,} came, "
        f"{count['link_row_gone']:,} went, {again}linked in {linked:.1f} s (CPU {cpu:.1f}), "
        f"outcomes {told:.1f} s"
    )


def _count(engine: Engine, table: str) -> int:
    return int(engine.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"])


def against_full(bench: Bench, answers: Any | None) -> tuple[float, int, int]:
    """Seconds of a full run, rows compared, rows of which any column is other."""
    engine, started = bench.engine, time.perf_counter()
    rows = engine.table("link_rows")
    shapes = reference.similar_characters()
    found = link(engine, rows, bench.model, shapes, frequencies=bench.frequencies, answers=answers)
    seconds = time.perf_counter() - started
    engine.keep("outcome_full", outcomes(rows, found, bench.model))
    (seen,) = engine.rows(
        """
        SELECT count(*) AS rows, count(*) FILTER (now IS DISTINCT FROM whole) AS other
        FROM outcome_full AS whole FULL JOIN outcome_now AS now USING (rid)
        """
    )
    return seconds, seen["rows"], seen["other"]


def ids_kept(engine: Engine) -> tuple[int, int]:
    """Of the rows of people none of whose rows came or went, how many kept their founder."""
    (seen,) = engine.rows(
        """
        WITH touched AS (
          SELECT founder FROM outcome_before SEMI JOIN link_row_gone USING (rid)
          UNION SELECT founder FROM outcome_now SEMI JOIN link_row_came USING (rid)
        )
        SELECT count(*) AS rows, count(*) FILTER (was.founder = now.founder) AS kept
        FROM outcome_before AS was JOIN outcome_now AS now USING (rid)
        WHERE was.founder NOT IN (FROM touched) AND now.founder NOT IN (FROM touched)
        """
    )
    return seen["kept"], seen["rows"]


if __name__ == "__main__":
    main()
