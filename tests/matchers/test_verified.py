"""Who shares a verified number is one person, unless name or birth date say otherwise."""

import pytest

from tests.matchers.linking import number, told

FATHER = number("1963-05-14", 35)
MOTHER = number("1965-08-22", 24)
SON = number("1993-11-07", 31)
ONE_TWIN, OTHER_TWIN = number("2010-06-01", 11), number("2010-06-01", 13)
OLD, MODERN = "110105491231002", "11010519491231002X"
WHOLE, ROUNDED = "370881198804032019", "370881198804032000"
"""A spreadsheet made the second of the first, and it has a fitting check character."""


def test_one_number_and_one_name_are_one_person_however_they_are_written():
    people = told(
        f"""
        key       | source   | number                   | name    | birth
        r         | resident | {FATHER}                 | 萧大成  | 1963-05-14
        plain     |          | {FATHER}                 | 萧大成  |
        spaced    |          | '{FATHER.lower()}        | 萧 大成 |
        variant   |          | {FATHER}                 | 蕭大成  | 1963-05-14
        nameless  |          | {FATHER}                 |         |
        dated     |          | {FATHER}                 |         | 1963-05-14
        modern    | resident | {MODERN}                 | 赵小丽  | 1949-12-31
        old       |          | {OLD}                    | 赵小丽  |
        """
    )
    assert people == {
        "r": ("r", "register_entry"),
        "plain": ("r", "number_and_name"),
        "spaced": ("r", "number_and_name"),
        "variant": ("r", "number_and_name"),
        "nameless": ("r", "number_alone"),
        "dated": ("r", "number_alone"),
        "modern": ("modern", "register_entry"),
        "old": ("modern", "number_and_name"),
    }


SLIPS = f"""
    key        | source   | number   | name      | birth      | former
    r          | resident | {FATHER} | 陈大成    | 1963-05-14 | 陈狗蛋
    sound      |          | {FATHER} | 陈达城    | 1963-05-14 |
    shape      |          | {FATHER} | 陈太成    | 1963-05-14 |
    part       |          | {FATHER} | 陈?成     | 1963-05-14 |
    swapped    |          | {FATHER} | 陈成大    |            |
    half       |          | {FATHER} | 陈DACHENG |            |
    former     |          | {FATHER} | 陈狗蛋    | 1963-05-14 |
    stranger   |          | {FATHER} | 王小红    | 1980-03-04 |
    slip       |          | {FATHER} | 陈大成    | 1936-05-14 |
    at_most    |          | {FATHER} | 陈大成    | 1977-12-31 |
    generation |          | {FATHER} | 陈大成    | 1978-01-01 |
    that_year  |          | {FATHER} | 陈大成    | 1963       |
    much_later |          | {FATHER} | 陈大成    | 2024       |
    one_digit  |          | {FATHER} | 陈达城    | 1963-05-15 |
    both       |          | {FATHER} | 陈达城    | 1974-09-30 |
    """


def test_a_name_may_be_somewhat_wrong_while_the_birth_date_is_not():
    people = told(SLIPS)
    similar = ("r", "number_and_similar_name")
    assert [people[key] for key in ("sound", "shape", "part", "swapped", "half")] == [similar] * 5
    assert people["former"] == ("r", "number_and_name")
    assert people["stranger"] == ("stranger", "number_of_another")


def test_a_birth_date_may_be_wrong_while_the_name_is_not_but_by_no_generation():
    people = told(SLIPS)
    for fits in ("slip", "at_most", "that_year"):
        assert people[fits] == ("r", "number_and_name")
    for other in ("generation", "much_later"):
        assert people[other] == (other, "number_of_another")


def test_both_somewhat_wrong_is_no_proof():
    people = told(SLIPS)
    assert people["one_digit"] == ("r", "number_and_similar_name")
    assert not people["both"][1].startswith("number_and")


@pytest.mark.parametrize("names", [12, 13])
def test_a_number_beside_more_than_a_dozen_names_is_nobody_s(names):
    given = ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥", "甲"][:names]
    rows = "\n".join(
        f"k{at} | {FATHER} | {surname}{one} | 19{50 + at}-02-03"
        for at, (surname, one) in enumerate(zip("王李赵钱孙周吴郑冯陈褚卫蒋", given, strict=False))
    )
    people = told(f"key | number | name | birth\nholder | {FATHER} | 王子 | 1963-05-14\n{rows}")
    held = people["holder"][1] == "number_new_person"
    assert held == (names == 12)


def test_a_child_keeps_its_guardian_s_number_as_a_claim_only():
    people = told(
        f"""
        key      | source   | number   | name       | birth      | household | guardian | guardian_number
        mother   | resident | {MOTHER} | 李秀英     | 1965-08-22 | h         |          |
        son      | resident | {SON}    | 陈志远     | 1993-11-07 | h         |          |
        typed    |          | {MOTHER} | 陈志远     | 1993-11-07 |           |          |
        beside   |          | {MOTHER} | 陈志远     | 1993-11-07 |           | 李秀英   | {MOTHER}
        under    |          | {MOTHER} | 李秀英     | 1993-11-07 |           |          |
        nameless |          | {MOTHER} |            | 1993-11-07 |           |          |
        self     |          | {MOTHER} | 李秀英     | 1965-08-22 |           | 李秀英   | {MOTHER}
        """
    )
    for key in ("typed", "beside", "under", "nameless"):
        assert people[key] == ("son", "evidence"), key
    assert people["self"] == ("mother", "number_and_name")


NAMED_AFTER = f"""
    key     | source   | number   | name       | birth      | household
    father  | resident | {FATHER} | 陈大成     | 1963-05-14 | h
    son     | resident | {SON}    | 陈志远     | 1993-11-07 | h
    dated   |          | {FATHER} | 陈大成之子 | 1993-11-07 |
    undated |          | {FATHER} | 陈大成之子 |            |
    own     |          | {SON}    | 陈大成之子 |            |
    """


def test_a_child_named_after_its_parent_is_found_by_its_own_birth_date_or_number():
    people = told(NAMED_AFTER)
    assert people["dated"] == ("son", "evidence")
    assert people["own"] == ("son", "number_alone")


def test_a_child_named_after_its_parent_is_not_the_parent():
    assert told(NAMED_AFTER)["undated"][0] != "father"


def test_the_other_twin_s_number_does_not_prove_the_twin():
    people = told(
        f"""
        key   | source   | number       | name   | birth      | household
        one   | resident | {ONE_TWIN}   | 孙文龙 | 2010-06-01 | h
        other | resident | {OTHER_TWIN} | 孙文虎 | 2010-06-01 | h
        right |          | {OTHER_TWIN} | 孙文虎 | 2010-06-01 |
        mixed |          | {ONE_TWIN}   | 孙文虎 | 2010-06-01 |
        """
    )
    assert people["right"] == ("other", "number_and_name")
    assert people["mixed"] == ("other", "evidence")


def test_a_rounded_number_with_a_fitting_check_character_is_nobody_s_unless_registered():
    unknown = told(
        f"""
        key     | source   | number    | name   | birth
        r       | resident | {WHOLE}   | 吴越之 | 1988-04-03
        rounded |          | {ROUNDED} | 吴越之 | 1988-04-03
        another |          | {ROUNDED} | 郑和平 | 1988-04-03
        """
    )
    assert unknown["rounded"] == ("r", "evidence")
    assert unknown["another"][0] == "another"
    known = told(
        f"""
        key     | source   | number    | name   | birth
        r       | resident | {ROUNDED} | 吴越之 | 1988-04-03
        hers    |          | {ROUNDED} | 吴越之 |
        """
    )
    assert known["hers"] == ("r", "number_and_name")


def test_two_register_rows_of_one_number_are_one_person_only_if_they_fit_each_other():
    people = told(
        f"""
        key     | source   | number   | name   | birth
        early   | resident | {FATHER} | 陈大成 | 1963-05-14
        late    | resident | {FATHER} | 陈大成 | 1963-05-14
        one     | resident | {MOTHER} | 李秀英 | 1965-08-22
        another | resident | {MOTHER} | 王桂兰 | 1971-01-01
        hers    |          | {MOTHER} | 李秀英 |
        """
    )
    assert people["late"] == ("early", "register_number")
    assert people["one"] == ("one", "register_entry")
    assert people["another"][0] == "another"
    assert people["hers"] == ("one", "number_and_name")


def test_outside_the_register_the_holder_is_whom_birth_date_and_most_rows_confirm():
    people = told(
        f"""
        key   | number   | name   | birth
        wrong | {FATHER} | 王小红 | 1980-03-04
        first | {FATHER} | 陈大成 | 1963-05-14
        next  | {FATHER} | 陈大成 |
        """
    )
    assert people["first"] == people["next"] == ("first", "number_new_person")
    assert people["wrong"][0] == "wrong"


def test_a_row_of_somebody_a_generation_younger_does_not_say_what_the_holder_is_called():
    people = told(
        f"""
        key    | source   | number   | name   | birth      | phone
        r      | resident | {SON}    | 陈志远 | 1993-11-07 | 13800000003
        one    |          | {FATHER} | 陈志远 | 1993-11-07 | 13800000003
        other  |          | {FATHER} | 陈志远 | 1993-11-07 | 13800000003
        """
    )
    assert people["one"] == people["other"] == ("r", "evidence")


def test_a_name_that_only_sounds_like_the_father_s_is_the_son_s_own():
    people = told(
        f"""
        key    | source   | number   | name   | birth      | phone
        father | resident | {FATHER} | 韦永有 | 1963-05-14 |
        son    | resident | {SON}    | 韦勇友 | 1993-11-07 | 13800000003
        slip   |          | {FATHER} | 韦勇友 | 1993-11-07 | 13800000003
        """
    )
    assert people["slip"] == ("son", "evidence")
