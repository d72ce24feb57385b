"""The committed data dictionary says what the contracts say."""

from itertools import pairwise
from pathlib import Path

from data_contracts.records import ALL
from data_contracts.sources import SOURCES
from flows.dictionary import render_data_dictionary

COMMITTED = Path(__file__).parents[2] / "docs" / "generated" / "data_dictionary.md"


def test_the_committed_dictionary_is_current():
    committed = COMMITTED.read_text(encoding="utf-8")
    assert committed == render_data_dictionary(), "the contracts changed: run `make docs`"


def test_every_column_of_every_source_is_told_with_its_headers_and_codes():
    rendered = render_data_dictionary()
    for source in SOURCES.values():
        section = rendered.split(f"### {source.name}\n")[1].split("\n### ")[0]
        for name, column in source.columns.items():
            assert f"| `{name}` | {column.means} |" in section
            assert all(header in section for header in column.headers)
            assert all(spelling in section for spelling in column.codes)
        assert all(rule.reason in section for rule in source.rules)
        assert all(f"| {head} | {why} |" in section for head, why in source.unused.items())


def test_every_fact_of_every_record_is_told():
    rendered = render_data_dictionary()
    for record in ALL.values():
        section = rendered.split(f"### 记录 {record.name}\n")[1].split("\n### ")[0]
        for name, fact in record.columns.items():
            assert f"| `{name}` | {fact.means} |" in section


def test_every_table_has_as_many_cells_in_each_row_as_in_its_head():
    lines = render_data_dictionary().splitlines()
    for above, line in pairwise(lines):
        if above.startswith("|") and line.startswith("|"):
            assert _cells(above) == _cells(line)


def _cells(line: str) -> int:
    return line.replace("\\|", "").count("|")
