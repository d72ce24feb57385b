"""Who is recognised as the erased person, and who is not: drawn on both sides."""

from datetime import date

import pytest

from flows.erasure.marks import is_marked, marks_of, read_said

SECRET = b"secret"
NUMBER, OTHER = "370881197401300231", "370881197401300215"
BORN, PHONE = date(1974, 1, 30), "13741699866"


def checked(text):
    """The number with its right check character."""
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], weights, strict=True))
    return text[:17] + "10X98765432"[total % 11]


NUMBER, OTHER = checked(NUMBER), checked(OTHER)
(ERASED,) = read_said([(NUMBER, "李伟强", BORN, PHONE)])
MARKS = frozenset(marks_of(ERASED, SECRET))


@pytest.mark.parametrize(
    ("number", "name", "born", "phone", "theirs"),
    [
        (NUMBER, "李伟强", BORN, PHONE, True),
        (NUMBER, None, None, None, True),
        (f" {NUMBER.lower()} ", "李 伟 强", None, None, True),
        (NUMBER[:6] + NUMBER[8:17], "李伟强", None, None, True),
        (NUMBER, "李伟墙", None, None, True),  # one character misread
        (NUMBER, "黎伟强", None, None, True),  # the same sound
        (NUMBER, "李小妹", None, None, False),  # a child under its guardian's number
        (OTHER, "李伟强", BORN, PHONE, False),  # a namesake with a number of his own
        (None, "李伟强", BORN, None, True),
        (None, "李伟强", None, PHONE, True),
        (None, "李伟强", None, None, False),  # a name alone is anybody's
        (None, None, BORN, PHONE, False),  # and so are a birth date and a phone
        (None, "李伟强", date(1974, 1, 31), "13741699867", False),
        ("370881********0231", "李伟强", BORN, None, True),  # a masked number is none
    ],
)
def test_by_number_and_a_name_that_fits_or_by_name_and_something_else(
    number, name, born, phone, theirs
):
    (said,) = read_said([(number, name, born, phone)])
    assert is_marked(said, MARKS, SECRET) is theirs


def test_marks_tell_nothing_and_depend_on_the_sites_secret():
    assert not any(value in mark for mark in MARKS for value in (NUMBER, "李伟强", PHONE))
    assert MARKS.isdisjoint(marks_of(ERASED, b"another site"))


def test_nobody_is_marked_where_nobody_was_erased():
    assert not is_marked(ERASED, frozenset(), SECRET)
