"""Answers that cannot all be true are found with the chain they go against, and never resolved."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.review.contradictions import contradictions, without_contradictions
from flows.review.verdicts import VERDICTS, effective
from tests.review.review_tables import answers

TRIANGLE = """
    entry | pair | who | answer
    1     | A B  | 张  | same
    2     | C B  | 张  | same
    3     | A C  | 李  | different
    4     | D E  | 李  | different
    5     | A F  | 李  | same
    """


def test_the_chain_is_named():
    found = contradictions(effective(answers(TRIANGLE)))
    assert found.rows() == [("A", "C", 3, [1, 2])]


def test_of_several_chains_the_shortest_is_named():
    longer = """
        entry | pair | who | answer
        1     | A B  | 张  | same
        2     | B C  | 张  | same
        3     | A X  | 张  | same
        4     | X Y  | 张  | same
        5     | Y C  | 张  | same
        6     | A C  | 张  | different
        """
    assert contradictions(effective(answers(longer)))["chain"].to_list() == [[1, 2]]


def test_what_a_contradiction_does_not_touch_stands():
    kept = without_contradictions(effective(answers(TRIANGLE)))
    assert sorted(kept["entry"]) == [4, 5]


def test_undoing_one_side_ends_the_contradiction():
    undone = TRIANGLE.replace("answer\n", "answer | undoes\n", 1).replace("same\n", "same |\n")
    undone = undone.replace("different\n", "different |\n") + "6 | A C | 李 | | 3\n"
    assert contradictions(effective(answers(undone))).is_empty()


def test_people_who_are_all_different_contradict_nobody():
    apart = """
        entry | pair | who | answer
        1     | A B  | 张  | different
        2     | B C  | 张  | different
        3     | A C  | 张  | different
        """
    assert contradictions(effective(answers(apart))).is_empty()


_PAIRS = st.sampled_from([(a, b) for a in "ABCDE" for b in "ABCDE" if a < b])


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(_PAIRS, st.booleans()), st.randoms(use_true_random=False))
def test_what_is_left_can_all_be_true_and_the_order_of_rows_does_not_matter(said, random):
    rows = [(*pair, same, entry) for entry, (pair, same) in enumerate(said.items())]
    verdicts = pl.DataFrame(rows, schema=VERDICTS, orient="row")
    found = contradictions(verdicts)
    random.shuffle(rows)
    assert contradictions(pl.DataFrame(rows, schema=VERDICTS, orient="row")).equals(found)
    kept = without_contradictions(verdicts)
    group = {letter: letter for letter in "ABCDE"}
    for left, right, same, _ in kept.rows():
        if same:
            group = {k: group[left] if v == group[right] else v for k, v in group.items()}
    assert all((group[left] == group[right]) == same for left, right, same, _ in kept.rows())
