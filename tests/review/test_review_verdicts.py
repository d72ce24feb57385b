"""What answers come to: the latest of each person, a majority of people, and nothing undone."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.review.verdicts import effective, standings, unhonoured
from tests.review.review_tables import ANSWERS, NO_ANSWERS, answers


def verdict(text):
    """The verdict on the one pair of a drawn table."""
    rows = effective(answers(text)).rows()
    return rows[0][2:] if rows else None


def test_one_answer_is_a_verdict_whichever_record_was_named_first():
    found = effective(
        answers("""
        entry | pair | who | answer
        1     | B A  | 张  | same
        2     | A C  | 张  | different
        """)
    )
    assert found.rows() == [("A", "B", True, 1), ("A", "C", False, 2)]


def test_nothing_comes_of_nothing():
    assert effective(NO_ANSWERS).is_empty()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            """
            entry | pair | who | answer
            1     | A B  | 张  | same
            2     | B A  | 张  | different
            """,
            (False, 2),
            id="a person's latest answer counts",
        ),
        pytest.param(
            """
            entry | pair | who | answer
            1     | A B  | 张  | same
            2     | A B  | 李  | different
            """,
            None,
            id="two who disagree give none",
        ),
        pytest.param(
            """
            entry | pair | who | answer
            1     | A B  | 张  | same
            2     | A B  | 李  | different
            3     | A B  | 王  | different
            """,
            (False, 3),
            id="a third person settles it",
        ),
        pytest.param(
            """
            entry | pair | who | answer
            1     | A B  | 张  | same
            2     | A B  | 李  | different
            3     | A B  | 王  | different
            4     | A B  | 赵  | same
            """,
            None,
            id="two against two give none",
        ),
        pytest.param(
            """
            entry | pair | who | answer
            1     | A B  | 张  | same
            2     | A B  | 李  | different
            3     | A B  | 李  | same
            """,
            (True, 3),
            id="one of two is persuaded",
        ),
        pytest.param(
            """
            entry | pair | who | answer
            1     | A B  | 张  | unsure
            """,
            None,
            id="unsure decides nothing",
        ),
        pytest.param(
            """
            entry | pair | who | answer
            1     | A B  | 张  | same
            2     | A B  | 李  | unsure
            """,
            (True, 1),
            id="unsure speaks against nobody",
        ),
        pytest.param(
            """
            entry | pair | who | answer | undoes
            1     | A B  | 张  | same   |
            2     | A B  | 李  |        | 1
            """,
            None,
            id="an undone answer is none",
        ),
        pytest.param(
            """
            entry | pair | who | answer    | undoes
            1     | A B  | 张  | different |
            2     | A B  | 张  | same      |
            3     | A B  | 张  |           | 2
            """,
            (False, 1),
            id="undoing the latest brings back the one before",
        ),
        pytest.param(
            """
            entry | pair | who | answer | undoes
            1     | A B  | 张  | same   |
            2     | A B  | 李  |        | 1
            3     | A B  | 李  |        | 2
            """,
            (True, 1),
            id="an undoing can be undone",
        ),
        pytest.param(
            """
            entry | pair | who | answer | undoes
            1     | A B  | 张  | same   |
            2     | A B  | 李  |        | 1
            3     | A B  | 王  |        | 1
            4     | A B  | 李  |        | 2
            """,
            None,
            id="undone by two and restored by one stays undone",
        ),
    ],
)
def test_the_verdict_on_a_pair(text, expected):
    assert verdict(text) == expected


def test_a_conflict_is_known_as_one():
    text = """
        entry | pair | who | answer
        1     | A B  | 张  | same
        2     | A B  | 李  | different
        3     | A C  | 李  | unsure
        """
    found = standings(answers(text))
    assert {pair: one.is_conflict for pair, one in found.items()} == {
        ("A", "B"): True,
        ("A", "C"): False,
    }


_GIVEN = st.lists(
    st.tuples(st.sampled_from("张李王"), st.sampled_from(["same", "different", "unsure"])),
    max_size=6,
)


@settings(max_examples=30, deadline=None)
@given(_GIVEN, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_of_records_decides_nothing(given_answers, random):
    rows = [
        (entry, "A", "B", answer, who, "q", "", None, None)
        for entry, (who, answer) in enumerate(given_answers, 1)
    ]
    turned = [(row[0], *random.sample(row[1:3], 2), *row[3:]) for row in rows]
    random.shuffle(turned)
    one, other = (effective(pl.DataFrame(r, schema=ANSWERS, orient="row")) for r in (rows, turned))
    assert one.equals(other)


def test_links_that_go_against_a_verdict_are_found():
    verdicts = effective(
        answers("""
        entry | pair | who | answer
        1     | A B  | 张  | same
        2     | A C  | 张  | different
        3     | A D  | 张  | same
        4     | A X  | 张  | same
        """)
    )
    links = pl.DataFrame(
        {"record_key": ["A", "B", "C", "D"], "person_id": ["P1", "P1", "P1", "P2"]}
    )
    assert unhonoured(verdicts, links)["entry"].to_list() == [2, 3]
