"""How steady each person's answers are."""

import pytest

from flows.review.by_person import KnownAnswer, by_person, known_answers
from tests.review.review_tables import answers

GIVEN = answers("""
    entry | pair | who  | answer    | copy
    1     | a b  | wang | same      | 1
    2     | a b  | wang | same      | 2
    3     | a b  | li   | different | 1
    4     | c d  | wang | unsure    | 1
    5     | c d  | li   | unsure    | 1
    6     | e f  | li   | different | 1
    """)


def known(who, *said):
    return [KnownAnswer(who=who, same=same, answer=answer) for same, answer in said]


def test_every_person_has_counts_and_three_agreements():
    truth = known("wang", (True, "same"), (False, "same"), (False, "different"), (True, "unsure"))
    li, wang = by_person(GIVEN, truth)
    assert (li.who, wang.who) == ("li", "wang")
    assert (wang.given["same"], wang.given["different"], wang.given["unsure"]) == (2, 0, 1)
    assert (wang.known.agreed, wang.known.pairs) == (2, 4)
    assert wang.known.low < wang.known.kappa < wang.known.high
    assert (wang.twice.agreed, wang.twice.pairs) == (1, 1)
    assert (wang.others.agreed, wang.others.pairs) == (1, 2)
    assert (li.others.agreed, li.others.pairs) == (1, 2)
    assert (li.known.pairs, li.known.kappa) == (0, None)


def test_whoever_answered_known_pairs_alone_is_listed_too():
    assert [one.who for one in by_person(GIVEN.clear(), known("zhao", (True, "same")))] == ["zhao"]


@pytest.mark.parametrize(("last", "left"), [("different", ["different"]), (None, [])])
def test_the_last_answer_about_a_known_pair_counts_and_undoing_leaves_none(last, left):
    entries = [
        {"who": "wang", "body": {"question_no": "WT-1", "same": True, "answer": answer}}
        for answer in ("same", last)
    ]
    assert [one.answer for one in known_answers(entries)] == left
