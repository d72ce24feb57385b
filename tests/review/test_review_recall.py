"""What earlier sheets mean for the next: pairs that lie with others, pairs to be asked again."""

import polars as pl

from flows.review.queue import build_queue
from flows.review.recall import lent, with_recalled
from tests.review.review_tables import NO_ANSWERS, NOTHING_ASKED, answers, asked, doubts, pairs_of

SHEETS = """
    entry | pair | asked_of | asked_at            | probability | severity
    7     | A B  | 张       | 2026-11-10T09:00:00 | 0.6         | 3
    7     | C D  | 张       | 2026-11-10T09:00:00 | 0.4         | 0
    8     | E F  | 李       | 2026-11-01T09:00:00 | 0.5         | 1
    9     | G H  |          | 2026-11-20T09:00:00 | 0.5         | 1
    """
SINCE = "2026-11-08T09:00:00"
DOUBTED = doubts("""
    pair | probability
    C D  | 0.4
    """)


def test_a_question_lies_with_whom_it_was_sent_to_until_they_answer_or_time_is_up():
    sheets = asked(SHEETS)
    assert lent(sheets, NO_ANSWERS, "李", SINCE) == {("A", "B"), ("C", "D")}
    assert lent(sheets, NO_ANSWERS, None, SINCE) == {("A", "B"), ("C", "D")}
    assert lent(sheets, NO_ANSWERS, "张", SINCE) == set()
    said = answers("""
        entry | pair | who | answer
        10    | A B  | 张  | unsure
        11    | C D  | 李  | same
        """)
    assert lent(sheets, said, "王", SINCE) == {("C", "D")}


def test_a_decided_pair_is_remembered_as_it_was_asked():
    said = answers("""
        entry | pair | who | answer
        10    | B A  | 张  | same
        11    | E F  | 李  | unsure
        """)
    recalled = with_recalled(DOUBTED, asked(SHEETS), said)
    assert pairs_of(recalled) == ["C D", "A B"]
    assert recalled.select("record_key", "severity", "probability").row(1) == ("A", 3, 0.6)
    assert pairs_of(build_queue(recalled, said, 9, 1.0, who="李")) == ["A B", "C D"]
    assert pairs_of(build_queue(recalled, said, 9, 0, who="李")) == ["C D"]


def test_people_who_disagree_are_asked_again_though_the_matcher_no_longer_doubts():
    said = answers("""
        entry | pair | who | answer
        10    | A B  | 张  | same
        11    | A B  | 李  | different
        """)
    recalled = with_recalled(DOUBTED.head(0), asked(SHEETS), said)
    assert build_queue(recalled, said, 9, 0)["kind"].to_list() == ["conflict"]


def test_what_is_doubted_now_is_told_as_it_is_now():
    said = answers("""
        entry | pair | who | answer
        10    | C D  | 张  | same
        """)
    recalled = with_recalled(DOUBTED, asked(SHEETS).with_columns(severity=pl.lit(2)), said)
    assert recalled["severity"].to_list() == [0]


def test_without_earlier_sheets_there_is_nothing_to_remember():
    assert pairs_of(with_recalled(DOUBTED, NOTHING_ASKED, NO_ANSWERS)) == ["C D"]
    assert with_recalled(pl.DataFrame(schema=DOUBTED.schema), NOTHING_ASKED, NO_ANSWERS).is_empty()
