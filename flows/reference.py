"""The small official tables that ship with the contracts, read once."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa

import data_contracts.reference
from flows import files
from matchers.divisions import Divisions
from matchers.name_shapes import Shapes

_FOLDER = Path(data_contracts.reference.__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of data_contracts/reference/NAME.csv."""
    return list(csv.DictReader(io.StringIO(files.read_text(_FOLDER / f"{name}.csv"))))


@cache
def private_use_characters() -> dict[str, str]:
    """Private-use code points of old GBK files and the characters they stand for."""
    return {
        chr(int(row["pua_codepoint"].removeprefix("U+"), 16)): row["char"]
        for row in rows("gbk_pua_chars")
    }


@cache
def similar_characters() -> Shapes:
    """Characters that are variants of one another, or look alike."""
    return Shapes.of(rows("similar_characters"))


@cache
def divisions(county: str) -> Divisions:
    """The division table as a county sees it."""
    return Divisions.of_county(
        county, pa.Table.from_pylist(rows("divisions")), pa.Table.from_pylist(rows("villages"))
    )


@cache
def townships(county: str) -> dict[str, str]:
    """Code and name of every township of a county."""
    return {
        row["code"]: row["name"]
        for row in rows("divisions")
        if row["level"] == "township" and row["parent_code"] == county
    }


@cache
def villages(county: str) -> dict[str, str]:
    """Code and short name of every village we know of a county."""
    return {r["code"]: r["short_name"] for r in rows("villages") if r["county_code"] == county}


@cache
def fingerprint() -> str:
    """One hash over all reference tables and the holiday calendar: part of the list of inputs."""
    tables = sorted(_FOLDER.glob("*.csv"))
    calendar = version("chinesecalendar").encode()
    return files.sha256(b"".join([*(files.read(table) for table in tables), calendar]))
