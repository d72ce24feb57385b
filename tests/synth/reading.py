"""Read a synthetic county's files back, the plain way."""

import csv
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import fastexcel
import polars as pl

from data_contracts.sources import SOURCES
from flows.synth import County
from flows.synth.departments import DEPARTMENTS


@dataclass
class Made:
    home: Path
    county: County

    def truth(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.home / "truth" / f"{name}.parquet")

    @cached_property
    def paths(self) -> list[Path]:
        return sorted(path for path in (self.home / "inbox-by-night").rglob("*") if path.is_file())

    @cached_property
    def tables(self) -> dict[str, list[list[str]]]:
        """Every file by name: its header row, then its data rows."""
        return {path.name: read_table(path) for path in self.paths}

    def rows(self, source: str) -> pl.DataFrame:
        """All rows of a source under the contract's names, joined with their truth."""
        parts = [
            _named(self.tables[path.name], source).with_columns(
                file_name=pl.lit(path.name), row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
            )
            for path in self.paths
            if path.parent.name == source
        ]
        truth = self.truth("rows").filter(pl.col("source") == source)
        return pl.concat(parts).join(truth, on=["file_name", "row"], how="inner")


def read_table(path: Path) -> list[list[str]]:
    form = DEPARTMENTS[path.parent.name].form
    if path.suffix == ".xlsx":
        sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string")
        cells = [["" if v is None else v for v in row] for row in sheet.to_polars().rows()]
        assert cells[-1][0] == "合计"
        return cells[2:-1]
    text = path.read_bytes().decode(form.encoding)
    return list(csv.reader(io.StringIO(text), delimiter=form.separator))


def mapped(headers: list[str], source: str) -> dict[str, int]:
    """Contract columns and where they stand; a repeated header is numbered as the contract says."""
    spelled = {
        header: name
        for name, column in SOURCES[source].columns.items()
        for header in (name, *column.headers)
    }
    numbered = [
        header if headers[:at].count(header) == 0 else f"{header}#{headers[:at].count(header) + 1}"
        for at, header in enumerate(headers)
    ]
    return {spelled[header]: at for at, header in enumerate(numbered) if header in spelled}


def _named(table: list[list[str]], source: str) -> pl.DataFrame:
    places = mapped(table[0], source)
    return pl.DataFrame(
        {name: [row[at] for row in table[1:]] for name, at in places.items()},
        schema=dict.fromkeys(places, pl.String),
    )
