"""The forms of a search: what they forgive and what they do not."""

import pytest

from flows.desk_frames import masked_address
from flows.search_keys import address_forms, blurred, key_of, name_forms, number_forms

NUMBER = "370881199003071234"


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        (NUMBER, True),
        (NUMBER[:5] + "7" + NUMBER[6:], True),  # one digit wrong
        (NUMBER[:9] + NUMBER[10:], True),  # one left out
        (NUMBER[:9] + "5" + NUMBER[9:], True),  # one too many
        (NUMBER[:5] + "77" + NUMBER[7:], False),  # two wrong
        ("37088119900307", False),
    ],
)
def test_a_number_forgives_one_digit(typed, is_found):
    assert bool(number_forms(NUMBER) & number_forms(typed)) is is_found


def forms(name):
    return {(kind, form) for _, kind, form in name_forms([name])}


def test_a_name_is_found_by_characters_sound_and_initials():
    assert forms("单晓明") >= {
        ("name", "单晓明"),
        ("sound", "shanxiaoming"),
        ("sound", "sxm"),
        ("surname", "shan"),
    }
    assert ("sound", "shanxiaoming") in forms("单晓鸣")


def test_what_many_do_not_tell_apart_sounds_alike():
    assert blurred("zhanglan") == blurred("zanlan") == blurred("zangnan")
    assert blurred("wangfang") != blurred("wangmin")


def test_an_address_is_its_neighbouring_characters():
    assert address_forms("姚村镇 陈家寨") == {"姚村镇", "村镇陈", "镇陈家", "陈家寨"}
    assert address_forms("一号") == set()


def test_keys_tell_nothing_without_the_secret():
    assert key_of(b"one", "name", "张三") != key_of(b"two", "name", "张三")
    assert key_of(b"one", "name", "张三") != key_of(b"one", "surname", "张三")


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("曲阜市姚村镇陈家寨村12号", "曲阜市姚村镇陈家寨村***"),
        ("幸福小区3号楼2单元501室", "幸福小区***"),
        ("3-2-501", "3-2***"),
    ],
)
def test_of_an_address_the_door_is_left_out(address, masked):
    assert masked_address(address) == masked
