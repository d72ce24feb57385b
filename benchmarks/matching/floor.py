"""The least a matcher can do: read the five extracts and join them once on the number.

    python -m benchmarks.matching.floor FOLDER [--threads 2]

Prints wall and CPU seconds and peak memory; every other time is quoted as a multiple of it.
"""

from __future__ import annotations

import argparse
import resource
import time
import tomllib
from pathlib import Path

import duckdb

READ = """
create table {name} as
select row_number() over () as row, "{number}" as number, *
from read_csv('{file}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')
"""


def floor(folder: Path, threads: int) -> int:
    """Rows of records that find their number in the register, as it stands."""
    spec = tomllib.loads((folder / "spec.toml").read_text("utf-8"))
    connection = duckdb.connect(config={"threads": threads})
    connection.execute("set enable_progress_bar = false")
    for table in spec["table"]:
        number = table["columns"]["id_number"]
        file = str(folder / table["file"]).replace("'", "''")
        connection.execute(READ.format(name=table["name"], number=number, file=file)).fetchall()
    records = " union all ".join(
        f"select '{table['name']}' as source, row, number from {table['name']}"
        for table in spec["table"]
        if table["role"] == "records"
    )
    joined = f"""
    create table joined as
    select records.source, records.row, register.row as register_row
    from ({records}) as records join police as register using (number)
    """
    connection.execute(joined).fetchall()
    return int(connection.execute("select count(*) from joined").fetchall()[0][0])


def main() -> None:
    """Measure it."""
    ask = argparse.ArgumentParser(prog="benchmarks.matching.floor")
    ask.add_argument("folder", type=Path)
    ask.add_argument("--threads", type=int, default=2)
    told = ask.parse_args()
    start, cpu = time.perf_counter(), time.process_time()
    rows = floor(told.folder, told.threads)
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"floor: {rows:,} rows joined, wall {wall:.2f} s, CPU {cpu:.2f} s, peak {peak:.2f} GB")


if __name__ == "__main__":
    main()
