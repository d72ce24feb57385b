"""Plain texts are read to one form and compared by levels."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.text_levels import TextLevel, read_texts, text_levels

TEXTS = st.lists(st.text("abcdeé 1-张三", max_size=12), min_size=1, max_size=20)
CALM = settings(deadline=None, max_examples=60)


def level(left, right):
    return text_levels(pa.array([left], pa.string()), pa.array([right], pa.string()))[0].as_py()


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("smith", "smith", TextLevel.EQUAL),
        ("smith", "smyth", TextLevel.CLOSE),
        ("jon", "john", TextLevel.CLOSE),
        ("2119", "2191", TextLevel.CLOSE),
        ("katherine", "kathryn", TextLevel.SIMILAR),
        ("bristol, city of", "city bristol", TextLevel.SHARED),
        ("tq13 8df", "tq19 4zz", TextLevel.SHARED),
        ("politician", "polo player", TextLevel.SHARED),
        ("house of york", "duke of kent", TextLevel.DIFFERENT),
        ("tq13 8df", "bs2 0el", TextLevel.DIFFERENT),
        ("11", "12", TextLevel.DIFFERENT),
        ("nsw", "vic", TextLevel.DIFFERENT),
        ("第一中学", "第二中学", TextLevel.CLOSE),
        ("smith", None, None),
        ("", "smith", None),
        (None, None, None),
    ],
)
def test_texts_agree_by_levels(left, right, expected):
    assert level(left, right) == expected


@CALM
@given(TEXTS, st.randoms(use_true_random=False))
def test_the_sides_and_the_company_do_not_matter(texts, random):
    others = texts[:]
    random.shuffle(others)
    left, right = pa.array(texts), pa.array(others)
    together = text_levels(left, right).to_pylist()
    assert together == text_levels(right, left).to_pylist()
    assert together == [level(one, other) for one, other in zip(texts, others, strict=True)]


def test_chunks_and_nothing_at_all_are_fine():
    chunked = pa.chunked_array([["anna"], ["", "bob"]])
    assert text_levels(chunked, pa.array(["anna", "x", "bop"])).to_pylist() == [4, None, 0]
    assert text_levels(pa.array([], pa.string()), pa.array([], pa.string())).to_pylist() == []


def test_a_hostile_text_does_not_take_for_ever():
    long = pa.array([" ".join(f"word{at}" for at in range(20_000))] * 20)
    assert text_levels(long, pa.array(["bristol word3"] * 20)).to_pylist() == [1] * 20


def texts(*values):
    return read_texts(pa.array(values, pa.string()))["text"].to_pylist()


def test_texts_are_read_to_one_form():
    assert texts(" Ｊａｎｅ  DOE\t", "jane doe", "ÉMILE", "ab1\u30002cd") == [
        "jane doe", "jane doe", "émile", "ab1 2cd",
    ]  # fmt: skip
    assert texts("", "  ", "NULL", "n/a", "-", "无", "不详", None) == [None] * 8


@CALM
@given(st.lists(st.text(max_size=12), min_size=1, max_size=20))
def test_reading_twice_is_reading_once(values):
    once = texts(*values)
    assert texts(*once) == once
