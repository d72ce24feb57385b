"""How names are read, and which of them could be one person's."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.names import is_partial, names_agree, read_names

CALM = settings(deadline=None)
PRIVATE_USE = {"\ue863": "䶮"}


def key(name):
    return read_names(pa.array([name], pa.string()), PRIVATE_USE)["name_key"][0].as_py()


def pinyin(name):
    return read_names(pa.array([name], pa.string()), PRIVATE_USE)["name_pinyin"][0].as_py()


def agree(left, right):
    return names_agree(pa.array([left]), pa.array([right]))[0].as_py()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("陈大成", "陈大成"),
        (" 陈 大\u3000成 ", "陈大成"),
        ("\ufeff陈\u200b大成", "陈大成"),
        ("陳達成", "陈达成"),
        ("张\ue863明", "张䶮明"),
        ("陈大成(已故)", "陈大成"),
        ("陈大成（女）", "陈大成"),
        ("陈大成【曾用名陈狗蛋】", "陈大成"),
        ("陈大成(曾用名", "陈大成"),
        ("陈大成已故", "陈大成"),
        ("陈大成先生", "陈大成"),
        ("陈大成1", "陈大成"),
        ("1.陈大成", "陈大成"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提．吐尔逊", "买买提·吐尔逊"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提∙吐尔逊", "买买提·吐尔逊"),
        ("买买提●吐尔逊", "买买提·吐尔逊"),
        ("买买提‧吐尔逊", "买买提·吐尔逊"),
        ("Ｊｏｈｎ smith", "JOHNSMITH"),
        ("张?明", "张?明"),
        ("张□明", "张□明"),
        ("陈＊＊", "陈**"),
        ("李XX", "李**"),
        ("李之子", "李之子"),
        ("王小女", "王小女"),
    ],
)
def test_a_name_has_one_normal_form(written, expected):
    assert key(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        *(
            None,
            "",
            " ",
            "张三之子",
            "张三之女",
            "张三的儿子",
            "张三妻子",
            "李四(之子)",
            "李四(母亲)",
        ),
        *("某某", "张某", "李某某", "无名氏", "无名", "不详", "新生儿", "王红之婴", "女婴", "户主"),
        *("张先生", "张三、李四", "张三/李四", "张", "??", "□□", "123", "·", "NULL", "-", "(已故)"),
    ],
)
def test_what_is_no_name_of_this_person_has_no_normal_form(written):
    assert key(written) is None
    assert pinyin(written) is None


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
        ("吕绿", "lv lv"),
        ("买买提·吐尔逊", "mai mai ti tu er xun"),
        ("张?明", "zhang ? ming"),
    ],
)
def test_a_surname_sounds_like_a_surname(name, expected):
    assert pinyin(name) == expected


@CALM
@given(st.lists(st.text(alphabet="陈陳大成李四张?□·. ()某之子女\u3000aX1", max_size=8)))
def test_reading_twice_is_reading_once(names):
    once = read_names(pa.array(names, pa.string()), PRIVATE_USE)["name_key"]
    assert read_names(once, PRIVATE_USE)["name_key"].to_pylist() == once.to_pylist()


@CALM
@given(st.lists(st.one_of(st.none(), st.text())))
def test_any_text_can_be_read_and_no_neighbour_changes_it(names):
    together = read_names(pa.array(names, pa.string()), PRIVATE_USE)
    assert together["value"].to_pylist() == names
    assert together["name_key"].to_pylist() == [key(name) for name in names]


def test_chunks_are_read_like_one_list():
    chunks = pa.chunked_array([["陳大成"], [None]], pa.string())
    assert read_names(chunks, {})["name_key"].to_pylist() == ["陈大成", None]
    assert read_names(pa.chunked_array([], pa.string()), {}).num_rows == 0


def test_a_mark_in_place_of_a_character_makes_a_name_partial():
    names = ["张?明", "张□", "张■", "陈**", "陈大成", None]
    assert is_partial(pa.array(names)).to_pylist() == [True, True, True, True, False, None]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("陈大成", "陈大成"),
        ("李炜", "李伟"),
        ("肖明", "萧明"),
        ("闫刚", "阎刚"),
        ("付强", "傅强"),
        ("陈大成", "陈达城"),
        ("陈大成", "陈太成"),
        ("陈成大", "陈大成"),
        ("陈大成", "陈成"),
        ("欧阳娜娜", "欧阳娜"),
        ("张?", "张䶮"),
        ("张??", "张䶮"),
        ("张?明", "张䶮明"),
        ("?大成", "陈大成"),
        ("陈**", "陈大成"),
        ("张?明", "张小?"),
        ("买买提·吐尔逊", "买买提吐尔逊"),
        ("阿不都热合曼", "阿不都热合曼·买买提"),
        ("阿卜杜热合曼", "阿不都热合曼"),
    ],
)
def test_names_of_one_person_agree(left, right):
    assert agree(left, right) is True
    assert agree(right, left) is True


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("陈大成", "王小红"),
        ("李伟", "李强"),
        ("王芳", "李芳"),
        ("李伟", "伟李"),
        ("陈大成", "陈小红"),
        ("陈大成", "大成"),
        ("张?", "李伟"),
        ("张?", "?伟"),
        ("张?明", "张小红"),
        ("张?", "张小明"),
        ("买买提", "买买提·吐尔逊"),
        ("陈大", "陈大成功"),
    ],
)
def test_names_of_two_people_do_not_agree(left, right):
    assert agree(left, right) is False
    assert agree(right, left) is False


def test_a_hostile_name_takes_no_time():
    assert agree("??大" * 60 + "成", "大" * 180) is False


def test_an_unknown_name_neither_agrees_nor_disagrees():
    answers = names_agree(pa.array([None, "陈大成"]), pa.array(["陈大成", None]))
    assert answers.to_pylist() == [None, None]


@CALM
@given(
    st.text("陈大成小明?□·热", min_size=2, max_size=8),
    st.text("陈大成小明?□·热", min_size=2, max_size=8),
)
def test_agreement_has_no_direction(left, right):
    assert agree(left, right) == agree(right, left)
    assert agree(left, left) is True
