"""Findings as known then beside those known now."""

import pytest

from data_contracts.records import RECORDS
from data_contracts.sources import SOURCES
from flows.asof_compare.changes import Kind, changes
from flows.asof_compare.evidence import Difference, records_read
from flows.asof_compare.words import change_lines
from tests.planning.evaluation_frames import findings

HEAD = "household_id | person_id | signal | severity | measure\n"
BILL = "H1 | P1 | high_medical_burden | {} | {}"


def one(then, now):
    (change,) = changes(findings(HEAD + then), findings(HEAD + now))
    return change


def test_what_was_found_then_and_is_not_now_has_gone():
    gone = one(BILL.format(3, 30000), "")
    assert (gone.kind, gone.household_id, gone.signal) == (Kind.GONE, "H1", "high_medical_burden")


def test_what_is_found_now_and_was_not_then_has_come():
    assert one("", BILL.format(3, 30000)).kind is Kind.CAME


@pytest.mark.parametrize("now", [(2, 30000), (3, 29999), (3, "")])
def test_another_severity_or_measure_weighs_differently(now):
    assert one(BILL.format(3, 30000), BILL.format(*now)).kind is Kind.WEIGHED


def test_the_same_finding_is_no_change():
    same = findings(HEAD + BILL.format(3, 30000))
    assert changes(same, same) == []
    unknown = findings(HEAD + BILL.format(3, ""))
    assert changes(unknown, unknown) == []


def test_a_household_weighs_as_its_gravest_member_and_names_all_of_them():
    then = "H1 | P1 | high_medical_burden | 2 | 90\nH1 | P2 | high_medical_burden | 3 |"
    now = "H1 | P1 | high_medical_burden | 2 | 90\nH1 | P3 | high_medical_burden | 3 | 5"
    change = one(then, now)
    assert (change.then["person_id"], change.now["person_id"]) == ("P2", "P3")
    assert change.persons == {"P1", "P2", "P3"}


def test_a_member_who_weighs_less_changes_nothing():
    then = "H1 | P1 | high_medical_burden | 3 | 90"
    now = then + "\nH1 | P2 | high_medical_burden | 2 | 900"
    assert changes(findings(HEAD + then), findings(HEAD + now)) == []


def test_the_records_of_a_signal_are_those_its_rule_reads():
    read = records_read("high_medical_burden")
    assert read == {"settlement", "assistance", "resident", "death"}
    assert records_read("several_needs_at_once") == set(RECORDS)


def test_the_lines_say_what_weighed_how_much_and_which_rows_differ():
    change = one(BILL.format(3, 30000), BILL.format(2, 9000))
    bill = Difference(
        source="medical_settlement", how="corrected", then=("aaaa", 7), now=("bbbb", 2)
    )
    lines = list(change_lines([(change, [bill])], {}, SOURCES, 50))
    assert "轻重或数值不同:1 户 1 项" in lines
    assert "  H1 乡镇不明 M1 医疗费负担较重:紧急(30,000.00) → 重点(9,000.00)" in lines
    assert "    因:医保结算 批次 aaaa 第 7 行 → 批次 bbbb 第 2 行(后来更正)" in lines


def test_records_and_changes_beyond_the_limit_are_counted():
    bill = Difference(source="medical_settlement", how="came", then=None, now=("bbbb", 2))
    both = changes(
        findings(HEAD),
        findings(HEAD + "H1 | P1 | rent_arrears | 2 | 3\nH2 | P2 | rent_arrears | 2 | 3"),
    )
    lines = list(change_lines([(each, [bill] * 7) for each in both], {}, SOURCES, 1))
    assert "现在有、当时没有:2 户 2 项" in lines
    assert "  另有 1 项没有列出(--limit)" in lines
    assert "    因:另有 2 条记录不同" in lines
    assert sum("(当时还没有送来)" in line for line in lines) == 5


def test_a_change_without_a_differing_record_says_so():
    change = one("", BILL.format(3, 30000))
    assert any(
        "没有版本不同的记录" in line for line in change_lines([(change, [])], {}, SOURCES, 5)
    )
