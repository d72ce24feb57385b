"""What a full delivery says otherwise of records that are known, however few of them fill a column."""

import duckdb
import pytest

from data_contracts.sources import SOURCES
from flows.drift.known import known_shares

PROPERTY = SOURCES["property"]


@pytest.mark.parametrize(
    ("filled", "rewritten", "expected"),
    [
        (40, 40, 1.0),
        (40, 10, 0.25),
        (40, 0, 0.0),
        (20, 20, 1.0),
        (19, 19, None),
        (0, 0, None),
    ],
)
def test_a_column_that_few_fill_is_compared_where_it_is_filled(filled, rewritten, expected):
    assert _shares(500, filled, rewritten).get("changed_cancelled_on") == expected


def test_what_is_sent_piece_by_piece_repeats_nothing_that_could_be_compared():
    changes = SOURCES["death"]
    assert known_shares(duckdb.connect(), changes, "known") == {}


def _shares(rows: int, filled: int, rewritten: int) -> dict[str, float]:
    """A delivery that is known, of whose filled cancellation days some say another year."""
    connection = duckdb.connect()
    columns = sorted(
        {*PROPERTY.columns, *PROPERTY.becomes.columns} - {"cancelled_on", "registered_on"}
    )
    others = ", ".join(
        f'CAST(NULL AS VARCHAR) AS "{name}"' for name in columns if name != "content"
    )
    for table, year in (("good", 2025), ("known", 2024), ("identities", 2024)):
        said = f"CASE WHEN row < {rewritten} THEN {year} ELSE 2024 END"
        connection.execute(
            f"CREATE TABLE {table} AS SELECT {others}, CAST(row AS VARCHAR) AS record_key, "
            f"'property' AS source, CAST(NULL AS DATE) AS known_to, {said} AS content, "
            f"DATE '2001-01-01' + CAST(row AS INT) AS registered_on, "
            f"CASE WHEN row < {filled} THEN make_date({said}, 5, 1) END AS cancelled_on "
            f"FROM range({rows}) AS one(row)"
        )
    return known_shares(connection, PROPERTY, "known")
