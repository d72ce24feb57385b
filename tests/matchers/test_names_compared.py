"""What two names have in common, level by level."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.reference import similar_characters
from matchers.names import NameLevel, compare_names, read_names


def level(left, right, *shapes):
    return compare_names(pa.array([left]), pa.array([right]), *shapes)[0].as_py()


PICTURES = {
    "EQUAL": "陈大成 陈大成 | 买买提·吐尔逊 买买提·吐尔逊 | JOHN_SMITH JOHN_SMITH",
    "VARIANT": "肖明 萧明 | 闫刚 阎刚 | 付强 傅强 | 代明 戴明 | 于明 於明 | 李喆 李哲 | 李乾 李干"
    " | 买买提·吐尔逊 买买提吐尔逊 | 张·三 张三 | MARY_ANN_SMITH MARYANN_SMITH",
    "SOUND": "李炜 李伟 | 陈大成 陈达城 | 单伟 山伟 | 王单 王丹 | 李晟 李成 | 李晟 李胜 | 萧大成 肖达城"
    " | 阿卜杜热合曼 阿不都热合曼 | JOHN_SMITH JOHN_SMYTH",
    "SHAPE": "李未 李末 | 己三 已三 | 刘晴 刘睛 | 张恒 张桓 | 刘小倩 刘小情 | 李小冠 李小寇 | 陈伟 程伟"
    " | 刘宁 牛宁 | 欧阳未晴 欧阳末睛 | JOHN_SMITH JON_SMITH",
    "SWAPPED": "李伟 伟李 | 陈大成 陈成大 | 大成陈 陈大成 | 买买提·吐尔逊 吐尔逊·买买提"
    " | JOHN_SMITH SMITH_JOHN",
    "PARTIAL": "张? 张䶮 | 张?? 张䶮 | 张?明 张䶮明 | ?大成 陈大成 | 陈?? 陈大成 | 陈大成? 陈大成 | 陈大? 陈大 | 张?明 张小? | 张? 张?"
    " | 张YAN 张䶮 | 张YAN 张艳 | ZHANG_SAN 张三 | 阿不都热合曼 阿不都热合曼·买买提"
    " | 阿不都热合曼·买 阿不都热合曼·买买提 | 买买提 买买提·吐尔逊 | 阿依?·买买提 阿依努·买买提"
    " | J_SMITH JOHN_SMITH | JOHN_SMITH JOHN_ALBERT_SMITH",
    "ONE_OFF": "陈大成 陈小成 | 陈大成 陈大方 | 陈大成 陈成 | 陈大成 陈大 | 欧阳娜娜 欧阳娜 | 阿依古丽 依古丽"
    " | 买买提·吐尔逊 麦麦提·图尔荪 | 阿不都热合曼 阿布热合曼",
    "SAME_GIVEN": "李伟 王伟 | 陈大成 王大成 | 大成 陈大成 | 张?明 李?明 | 买买提·吐尔逊 买买提·艾力"
    " | JOHN_SMITH JOHN_BROWN",
    "SAME_SURNAME": "李伟 李强 | 肖伟 萧强 | 陈大成 陈小红 | 陈大 陈大成功 | 张?明 张小红 | 张? 张小明"
    " | 艾力·吐尔逊 买买提·吐尔逊 | JOHN_SMITH MARY_SMITH | SMITH JOHN_SMITH",
    "DIFFERENT": "陈大成 王小红 | 张? 李伟 | 张? ?伟 | 李伟 JOHN_SMITH | 李? JOHN_SMITH | 买买提 艾力·吐尔逊"
    " | JOHN_SMITH MARY_BROWN",
}


@pytest.mark.parametrize("name", PICTURES)
def test_the_levels_in_pictures(name):
    for pair in PICTURES[name].split(" | "):
        left, right = pair.replace("_", "\u00a0").split(" ")
        left, right = left.replace("\u00a0", " "), right.replace("\u00a0", " ")
        shapes = similar_characters()
        found = NameLevel(level(left, right, shapes)), NameLevel(level(right, left, shapes))
        assert (pair, *found) == (pair, NameLevel[name], NameLevel[name])


def test_without_a_table_of_shapes_the_eye_sees_nothing():
    assert level("李未", "李末") == NameLevel.SAME_SURNAME
    assert level("肖明", "萧明") == NameLevel.SOUND
    assert level("陈伟", "程伟") == NameLevel.SHAPE


def test_an_unknown_name_has_no_level():
    answers = compare_names(pa.array([None, "陈大成", None]), pa.array(["陈大成", None, None]))
    assert answers.to_pylist() == [None, None, None]
    assert answers.type == pa.int8()
    nothing = pa.chunked_array([], pa.string())
    assert compare_names(nothing, nothing).to_pylist() == []


NAMES = st.text("陈成大城未末肖萧買买提·?□YAN JOHNé𬱖䶮之", min_size=2, max_size=9)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=5))
def test_comparing_has_no_direction_and_no_neighbours(pairs):
    left, right = (
        read_names(pa.array([pair[side] for pair in pairs]), {})["name_key"] for side in (0, 1)
    )
    shapes = similar_characters()
    together = compare_names(left, right, shapes).to_pylist()
    assert together == compare_names(right, left, shapes).to_pylist()
    for one, other, found in zip(left.to_pylist(), right.to_pylist(), together, strict=True):
        assert found == level(one, other, shapes)
    for name in filter(None, left.to_pylist()):
        assert level(name, name, shapes) in (NameLevel.EQUAL, NameLevel.PARTIAL)


@pytest.mark.parametrize(
    "hostile", ["?大" * 60 + "成", "阿" * 5_000, "张A?" * 30, "A " * 2_000 + "B"]
)
def test_a_hostile_name_takes_no_time(hostile):
    for other in ("大" * 180, "张?", "阿" * 4_999, "陈大成", hostile):
        level(hostile, other, similar_characters())
