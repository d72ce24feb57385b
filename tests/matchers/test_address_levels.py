"""How near two addresses are, however each is written, and what must not be taken for the same."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.address_keys import address_keys
from matchers.address_levels import AddressLevel, address_levels

CALM = settings(deadline=None, max_examples=50)
WRITTEN = st.text(
    alphabet="山东省济宁市曲阜姚村镇陈家寨社区路花园号楼栋单元组第三A(-1205 ", max_size=30
)


def level(left, right):
    (found,) = address_levels(pa.array([left], pa.string()), pa.array([right], pa.string()))
    return None if found.as_py() is None else AddressLevel(found.as_py()).name


def pairs(text):
    rows = [line.split("|") for line in text.strip().splitlines()]
    return [tuple(cell.strip() for cell in row) for row in rows]


@pytest.mark.parametrize(
    ("expected", "left", "right"),
    pairs(
        """
        SAME_TEXT     | 曲阜市姚村镇陈家寨村12号           | 曲阜市 姚村镇,陈家寨村１２号
        SAME_TEXT     | 姚村镇陈家寨村3组                  | 现住址:姚村镇陈家寨村第三组
        SAME_DOOR     | 山东省曲阜市姚村镇陈家寨村12号     | 姚村镇陈家寨12号
        SAME_DOOR     | 姚村镇陈家寨村三组12号             | 曲阜市姚村镇陈家寨村民委员会12号
        SAME_DOOR     | 姚村镇陈家寨村第十一村民小组       | 姚村镇陈家寨村11组
        SAME_DOOR     | 阳光花园3号楼2单元501室            | 阳光花园3-2-501
        SAME_DOOR     | 阳光花园叁号楼二单元501            | 阳光花园小区3栋2单元0501
        SAME_DOOR     | 阳光花园3号2单元501                | 阳光花园3幢2单元501室
        SAME_DOOR     | 建设路5号阳光花园3栋2单元501       | 向阳社区阳光花园3#2-501
        SAME_DOOR     | 阳光花园3栋501                     | 阳光花园3栋2单元501
        SAME_DOOR     | 建设路5号                          | 山东省曲阜市建设路5号
        SAME_DOOR     | 陈家寨村12号附3号                  | 姚村镇陈家寨12-3号
        SAME_PLACE    | 姚村镇陈家寨村12号                 | 姚村镇陈家寨村13号
        SAME_PLACE    | 姚村镇陈家寨村3组12号              | 姚村镇陈家寨村4组12号
        SAME_PLACE    | 曲阜市姚村镇陈家寨村民委员会       | 陈家寨
        SAME_PLACE    | 姚村陈家寨                         | 姚村镇陈家寨村
        SAME_PLACE    | 陵城镇西关村                       | 陵城西关村
        SAME_PLACE    | 曲阜姚村镇陈家寨                   | 姚村镇陈家寨村5号
        SAME_PLACE    | 阳光花园3号楼2单元501室            | 阳光花园3号楼2单元502室
        SAME_PLACE    | 阳光花园501室                      | 阳光花园3栋501室
        SAME_PLACE    | 向阳社区阳光花园3栋                | 向阳社区东方家园3栋
        SAME_PLACE    | 天元区泉源天元新城23号楼802室      | 天元区天元新城24栋802
        SAME_PLACE    | 天元区东湖华                       | 天元区东湖华府3栋401
        SAME_PLACE    | 建设路5号                          | 建设路5号3栋
        SAME_PLACE    | 中村瑶族康乐村17组                 | 中村瑶族乡康乐村14组
        SAME_TOWNSHIP | 姚村镇陈家寨村                     | 姚村镇大庄村
        SAME_TOWNSHIP | 姚村镇上陈家寨村                   | 姚村镇陈家寨村
        SAME_TOWNSHIP | 姚村镇陈家寨前村                   | 姚村镇陈家寨后村
        SAME_TOWNSHIP | 姚村镇                             | 姚村镇大庄村3组
        SAME_TOWNSHIP | 天元区泰山路街道泰山路5号          | 泰山路街道泰山社区
        SAME_COUNTY   | 曲阜市姚村镇大庄村                 | 曲阜市时庄街道大庄村
        SAME_COUNTY   | 济宁市曲阜市大庄村                 | 曲阜市陈家寨村
        SAME_COUNTY   | 曲阜市                             | 陈家寨村
        SAME_COUNTY   | 江华瑶族自治县沱江镇               | 江华县水口镇
        DIFFERENT     | 姚村镇大庄村                       | 时庄街道大庄村
        DIFFERENT     | 大庄村                             | 陈家寨村
        DIFFERENT     | 建设路5号                          | 建设路15号
        DIFFERENT     | 山东省曲阜市新村                   | 湖南省株洲市荷塘区新村
        DIFFERENT     | 荷塘区建设路5号                    | 天元区建设路5号
        DIFFERENT     | 张家村上屋组                       | 李家村上屋组
        SAME_DOOR     | 12 Main Street                     | MAIN ST 12
        SAME_PLACE    | 12 Main Street, Springfield        | 14 Main St Springfield
        DIFFERENT     | 12 Main Street                     | 99 Oak Avenue
        """
    ),
)
def test_how_near_two_addresses_are(left, right, expected):
    assert level(left, right) == expected
    assert level(right, left) == expected


@pytest.mark.parametrize(
    "nothing",
    [None, "", "  ", "无", "不详", "同上", "-", "中车株洲电力机车有限公司", "个体工商户", "('"],
)
def test_what_says_nothing_is_compared_with_nothing(nothing):
    assert level(nothing, "姚村镇陈家寨村") is None
    assert level(nothing, nothing) is None


def test_chinese_and_latin_letters_cannot_be_compared():
    assert level("12 Main Street", "陈家寨村12号") is None


@CALM
@given(st.lists(st.tuples(st.none() | WRITTEN, st.none() | WRITTEN), max_size=8))
def test_pairs_are_judged_each_for_itself_and_either_way(pairs):
    left, right = (pa.array([pair[at] for pair in pairs], pa.string()) for at in (0, 1))
    assert address_levels(left, right) == address_levels(right, left)
    alone = [level(*pair) for pair in pairs]
    together = address_levels(left, right).to_pylist()
    assert [None if one is None else AddressLevel(one).name for one in together] == alone


@CALM
@given(WRITTEN | st.text())
def test_an_address_is_itself(text):
    assert level(text, text) in ("SAME_TEXT", None)


def test_hostile_lengths_and_chunks_are_judged():
    texts = ["曲阜市" * 20_000, "3栋" * 20_000, "1-" * 20_000, "村" * 20_000, "A " * 20_000, None]
    chunks = pa.chunked_array([texts[:3], [], texts[3:]], pa.string())
    assert address_levels(chunks, chunks).to_pylist() == [5, 5, 5, 5, 5, None]
    assert len(address_levels(chunks, pa.chunked_array([texts[::-1]]))) == len(texts)
    assert address_keys(chunks).num_rows == len(texts)
    assert len(address_levels(pa.array([], pa.string()), pa.array([], pa.string()))) == 0


def keys(*values):
    table = address_keys(pa.array(values, pa.string())).to_pylist()
    return [(row["place"], row["door"]) for row in table]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("山东省曲阜市姚村镇陈家寨村12号", "陈家寨12号"),
        ("姚村镇陈家寨村民委员会三组", "陈家寨第3村民小组"),
        ("建设路5号阳光花园3栋2单元501", "阳光花园小区3-2-501"),
        ("曲阜市建设路5号", "建设路5号"),
        ("12 Main Street", "main st 12"),
    ],
)
def test_addresses_of_one_door_share_both_keys(left, right):
    one, other = keys(left, right)
    assert one == other
    assert None not in one


def test_keys_are_null_where_nothing_is_named_and_the_same_for_ever():
    assert keys(None, "", "曲阜市", "姚村镇") == [(None, None)] * 4
    ((place, door),) = keys("陈家寨村")
    assert door is None
    assert place == 7_564_367_233_166_445_281
