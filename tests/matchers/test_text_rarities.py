"""Equal texts count by how rare they are."""

import ibis
import pyarrow as pa

from matchers.text_levels import TextLevel
from matchers.text_rarities import text_rarities


def test_rarer_values_stand_on_higher_levels():
    values = ["common"] * 2000 + ["uncommon"] * 60 + ["rare"] * 8 + ["single"] + [None] * 500
    rows = ibis.memtable(pa.table({"town": pa.array(values)}))
    found = ibis.duckdb.connect().to_pyarrow(text_rarities(rows, "town")).to_pylist()
    assert {row["value"]: TextLevel.EQUAL + row["rarity"] for row in found} == {
        "uncommon": TextLevel.EQUAL_UNCOMMON,
        "rare": TextLevel.EQUAL_RARE,
        "single": TextLevel.EQUAL_VERY_RARE,
    }


def test_a_small_table_knows_nothing_that_is_very_rare():
    rows = ibis.memtable(pa.table({"town": ["a", "b", "c", "d"] * 10}))
    assert ibis.duckdb.connect().to_pyarrow(text_rarities(rows, "town")).num_rows == 0
