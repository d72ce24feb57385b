"""How a name cell is read: whose name it holds, and in which form it is compared."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.name_characters import clean_characters
from matchers.name_forms import read_name
from matchers.name_notes import NOTE_CHARACTERS, NOTE_WORDS
from matchers.names import read_names

CALM = settings(deadline=None, max_examples=50)
PRIVATE_USE = {"\ue863": "䶮"}


def read(names):
    return read_names(pa.array(names, pa.string()), PRIVATE_USE)


def key(name):
    return read([name])["name_key"][0].as_py()


def parent(name):
    return read([name])["parent_name_key"][0].as_py()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("陈大成", "陈大成"),
        (" 陈 大\u3000成 ", "陈大成"),
        ("\ufeff陈\u200b大成", "陈大成"),
        ("陈大成\ufe00", "陈大成"),
        ("陳達成", "陈达成"),
        ("张\ue863明", "张䶮明"),
        ("\uf9e1明", "李明"),
        ("李頔", "李𬱖"),
        ("李乾", "李乾"),
        ("於明", "於明"),
        ("陈大成(已故)", "陈大成"),
        ("陈大成（女）", "陈大成"),
        ("陈大成（代办）", "陈大成"),
        ("陈大成(妻子)", "陈大成"),
        ("陈大成【曾用名陈狗蛋】", "陈大成"),
        ("陈大成(曾用名", "陈大成"),
        ("陈大成已故", "陈大成"),
        ("陈大成/已故", "陈大成"),
        ("陈大成 在外务工", "陈大成"),
        ("陈大成-已迁出", "陈大成"),
        ("陈大成曾用名陈狗蛋", "陈大成"),
        ("陈大成先生", "陈大成"),
        ("陈大成女士（代办）", "陈大成"),
        ("姓名：陈大成", "陈大成"),
        ("陈大成1", "陈大成"),
        ("1.陈大成", "陈大成"),
        ("陈大成A", "陈大成"),
        ("陈大成370881199001011234", "陈大成"),
        ("陈大成CHEN DACHENG", "陈大成"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提．吐尔逊", "买买提·吐尔逊"),
        ("买买提.吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提∙吐尔逊", "买买提·吐尔逊"),
        ("买买提●吐尔逊", "买买提·吐尔逊"),
        ("买买提‧吐尔逊", "买买提·吐尔逊"),
        ("买买提丶吐尔逊", "买买提·吐尔逊"),
        ("买买提··吐尔逊·", "买买提·吐尔逊"),
        ("张?明", "张?明"),
        ("张□明", "张?明"),
        ("张〇明", "张?明"),
        ("陈＊＊", "陈??"),
        ("李XX", "李??"),
        ("张", "张?"),
        ("李XIN", "李XIN"),
        ("张ｙａｎ明", "张YAN明"),
        ("张Y明", "张?明"),
        ("李之子", "李之子"),
        ("王小女", "王小女"),
        ("李毛毛", "李毛毛"),
        ("Ｊｏｈｎ  smith", "JOHN SMITH"),
        ("Smith, John", "JOHN SMITH"),
        ("Dr. Zoë O'Brien-Jones", "ZOE OBRIEN JONES"),
    ],
)
def test_a_name_has_one_normal_form(written, expected):
    assert key(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        *(None, "", " ", "女", "妻", "??", "□□", "·", "-", "1", "(已故)", "NULL", "N/A", "XX"),
        *("370881199001011234", "37088119900101123X", "13800138000", "3.7E+17"),
        *("某某", "张某", "李某某", "无名氏", "无名", "不详", "女婴", "户主", "母亲", "之子"),
        *("张先生", "张三、李四", "张三/李四", "张三妻子", "张三的父亲", "曲阜市人民医院"),
        *("山东省曲阜市姚村镇陈家寨村12号", "姚村镇陈家寨"),
    ],
)
def test_what_is_nobodys_name_has_no_normal_form(written):
    row = read([written]).to_pylist()[0]
    assert {name: row[name] for name in row if name != "value"} == dict.fromkeys(
        column for column in row if column != "value"
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        *(
            (f"张三{ending}", "张三")
            for ending in ("之子", "之女", "之长子", "的二女", "婴", "之婴")
        ),
        *((f"张三{ending}", "张三") for ending in ("之女1", "女婴", "新生儿", "之大双", "的儿子")),
        *((f"张三{ending}", "张三") for ending in ("（之子）", "(女婴)", "(母亲)", "（监护人）")),
        *(("母亲：张三", "张三"), ("張三 之 子", "张三"), ("欧阳娜娜之子", "欧阳娜娜")),
        *(("阿依古丽·买买提之子", "阿依古丽·买买提"), ("张?明之子", "张?明"), ("张之子", None)),
        *(("张三(儿子)", None), ("张三", None)),
    ],
)
def test_a_child_without_a_name_is_named_by_the_parent(written, expected):
    assert parent(written) == expected
    assert expected is None or key(written) is None


def test_a_mark_in_place_of_a_character_makes_a_name_partial():
    names = ["张?明", "张□", "陈**", "张yan", "陈大成", "JOHN SMITH"]
    assert read(names)["is_partial"].to_pylist() == [True] * 4 + [False] * 2


NOTES = st.sampled_from(
    [
        *"陈大成李四张?□·. ()某之子女孩\u3000aX1A丶、/:二双兄",
        "母亲",
        "先生",
        "已故",
        "代办",
        "毛毛",
        "YAN",
        "Ms",
        "监护人",
        "医院",
        "-",
        "é",
        "O'",
        ",",
    ]
)


@CALM
@given(st.lists(st.lists(NOTES, max_size=6).map("".join), max_size=8))
def test_reading_twice_is_reading_once(names):
    once = read(names)
    for column in ("name_key", "parent_name_key"):
        forms = once[column].to_pylist()
        assert read(forms)["name_key"].to_pylist() == forms


@CALM
@given(st.lists(st.one_of(st.none(), st.text(), st.lists(NOTES).map("".join)), max_size=6))
def test_any_text_can_be_read_and_no_neighbour_changes_it(names):
    together = read(names)
    assert together["value"].to_pylist() == names
    assert together.to_pylist() == [read([name]).to_pylist()[0] for name in names]


NOTE_PIECES = st.sampled_from(
    [*NOTE_WORDS.split(), *NOTE_CHARACTERS, *"陈王大一次长男女子儿父妹户人院·"]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(NOTE_PIECES, min_size=1, max_size=4).map("".join))
def test_names_that_need_no_reading_are_what_reading_makes_of_them(name):
    (clean,) = clean_characters(pa.array([name]), {}).to_pylist()
    assert (key(name), parent(name)) == read_name(clean)


def test_chunks_are_read_like_one_list():
    chunks = pa.chunked_array([["陳大成"], [None]], pa.string())
    assert read_names(chunks, {})["name_key"].to_pylist() == ["陈大成", None]
    assert read_names(pa.chunked_array([], pa.string()), {}).num_rows == 0


def test_a_hostile_cell_takes_no_time():
    for hostile in (
        "之子" * 5_000,
        "张" * 20_000,
        "XIANG" * 5_000,
        "(" * 5_000 + "张三",
        "张A" * 5_000,
    ):
        read([hostile])
