"""What is told of the answers: counts, kappas with intervals, and the model against the people."""

import json

from flows.review.measures import measures, waiting
from flows.review.status import measure_lines, newest_lines, queue_lines
from tests.review.review_tables import NO_ANSWERS, NOTHING_ASKED, answers, asked, doubts

SAID = answers("""
    entry | pair | who | answer    | copy | undoes
    11    | A B  | 张  | same      | 1    |
    12    | A B  | 张  | same      | 2    |
    13    | A B  | 李  | different | 1    |
    14    | A B  | 王  | same      | 1    |
    15    | C D  | 张  | different | 1    |
    16    | C D  | 张  | unsure    | 2    |
    17    | E F  | 李  | unsure    | 1    |
    18    | G H  | 李  | same      | 1    |
    19    | G H  | 张  | different | 1    |
    20    | I J  | 张  | same      | 1    |
    21    | I J  | 张  |           | 1    | 20
    22    | B K  | 李  | same      | 1    |
    23    | A K  | 李  | different | 1    |
    """)

ASKED = asked("""
    entry | pair | probability | copy
    5     | A B  | 0.20        | 1
    6     | A B  | 0.80        | 1
    6     | C D  | 0.50        | 1
    6     | A K  | 0.04        | 1
    """)


def test_answers_are_counted():
    found = measures(SAID, ASKED)
    assert found["answers"] == {"same": 5, "different": 4, "unsure": 2}
    assert (found["undone"], found["people"]) == (1, 3)
    assert found["pairs"] == {
        "same": 2,
        "different": 2,
        "unsure": 1,
        "conflict": 1,
        "settled_by_majority": 1,
    }


def test_contradictions_are_told_by_the_numbers_of_their_answers():
    assert measures(SAID, ASKED)["contradictions"] == [{"entry": 23, "chain": [14, 22]}]


def test_the_same_person_twice_and_two_people_are_told_apart():
    found = measures(SAID, ASKED)
    assert (found["same_person_twice"]["pairs"], found["same_person_twice"]["agreed"]) == (2, 1)
    assert found["same_person_twice"]["counts"] == [[1, 0, 0], [0, 0, 1], [0, 0, 0]]
    assert (found["two_people"]["pairs"], found["two_people"]["agreed"]) == (2, 0)
    low, high = found["same_person_twice"]["interval"]
    assert low <= found["same_person_twice"]["kappa"] <= high


def test_an_undone_answer_is_no_second_opinion():
    undone = SAID.filter(SAID["entry"] != 12)
    assert measures(undone, ASKED)["same_person_twice"]["pairs"] == 1


def test_the_model_is_judged_by_what_it_thought_when_last_asked():
    found = measures(SAID, ASKED)["model"]
    assert (found["pairs"], found["agreed"], found["unknown"]) == (3, 2, 1)
    bands = {band["from"]: (band["pairs"], band["same"], band["agreed"]) for band in found["bands"]}
    assert bands == {
        0.0: (1, 0, 1),
        0.1: (0, 0, 0),
        0.3: (0, 0, 0),
        0.5: (1, 0, 0),
        0.7: (1, 1, 1),
        0.9: (0, 0, 0),
    }


def test_certainty_belongs_to_the_last_band():
    certain = asked("entry | pair | probability\n1 | A B | 1.0")
    said = answers("entry | pair | who | answer\n2 | A B | 张 | same")
    assert measures(said, certain)["model"]["bands"][-1]["agreed"] == 1


def test_it_all_fits_into_the_report():
    for said, sheets in ((SAID, ASKED), (NO_ANSWERS, NOTHING_ASKED)):
        found = measures(said, sheets)
        assert json.loads(json.dumps(found)) == found


def test_what_waits_is_counted_by_what_hangs_on_it():
    doubted = doubts("""
        pair | probability | would_change
        G H  | 0.5         | +red:rent_arrears
        E F  | 0.5         |
        X Y  | 0.5         | -blue:rent_arrears
        Y Z  | 0.5         |
        """)
    assert waiting(doubted, SAID) == {
        "questions": 4,
        "by_severity": {"3": 1, "2": 0, "1": 1, "0": 2},
        "again": {"conflict": 1, "contradiction": 0, "unsure": 1},
    }


def test_status_says_it_in_chinese():
    told = "\n".join(measure_lines(measures(SAID, ASKED)))
    assert "已收到 3 人的判断:是同一人 5、不是 4、说不准 2;撤销 1。" in told
    assert "互相矛盾:判断 14、22 合起来说是同一人,判断 23 说不是。" in told
    assert "kappa" in told
    assert "模型认为 70% 至 90%:1 对,人判同一人 1 对,一致 1 对" in told


def test_without_answers_status_claims_nothing():
    assert list(measure_lines(measures(NO_ANSWERS, NOTHING_ASKED))) == ["还没有收到判断。"]
    nothing = doubts("pair | probability\nA A | 0.5")
    assert list(queue_lines(waiting(nothing, NO_ANSWERS))) == ["现在没有需要核对的问题。"]


def test_when_all_say_the_same_there_is_no_kappa():
    said = answers("""
        entry | pair | who | answer | copy
        1     | A B  | 张  | same   | 1
        2     | A B  | 张  | same   | 2
        """)
    told = "\n".join(measure_lines(measures(said, NOTHING_ASKED)))
    assert "1 对,一致 1 对;判断全部相同,算不出 kappa" in told
    assert "两人分别判断:还没有可比的判断。" in told


def test_the_newest_answers_are_listed_with_the_numbers_to_undo_them():
    timed = SAID.with_columns(
        given_at=SAID["who"].replace_strict({}, default="2026-11-22T09:30:00")
    )
    lines = list(newest_lines(timed))
    assert lines[1].startswith("  23  2026-11-22 09:30  李  WT-")
    assert sum("已撤销" in line for line in lines[1:]) == 1
