"""How names sound: which of them get the same number."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.name_odd_sounds import SOUND_COLUMNS, sounds_of_odd_names
from matchers.name_readings import readings
from matchers.name_sounds import sound_columns
from matchers.names import read_names

SOUNDS = ["name_sound", "name_bag", "surname_sound", "given_sound"]


def sounds(*names):
    return read_names(pa.array(names, pa.string()), {}).select(["name_pinyin", *SOUNDS]).to_pylist()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("陈大成", "chen da cheng"),
        ("单雄信", "shan xiong xin"),
        ("曾国藩", "zeng guo fan"),
        ("解小东", "xie xiao dong"),
        ("仇英", "qiu ying"),
        ("查良镛", "zha liang yong"),
        ("盖叫天", "ge jiao tian"),
        ("任盈盈", "ren ying ying"),
        ("区大相", "ou da xiang"),
        ("朴树", "piao shu"),
        ("尉迟恭", "yu chi gong"),
        ("万俟卨", "mo qi xie"),
        ("王单", "wang dan"),
        ("李长晟", "li chang sheng"),
        ("吕绿", "lv lv"),
        ("李𬱖", "li di"),
        ("张\u9fea", "zhang \u9fea"),
        ("张YAN", "zhang yan"),
        ("ZHANG SAN", "zhang san"),
        ("买买提·吐尔逊", "mai mai ti tu er xun"),
        ("张?明", "zhang ? ming"),
    ],
)
def test_a_surname_sounds_like_a_surname(name, expected):
    assert sounds(name)[0]["name_pinyin"] == expected


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("李炜", "李伟", SOUNDS),
        ("萧明", "肖明", SOUNDS),
        ("陈大成", "陈成大", ["name_bag", "surname_sound"]),
        ("单伟", "伟单", ["name_bag"]),
        ("陈大成", "王大成", ["given_sound"]),
        ("欧阳娜", "欧阳明", ["surname_sound"]),
        ("张三", "张山", ["surname_sound"]),
        ("张YAN", "张䶮", SOUNDS),
        ("张?明", "张小明", ["surname_sound"]),
        ("?小明", "张小明", ["given_sound"]),
        ("买买提·吐尔逊", "买买提吐尔逊", ["name_sound", "name_bag"]),
        ("买买提·吐尔逊", "艾力·吐尔逊", ["surname_sound"]),
        ("买买提·吐尔逊", "买买提·艾力", ["given_sound"]),
        ("JOHN SMITH", "SMITH JOHN", ["name_bag"]),
        ("JOHN SMITH", "MARY SMITH", ["surname_sound"]),
        ("JOHN SMITH", "JON SMYTHE", SOUNDS),
        ("PHILIPPA KNIGHT", "FILIPA NIGHT", SOUNDS),
        ("ANN LEE", "ANN LOWE", ["given_sound"]),
        ("ИВАН ПЕТРОВ", "АННА ПЕТРОВ", ["surname_sound"]),
        ("ZHANG SAN", "张三", ["name_sound", "name_bag"]),
        ("SAN ZHANG", "张三", ["name_bag", "surname_sound", "given_sound"]),
    ],
)
def test_equal_sounds_have_equal_numbers(one, other, equal):
    left, right = sounds(one, other)
    assert [column for column in SOUNDS if left[column] == right[column]] == equal


def test_what_is_missing_has_no_sound():
    (row,) = sounds("张?明")
    assert (row["name_sound"], row["name_bag"], row["given_sound"]) == (None, None, None)
    assert row["surname_sound"] == sounds("张三")[0]["surname_sound"]


def test_the_numbers_never_change():
    """Models and ledgers keep them: whoever changes one must number the model anew."""
    (row,) = sounds("陈大成")
    assert [row[column] for column in SOUNDS] == [
        5287196018291643715,
        1286771756618212697,
        7341345255998389552,
        8401444039615383620,
    ]


def test_readings_of_names_only():
    read = {one: readings().of(one) for one in "单大晟乐\u9fea"}
    assert read["单"] == {"dan", "shan"}
    assert read["大"] == {"da"}
    assert read["晟"] == {"sheng", "cheng"}
    assert read["乐"] == {"le", "yue"}
    assert read["\u9fea"] == frozenset()


@settings(deadline=None, max_examples=50)
@given(st.text("陈单大成曾䶮𬱖李", min_size=2, max_size=7))
def test_many_names_at_once_sound_like_each_alone(name):
    together = pa.table(sound_columns(pa.array([name, "张?", name]))).to_pylist()
    assert together[0] == together[2]
    (alone,) = sounds_of_odd_names(pa.array([name])).to_pylist()
    assert {column: together[0][column] for column in SOUND_COLUMNS} == alone
