"""The house receives every synthetic file and sets aside exactly the rows known to be bad."""

from datetime import date

import duckdb
import polars as pl
import pytest

from data_contracts.sources import SOURCES
from flows.receive import receive

_UNREADABLE = {"rounded_number"}
"""Slips that lose digits, so that the row goes back to its department like a bad one."""
_MAYBE = {"day_month_swapped", "first_of_january"}
"""A wrong birth date goes back only where it lies after the event itself."""


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_every_file_is_accepted_and_only_its_bad_rows_are_set_aside(made, source):
    truth = made.truth("rows")
    kind = pl.element()
    bad = kind.str.starts_with("bad:") | kind.is_in(list(_UNREADABLE))
    must_go = pl.col("dirt").list.eval(bad).list.any()
    may_go = pl.col("dirt").list.eval(bad | kind.is_in(list(_MAYBE))).list.any()
    with duckdb.connect() as connection:
        for path in (path for path in made.paths if path.parent.name == source):
            judgement = receive(
                connection,
                SOURCES[source],
                path.read_bytes(),
                path.name,
                on=date.fromisoformat(path.parent.parent.name),
                previous=None,
                secret=b"\0" * 32,
            )
            set_aside = {row for (row,) in connection.execute("SELECT row FROM bad").fetchall()}
            rows = truth.filter(pl.col("file_name") == path.name)
            assert judgement.verdict == "accepted"
            assert judgement.rows == rows.height
            assert set(rows.filter(must_go)["row"]) <= set_aside
            assert set_aside <= set(rows.filter(may_go)["row"])
