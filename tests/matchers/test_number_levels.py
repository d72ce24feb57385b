"""How a broken or masked number fits a whole one, and what must never be taken for a fit."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from matchers.number_levels import NumberLevel, number_levels

CALM = settings(deadline=None, max_examples=50)
WHOLE = "11010519491231002X"
BODIES = st.builds(
    "{}{:%Y%m%d}{:03d}".format,
    st.integers(110101, 829999),
    st.dates(date(1850, 1, 1), date(2100, 12, 31)),
    st.integers(0, 999),
)
NUMBERS = BODIES.map(lambda body: body + mod_11_2.calc_check_digit(body))


def level(typed, whole=WHOLE):
    (found,) = number_levels(pa.array([typed], pa.string()), pa.array([whole], pa.string()))
    return None if found.as_py() is None else NumberLevel(found.as_py()).name


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (WHOLE, "EQUAL"),
        ("440524188001010014" + WHOLE, "EQUAL"),  # two numbers in one cell
        ("11010519491231012X", "ONE_EDIT"),  # a digit wrong
        ("11010519491213002X", "ONE_EDIT"),  # two neighbours swapped
        ("1101051949123002X", "ONE_EDIT"),  # one lost
        ("110105194912310002X", "ONE_EDIT"),  # one too many
        ("1101051949123100X2", "ONE_EDIT"),
        ("110105491231002", "ONE_EDIT"),  # the old form
        ("110105194912310", "ONE_EDIT"),  # the last three cut off
        ("110105194912310000", "ONE_EDIT"),  # a spreadsheet's 15 digits
        ("1.10105194912310E17", "ONE_EDIT"),
        ("1.1010519491231E+17", "ONE_EDIT"),
        ("110105491231012", "TWO_EDITS"),
        ("21010519491231012X", "TWO_EDITS"),
        ("1.10105194912E+17", "TWO_EDITS"),
        ("110105********002X", "MASK_FITS_LONG"),
        ("110105****002X", "MASK_FITS_LONG"),
        ("110105XXXXXXXX002X", "MASK_FITS_LONG"),
        ("110105........002X", "MASK_FITS_LONG"),
        ("*************1002X", "MASK_FITS_LONG"),
        ("11010519491231****", "MASK_FITS_LONG"),
        ("11010519491231", "DIFFERENT"),  # four characters lost
        ("110105194912******", "TWO_EDITS"),
        ("110105******002", "TWO_EDITS"),  # of the old form
        ("110105********0021", "DIFFERENT"),
        ("110106********002X", "DIFFERENT"),
        ("440524188001010014", "DIFFERENT"),
        ("1.10106E+17", "DIFFERENT"),
        ("1.10105E+17", None),
        ("110105************", None),  # a county is no evidence
        ("1****************X", None),
        ("******************", None),
        ("111111111111111111", None),
        ("E12345678", None),
        ("陈大成", None),
        ("无", None),
        ("", None),
        (None, None),
    ],
)
def test_a_typed_number_against_a_whole_one(typed, expected):
    assert level(typed) == expected


def test_a_number_that_went_through_a_double_still_fits():
    whole = "440524188001010014"
    assert level(str(int(float(whole))), whole) == "ONE_EDIT"


@pytest.mark.parametrize("whole", [None, "", "110105491231002", "陈大成陈大成", "A" * 18])
def test_what_is_no_whole_number_gives_no_answer(whole):
    assert level(WHOLE, whole) is None


@CALM
@given(NUMBERS, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_one_edit(number, at, by):
    wrong = str((int(number[at].replace("X", "0")) + by) % 10)
    assert level(number[:at] + wrong + number[at + 1 :], number) == "ONE_EDIT"


@CALM
@given(NUMBERS, NUMBERS, st.sets(st.integers(0, 17), min_size=2, max_size=10))
def test_a_mask_fits_exactly_those_that_it_can_stand_for(number, other, hidden):
    masked = "".join("*" if at in hidden else sign for at, sign in enumerate(number))
    assert level(masked, number) in ("MASK_FITS_LONG", "TWO_EDITS", None)
    agrees = all(one in ("*", two) for one, two in zip(masked, other, strict=True))
    assert (level(masked, other) == "DIFFERENT") == (not agrees)


@CALM
@given(st.lists(st.tuples(st.one_of(st.none(), st.text()), NUMBERS)))
def test_pairs_are_judged_each_for_itself(pairs):
    typed, whole = (pa.array([pair[at] for pair in pairs], pa.string()) for at in (0, 1))
    alone = [level(*pair) for pair in pairs]
    together = number_levels(typed, whole).to_pylist()
    assert [None if one is None else NumberLevel(one).name for one in together] == alone


def test_hostile_lengths_and_chunks_are_judged():
    typed = pa.chunked_array([["1*" * 50_000], [], ["9" * 50_000, "*" * 50_000]], pa.string())
    whole = pa.chunked_array([[WHOLE, WHOLE, WHOLE]], pa.string())
    assert number_levels(typed, whole).to_pylist() == [None, None, None]
    assert len(number_levels(typed[:0], whole[:0])) == 0
