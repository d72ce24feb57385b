"""What changes between two evaluations of one night."""

from flows.planning.compared import compared
from flows.planning.words import plan_lines
from tests.planning.evaluation_frames import night

BEFORE = night(
    """
    household_id | signal              | measure | township_code
    H1           | high_medical_burden | 30000   | A
    H2           | high_medical_burden | 27000   | A
    H3           | rent_arrears        | 4       | B
    """,
    """
    household_id | state   | position | township_code
    H1           | issued  | 1        | A
    H2           | carried | 2        | A
    H3           | issued  | 1        | B
    """,
)
AFTER = night(
    """
    household_id | signal              | measure | township_code
    H1           | high_medical_burden | 30000   | A
    H1           | rent_arrears        | 2       | A
    H3           | high_medical_burden | 21000   | B
    H3           | rent_arrears        | 4       | B
    H4           | rent_arrears        | 2       |
    H5           | rent_arrears        | 3       | B
    """,
    """
    household_id | state   | position | township_code
    H1           | issued  | 1        | A
    H3           | carried | 2        | B
    H4           | county  |          |
    H5           | issued  | 1        | B
    """,
)
TOWNSHIPS = {"A": "东镇", "B": "西乡"}


def said(before=BEFORE, after=AFTER):
    return list(plan_lines(compared(before, after), before, after, TOWNSHIPS))


def test_households_come_to_the_findings_and_go():
    found = compared(BEFORE, AFTER)
    assert found.flagged.added == ["H4", "H5"]
    assert found.flagged.removed == ["H2"]


def test_only_issued_households_are_visited_tonight():
    found = compared(BEFORE, AFTER)
    assert found.visited.added == ["H5"]
    assert found.visited.removed == ["H3"]


def test_every_change_is_told_by_township_the_unknown_one_last():
    rows = {row.key: row for row in compared(BEFORE, AFTER).by_township}
    assert list(rows) == ["A", "B", None]
    assert rows["A"].flagged.removed == ["H2"]
    assert rows["B"].flagged.added == ["H5"]
    assert (rows["B"].visited.added, rows["B"].visited.removed) == (["H5"], ["H3"])
    assert rows[None].flagged.added == ["H4"]


def test_a_household_may_come_newly_to_a_signal_though_it_was_flagged_before():
    rows = {row.key: row for row in compared(BEFORE, AFTER).by_signal}
    assert rows["rent_arrears"].flagged.added == ["H1", "H4", "H5"]
    assert rows["high_medical_burden"].flagged.added == ["H3"]
    assert rows["high_medical_burden"].flagged.removed == ["H2"]


def test_who_waits_in_the_same_line_both_times_moves_nearer_or_further():
    found = compared(BEFORE, AFTER)
    assert (found.sooner, found.later) == (0, 1)
    back = compared(AFTER, BEFORE)
    assert (back.sooner, back.later) == (1, 0)


def test_nothing_changes_where_nothing_differs():
    found = compared(BEFORE, BEFORE)
    assert (found.flagged.added, found.visited.removed) == ([], [])
    assert (found.by_township, found.by_signal, found.sooner, found.later) == ((), (), 0, 0)
    assert len(said(BEFORE, BEFORE)) == 3


def test_what_is_said_gives_figures_and_examples_with_the_countys_sentence():
    lines = said()
    assert "预警家庭:现行 3 户,试行 4 户(增加 2,减少 1)" in lines
    assert "  西乡:预警 +1 −0,走访 +1 −1" in lines
    assert "  H4 乡镇不明:公租房租金已欠2个月(数据截至2026年11月)" in lines
    assert any(line.startswith("  H2 东镇:") and "27,000.00元" in line for line in lines)


def test_at_most_five_examples_are_given_and_all_are_counted():
    many = "\n".join(f"H{place} | rent_arrears | 2 | A" for place in range(10, 17))
    after = night(
        f"household_id | signal | measure | township_code\n{many}",
        "household_id | state | position | township_code\n",
    )
    nobody = night(
        "household_id | signal | measure | township_code\n",
        "household_id | state | position | township_code\n",
    )
    lines = said(nobody, after)
    assert "增加的预警家庭(举 5 例,共 7 户):" in lines
    assert sum(line.startswith("  H") for line in lines) == 5
