"""What is asked next: the most consequential first, nothing answered, a share of it twice."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.review.pairs import (
    FIRST,
    SECOND,
    canonical_question_no,
    is_shown_twice,
    pair_of,
    question_no,
)
from flows.review.queue import FAR_APART, build_queue
from tests.review.review_tables import NO_ANSWERS, answers, doubts, many_doubts, pairs_of

DOUBTS = """
    pair | probability | would_change
    A Z  | 0.50        |
    B Z  | 0.52        | +blue:elder_alone_without_pension
    C Z  | 0.10        | +yellow:rent_arrears,-blue:elder_alone_without_pension
    D Z  | 0.90        | -red:large_single_admission
    E Z  | 0.55        | +red:large_single_admission
    F Z  | 0.40        |
    """


def asked(doubts_text, answers_text=None, capacity=100, share=0, **who):
    given_answers = answers(answers_text) if answers_text else NO_ANSWERS
    return build_queue(doubts(doubts_text), given_answers, capacity, share, **who)


def test_what_would_change_a_red_yellow_or_blue_finding_goes_first_then_the_most_open():
    assert pairs_of(asked(DOUBTS)) == ["E Z", "D Z", "C Z", "B Z", "A Z", "F Z"]


def test_there_are_never_more_questions_than_there_is_room_for():
    assert pairs_of(asked(DOUBTS, capacity=2)) == ["E Z", "D Z"]
    assert asked(DOUBTS, capacity=0).is_empty()


def test_a_question_keeps_its_number_and_each_pair_has_its_own():
    queue = asked(DOUBTS)
    numbers = dict(zip(pairs_of(queue), queue["question_no"], strict=True))
    assert len(set(numbers.values())) == 6
    turned = asked(DOUBTS.replace("E Z", "Z E"), capacity=1)
    assert turned["question_no"].to_list() == [numbers["E Z"]]


def test_a_number_is_read_however_it_is_typed_and_a_slip_is_noticed():
    number = question_no(("a", "b"))
    assert number == "WT-92BF2-6DP35-N"
    assert canonical_question_no(f" {number.lower().replace('-', ' ')} ") == number
    full_width = "".join(chr(ord(one) + 0xFEE0) if one != "-" else one for one in number)
    assert canonical_question_no(full_width) == number
    assert canonical_question_no(number.replace("B", "C")) is None
    assert canonical_question_no("") is None


def test_what_was_answered_is_not_asked_again():
    said = """
        entry | pair | who | answer
        1     | Z E  | 张  | same
        2     | D Z  | 张  | different
        """
    assert pairs_of(asked(DOUBTS, said)) == ["C Z", "B Z", "A Z", "F Z"]


def test_an_undone_answer_is_asked_again():
    said = """
        entry | pair | who | answer | undoes
        1     | E Z  | 张  | same   |
        2     | E Z  | 李  |        | 1
        """
    assert pairs_of(asked(DOUBTS, said, capacity=1)) == ["E Z"]


def test_who_is_unsure_is_not_asked_again_and_others_are_asked_later():
    said = """
        entry | pair | who | answer
        1     | E Z  | 张  | unsure
        """
    assert "E Z" not in pairs_of(asked(DOUBTS, said, who="张"))
    theirs = asked(DOUBTS, said, who="李")
    assert pairs_of(theirs)[:3] == ["D Z", "E Z", "C Z"]
    assert theirs["kind"].to_list()[:2] == ["new", "unsure"]


def test_who_disagrees_is_asked_again():
    said = """
        entry | pair | who | answer
        1     | E Z  | 张  | same
        2     | E Z  | 李  | different
        """
    for who in ("张", "王", None):
        queue = asked(DOUBTS, said, capacity=1, who=who)
        assert (pairs_of(queue), queue["kind"].to_list()) == (["E Z"], ["conflict"])


def test_a_contradicted_pair_is_asked_of_somebody_else():
    said = """
        entry | pair | who | answer
        1     | A Z  | 张  | same
        2     | A E  | 张  | same
        3     | E Z  | 张  | different
        """
    theirs = asked(DOUBTS, said, who="李")
    kinds = dict(zip(pairs_of(theirs), theirs["kind"], strict=True))
    assert (kinds["E Z"], kinds["A Z"], kinds["D Z"]) == ("contradiction", "contradiction", "new")
    assert not {"E Z", "A Z"} & set(pairs_of(asked(DOUBTS, said, who="张")))


def test_pairs_that_lie_with_somebody_else_are_left_to_them():
    queue = build_queue(doubts(DOUBTS), NO_ANSWERS, 10, 0, who="李", lent={("E", "Z")})
    assert "E Z" not in pairs_of(queue)
    twice = build_queue(doubts(DOUBTS), NO_ANSWERS, 10, 1.0, who="李", lent={("E", "Z")})
    assert "E Z" in pairs_of(twice)


def test_the_declared_share_is_asked_twice():
    queue = build_queue(many_doubts(2000), NO_ANSWERS, 10_000, 0.10)
    again = queue.filter(queue["copy"] == SECOND)
    assert queue.height - again.height == 2000
    assert again.height == pytest.approx(200, abs=45)


def test_nothing_is_asked_twice_where_no_share_is_declared():
    assert build_queue(many_doubts(300), NO_ANSWERS, 1000, 0)["copy"].unique().to_list() == [FIRST]


def test_the_second_copy_is_blind_turned_round_and_far_from_the_first():
    queue = build_queue(many_doubts(40), NO_ANSWERS, 100, 0.5)
    first = {row["question_no"]: row for row in queue.iter_rows(named=True) if row["copy"] == FIRST}
    again = [row for row in queue.iter_rows(named=True) if row["copy"] == SECOND]
    assert again
    for row in again:
        pair = pair_of(row["record_key"], row["other_record_key"])
        before = first[question_no(pair)]
        assert row["question_no"] != before["question_no"]
        assert (row["record_key"], row["person_id"]) == (
            before["other_record_key"],
            before["other_person_id"],
        )
        assert abs(row["place"] - before["place"]) > FAR_APART
    order = [question_no(pair_of(row["record_key"], row["other_record_key"])) for row in again]
    assert order != [number for number in first if number in set(order)]


def test_on_a_short_sheet_the_second_copy_waits():
    assert set(build_queue(many_doubts(9), NO_ANSWERS, 100, 1.0)["copy"]) == {FIRST}
    assert set(build_queue(many_doubts(10), NO_ANSWERS, 100, 1.0)["copy"]) == {FIRST, SECOND}


BOTH_COPIES = """
    entry | pair        | who | answer    | copy
    1     | r0000 f0000 | 张  | same      | 1
    2     | r0000 f0000 | 张  | same      | 2
    """
FIRST_COPY = BOTH_COPIES.rsplit("2     |", 1)[0]


def kinds_for(who, text, share=1.0):
    queue = build_queue(many_doubts(1), answers(text), 10, share, who=who)
    return queue.select("kind", "copy").rows()


def test_the_second_copy_comes_on_a_later_sheet_to_the_same_person_only():
    assert kinds_for("张", FIRST_COPY) == [("again", SECOND)]
    assert kinds_for("张", BOTH_COPIES) == []
    assert kinds_for("张", FIRST_COPY, share=0) == []


def test_a_second_person_is_asked_once_and_a_third_not():
    assert kinds_for("李", BOTH_COPIES) == [("other_person", FIRST)]
    assert kinds_for("李", BOTH_COPIES, share=0) == []
    assert kinds_for(None, BOTH_COPIES) == []
    theirs = BOTH_COPIES + "    3 | r0000 f0000 | 李 | same | 1\n"
    assert kinds_for("王", theirs) == []


def test_a_pair_listed_twice_is_asked_once_for_what_matters_more():
    text = """
        pair | probability | would_change
        A B  | 0.50        |
        B A  | 0.90        | +red:large_single_admission
        C C  | 0.50        |
        """
    queue = asked(text)
    assert queue.select("record_key", "severity").rows() == [("B", 3)]


def test_text_lists_and_nothing_are_read_alike():
    listed = doubts(DOUBTS)
    text = listed.with_columns(would_change=listed["would_change"].list.join(";"))
    assert build_queue(text, NO_ANSWERS, 9, 0).equals(build_queue(listed, NO_ANSWERS, 9, 0))
    bare = listed.drop("would_change", "weight")
    assert set(build_queue(bare, NO_ANSWERS, 9, 0)["severity"]) == {0}


def test_who_is_shown_what_twice_depends_on_the_pair_alone():
    pairs = [(f"a{at}", f"b{at}") for at in range(500)]
    assert [is_shown_twice(pair, 0.1) for pair in pairs] == [
        is_shown_twice(pair_of(b, a), 0.1) for a, b in pairs
    ]
    assert all(is_shown_twice(pair, 0.3) for pair in pairs if is_shown_twice(pair, 0.1))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 30), st.integers(0, 40), st.integers(0, 2**32))
def test_the_order_of_rows_does_not_matter(count, capacity, seed):
    listed = many_doubts(count) if count else many_doubts(1).head(0)
    order = random.Random(seed).sample(range(count), count)
    queue = build_queue(listed, NO_ANSWERS, capacity, 0.3)
    assert build_queue(listed[order], NO_ANSWERS, capacity, 0.3).equals(queue)
    assert queue.height <= capacity
    assert queue["question_no"].n_unique() == queue.height
    assert queue["place"].to_list() == list(range(1, queue.height + 1))
