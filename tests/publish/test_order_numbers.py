from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.publish.cells import guarded
from flows.publish.order_numbers import canonical_order_number, is_order_number, order_number

ON = date(2026, 11, 22)
NUMBERS = st.builds(
    order_number,
    st.from_regex(r"[1-9][0-9]{5}", fullmatch=True),
    st.dates(date(2020, 1, 1), date(2099, 12, 31)),
    st.integers(1, 999_999),
)
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@given(NUMBERS)
def test_every_number_made_is_recognised_and_left_alone_by_a_spreadsheet(number):
    assert canonical_order_number(number) == number
    assert guarded(number) == number


@given(NUMBERS, st.data())
def test_every_single_wrong_character_is_noticed(number, data):
    place = data.draw(st.sampled_from([at for at, one in enumerate(number) if one != "-"]))
    wrong = data.draw(st.sampled_from([one for one in CHARACTERS if one != number[place]]))
    assert not is_order_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("change", [str.lower, lambda n: f" {n}\n", lambda n: n.replace("-", "")])
def test_case_space_and_missing_hyphens_do_not_matter(change):
    assert is_order_number(change(order_number("370881", ON, 137)))


@pytest.mark.parametrize("hyphen", ["\u2014", "\uff0d", " ", "\u2212", "- "])
def test_other_hyphens_do_not_matter(hyphen):
    number = order_number("370881", ON, 137)
    assert canonical_order_number(number.replace("-", hyphen)) == number


def test_full_width_characters_do_not_matter():
    number = order_number("370881", ON, 137)
    wide = "".join(chr(ord(one) + 0xFEE0) if one != "-" else one for one in number)
    assert canonical_order_number(wide) == number


@pytest.mark.parametrize(
    "text", ["", "ZF", "370881198001010213", "ZF370881-20261322-0001-0", "工作单"]
)
def test_other_texts_are_no_order_numbers(text):
    assert not is_order_number(text)


@pytest.mark.parametrize(("county", "sequence"), [("37088", 1), ("3708811", 1), ("370881", 0)])
def test_impossible_parts_are_refused(county, sequence):
    with pytest.raises(ValueError, match=r"a (county code|sequence)"):
        order_number(county, ON, sequence)
