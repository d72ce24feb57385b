import re

import duckdb
import pytest
from snapshot_fixture import NIGHT, STORY, WHY, build_snapshot

from matchers.household_members import HOWS
from notebooks import console


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return build_snapshot(tmp_path_factory.mktemp("published") / "snapshot.duckdb")


def households(rows):
    return {row["household_id"] for row in rows}


def test_the_snapshot_is_the_one_named_by_the_environment(snapshot, monkeypatch):
    monkeypatch.setenv("DOORSTEP_SNAPSHOT", str(snapshot))
    assert console.published_snapshot() == snapshot


def test_before_the_first_night_there_is_no_snapshot(tmp_path, monkeypatch):
    monkeypatch.setenv("DOORSTEP_SNAPSHOT", str(tmp_path / "snapshot.duckdb"))
    assert console.published_snapshot() is None


def test_a_question_cannot_write_to_the_snapshot(snapshot):
    with pytest.raises(duckdb.Error, match="read-only"):
        console.rows_of(snapshot, "DELETE FROM worklist")


def test_without_filters_every_household_is_listed_worst_first(snapshot):
    listed = console.worklist_of(snapshot)
    assert len(listed) == 30
    assert listed[0]["household_id"] == STORY
    assert [row["severity"] for row in listed] == sorted(
        (row["severity"] for row in listed), reverse=True
    )


@pytest.mark.parametrize(
    ("column", "asked"),
    [("township_code", {"township": "370881102"}), ("severity", {"severity": 2}),
     ("state", {"state": "carried"})],
)  # fmt: skip
def test_a_filter_keeps_exactly_the_households_that_it_names(snapshot, column, asked):
    everybody = console.worklist_of(snapshot)
    (value,) = asked.values()
    kept = console.worklist_of(snapshot, **asked)
    assert households(kept) == households(row for row in everybody if row[column] == value)
    assert 0 < len(kept) < len(everybody)


def test_a_signal_filter_finds_it_among_several_and_does_not_take_a_part_of_a_name(snapshot):
    assert STORY in households(console.worklist_of(snapshot, signal="new_serious_disease"))
    assert console.worklist_of(snapshot, signal="new_serious") == []


def test_filters_narrow_together(snapshot):
    kept = console.worklist_of(snapshot, township="370881102", severity=3)
    assert {(row["township_code"], row["severity"]) for row in kept} == {("370881102", 3)}


def test_a_filter_value_is_never_read_as_sql(snapshot):
    assert console.worklist_of(snapshot, township="' OR 1=1 --") == []
    assert console.household_of(snapshot, "' OR 1=1 --") is None


def test_filters_offer_the_words_of_the_screen(snapshot):
    choices = console.choices_of(snapshot)
    assert list(choices["乡镇"]) == ["全部", "姚村镇", "陵城镇", "尼山镇"]
    assert choices["预警"]["公租房欠租"] == "rent_arrears"
    assert choices["等级"] == {"全部": None, "红": 3, "黄": 2, "蓝": 1}


def test_words_narrow_the_list_and_an_empty_list_keeps_its_columns(snapshot):
    listed = console.worklist_of(snapshot)
    titles = {"large_admission": "单次大额住院"}
    assert console.list_table(listed, titles, " 陈家寨 ").height == 11
    assert console.list_table(listed, titles, "没有这样的户").columns == list(console.LIST)


def test_a_household_brings_members_findings_proofs_and_every_departments_rows(snapshot):
    household = console.household_of(snapshot, STORY)
    assert [member["relation"] for member in household["members"]] == ["head", "parent"]
    assert {member["township_name"] for member in household["members"]} == {"姚村镇"}
    assert {row["source"] for row in household["timeline"]} == {
        "hospital_discharge", "medical_settlement", "insurance_benefit", "resident_register",
    }  # fmt: skip
    assert [finding["severity"] for finding in household["findings"]] == [3, 2]
    assert len(household["proofs"]) == 3


def test_the_timeline_says_which_findings_a_row_proves(snapshot):
    timeline = console.household_of(snapshot, STORY)["timeline"]
    proves = {row["record_key"]: row["proves"] for row in timeline}
    assert proves["K-admission-1"] == "单次大额住院、新患重大疾病"
    assert proves["K-benefit-1"] is None


def test_an_unknown_household_is_nothing(snapshot):
    assert console.household_of(snapshot, "H999999") is None


def test_a_household_page_names_the_file_and_line_of_every_proof(snapshot):
    page = console.household_html(console.household_of(snapshot, STORY))
    assert "jiesuan_20260306.xlsx 第 1203 行" in page
    assert "批次 07be55a1c9d2f346" in page
    assert "单次自付下限 26000 元(示例县〔2025〕12 号,2026-01-01 起)" in page
    assert "不称“首次患病”" in page


def test_the_timeline_says_in_chinese_how_a_row_came_to_the_person(snapshot):
    page = console.household_html(console.household_of(snapshot, STORY))
    assert console.HOW_IN_CHINESE["evidence"] in page
    assert "99.7%" in page
    assert console.said(WHY) in page


def test_every_member_says_why_they_belong_to_the_household(snapshot):
    page = console.household_html(console.household_of(snapshot, STORY))
    assert "户口登记<br><small>2008-05-09 起</small>" in page
    assert "同住" in page


def test_there_is_a_word_for_every_way_to_belong():
    assert set(console.BELONGS) == set(HOWS)


def test_what_is_not_known_is_said_so_and_never_printed_as_none(snapshot):
    page = console.household_html(console.household_of(snapshot, "H000002"))
    assert console.UNKNOWN in page
    assert "None" not in page


def test_what_stands_in_a_row_is_shown_and_never_run():
    hostile = "<script>alert(1)</script>'\""
    assert "<script" not in console.said(hostile)
    assert "<script" not in console.table_html([hostile], [])


def test_an_empty_table_says_so_across_all_columns():
    assert "<td colspan='2'>无</td>" in console.table_html(["甲", "乙"], [])


def test_the_head_says_the_night_its_state_and_what_is_wrong(snapshot):
    head = console.night_html(console.night_of(snapshot), console.worklist_of(snapshot))
    assert f"{NIGHT.year} 年 {NIGHT.month} 月 {NIGHT.day} 日" in head
    assert console.STATE_WORDS["degraded"] in head
    assert "公租房台账已迟到 12 天" in head
    assert "<b>11</b><span>红色</span>" in head


def test_a_supplement_says_which_it_is(snapshot):
    night = console.night_of(snapshot)
    assert "补充单" not in console.night_html(night, [])
    assert "补充单 2" in console.night_html({**night, "number": 3}, [])


def test_the_sources_show_what_is_late_and_what_is_held(snapshot):
    rows = console.rows_of(snapshot, "SELECT * FROM source_status ORDER BY source")
    page = console.sources_html(rows)
    assert "<b class='ds-late'>12</b>" in page
    assert "从未收到" in page
    assert "本夜未收到" in page
    assert "待放行" in page
    assert "2,210" in page


def test_nothing_in_the_page_points_to_another_host(snapshot):
    page = console.household_html(console.household_of(snapshot, STORY))
    folder = console.Path(console.__file__).parent
    for text in (page, *(path.read_text("utf-8") for path in folder.glob("console*"))):
        assert not re.search(r"https?://|url\(|@import", text)
