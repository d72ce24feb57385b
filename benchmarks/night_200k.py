"""One full night of 200,000 residents: seconds a stage, peak memory, beside the bare read.

    python benchmarks/night_200k.py [--residents 200000] [--threads 2]

Makes a synthetic county in a temporary folder (not timed), then runs the baseline, which takes in
every extract in full, and the night after it, through Prefect. The bound in the same run: DuckDB
reading the same csv files, already decoded to UTF-8, as text columns.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from flows.home import Home
from flows.receive.decode import encoding_of, lines
from flows.site import deliver_night, synthetic_home, synthetic_nights

RUN = """
import sys
from datetime import date
from pathlib import Path
from flows.home import Home
from flows.start import Wish, start
start(Home(Path(sys.argv[1])), Wish(on=date.fromisoformat(sys.argv[2]), baseline=sys.argv[3] == "1"))
"""


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=200_000)
    parser.add_argument("--nights", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        synthetic_home(home.root, residents=arguments.residents, nights=arguments.nights, seed=1)
        for place, night in enumerate(synthetic_nights(home)):
            files = deliver_night(home, night)
            bare = bare_read(home)
            whole, peak = timed_night(home, night.isoformat(), baseline=place == 0)
            print(f"\n{night} {'baseline' if place == 0 else 'night'}: {files} files")
            print(f"  whole night, Prefect's start included: {whole:6.1f} s, peak {peak:.2f} GB")
            print(f"  bare DuckDB read of the csv files:     {bare:6.1f} s  ({whole / bare:.1f}x)")
            facts = json.loads((home.state / f"nights/{night}/1/run.json").read_text("utf-8"))
            for step, seconds in facts["seconds"].items():
                print(f"    {step:<24}{seconds:7.2f} s")


def timed_night(home: Home, night: str, *, baseline: bool) -> tuple[float, float]:
    """Seconds and peak gigabytes of one night in a process of its own."""
    command = [sys.executable, "-c", RUN, str(home.root), night, str(int(baseline))]
    started = time.perf_counter()
    done = subprocess.run(
        ["/usr/bin/time", "-v", *command], capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - started
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    peak = re.search(r"Maximum resident set size \(kbytes\): (\d+)", done.stderr)
    return seconds, int(peak[1]) / 1e6 if peak else float("nan")


def bare_read(home: Home) -> float:
    """Seconds for DuckDB to read the same csv files (decoded beforehand) as text."""
    spent = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(home.inbox.rglob("*.csv")):
            data = path.read_bytes()
            text = "".join(lines(data, encoding_of(data)))
            plain = Path(folder) / "plain.csv"
            plain.write_text(text, encoding="utf-8")
            started = time.perf_counter()
            with duckdb.connect() as connection:
                connection.execute(
                    "CREATE TABLE t AS FROM read_csv(?, all_varchar=true, ignore_errors=true)",
                    [str(plain)],
                ).fetchall()
            spent += time.perf_counter() - started
    return spent


if __name__ == "__main__":
    main()
