"""The reference tables are what PROVENANCE.md says."""

import csv
from collections import Counter
from pathlib import Path

import pytest

import data_contracts.reference

FOLDER = Path(data_contracts.reference.__file__).parent
COLUMNS = {
    "divisions": ["code", "name", "level", "parent_code"],
    "villages": ["code", "name", "short_name", "township_code", "county_code"],
    "serious_diseases_icd10": ["no", "disease", "icd10_prefixes", "age"],
    "gbk_pua_chars": ["pua_codepoint", "gbk_bytes", "char", "codepoint"],
    "similar_characters": ["kind", "character", "others"],
}


def rows(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_table_in_the_folder_has_its_provenance():
    told = (FOLDER / "PROVENANCE.md").read_text(encoding="utf-8")
    assert {table.stem for table in FOLDER.glob("*.csv")} == set(COLUMNS)
    for name in COLUMNS:
        assert f"| {name}.csv | {len(rows(name)):,} |" in told


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_is_plain_utf8_with_unix_lines_and_its_columns(name):
    raw = (FOLDER / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert list(rows(name)[0]) == COLUMNS[name]


def test_divisions_hang_together_from_province_to_township():
    divisions = rows("divisions")
    levels = {row["code"]: row["level"] for row in divisions}
    above = {"city": "province", "county": "city", "township": "county"}
    assert len(levels) == len(divisions)
    for row in divisions:
        assert levels.get(row["parent_code"]) == above.get(row["level"])
    assert Counter(levels.values())["province"] == 31


def test_the_township_and_village_of_the_published_story_are_there():
    assert ("370881102", "姚村镇") in {(row["code"], row["name"]) for row in rows("divisions")}
    assert ("370881102227", "陈家寨村民委员会") in {
        (r["code"], r["name"]) for r in rows("villages")
    }


def test_every_village_lies_in_a_township_and_county_of_its_own_code():
    townships = {row["code"] for row in rows("divisions") if row["level"] == "township"}
    for village in rows("villages"):
        assert village["code"].startswith(village["township_code"])
        assert village["township_code"].startswith(village["county_code"])
        assert village["township_code"] in townships


def test_thirty_diseases_have_code_prefixes():
    diseases = rows("serious_diseases_icd10")
    assert [row["no"] for row in diseases] == [str(number) for number in range(1, 31)]
    assert all(row["icd10_prefixes"] for row in diseases)


def test_private_use_points_stand_for_the_characters_written_beside_them():
    for row in rows("gbk_pua_chars"):
        assert chr(int(row["codepoint"].removeprefix("U+"), 16)) == row["char"]
        assert 0xE000 <= int(row["pua_codepoint"].removeprefix("U+"), 16) <= 0xF8FF


def test_similar_characters_are_told_one_by_one():
    for row in rows("similar_characters"):
        assert row["kind"] in ("variant", "shape", "part")
        assert len(row["character"]) == 1
        group = row["character"] + row["others"]
        assert len(set(group)) == len(group) >= 2
