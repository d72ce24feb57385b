"""What an address says, part by part, drawn from the traps of mainland names."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.address_parts import part_texts
from matchers.address_text import normal_addresses


def parts(address):
    text = normal_addresses(pa.array([address], pa.string()))
    found = part_texts(text)
    return {part: column[0].as_py() for part, column in found.items() if column[0].is_valid}


def names(address):
    found = parts(address)
    order = (
        "province",
        "city",
        "county",
        "either",
        "township",
        "village",
        "hamlet",
        "estate",
        "street",
    )
    return " ".join(f"{part[0]}:{found[part]}" for part in order if part in found)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("山东省济宁市曲阜市姚村镇陈家寨村民委员会", "p:山东 c:济宁 c:曲阜 t:姚村 v:陈家寨"),
        ("曲阜市姚村镇陈家寨", "e:曲阜 t:姚村 v:陈家寨"),
        ("湖南省株洲市渌口区龙门镇李家村大屋组", "p:湖南 c:株洲 c:渌口 t:龙门 v:李家 e:大屋"),
        ("重庆市市辖区合川区钓鱼城街道东津沱社区居委会", "p:重庆 c:合川 t:钓鱼城 v:东津沱"),
        ("北京市朝阳区建国路88号SOHO现代城A座", "p:北京 c:朝阳 e:SOHO现代城 s:建国路"),
        ("吉林省吉林市船营区南京街道", "p:吉林 c:吉林 c:船营 t:南京"),
        ("内蒙古自治区锡林郭勒盟锡林浩特市", "p:内蒙古 c:锡林郭勒 c:锡林浩特"),
        ("新疆维吾尔自治区喀什地区莎车县", "p:新疆 c:喀什 c:莎车"),
        ("湖南省江华瑶族自治县沱江镇", "p:湖南 c:江华 t:沱江"),
        ("景德镇市珠山区新村街道", "c:景德镇 c:珠山 t:新村"),
        ("新乡市红旗区东街街道办事处", "c:新乡 c:红旗 t:东街"),
        ("市中区建设路", "c:市中 s:建设路"),
        ("攸县攸县新市镇大桥头村", "c:攸 t:新市 v:大桥头"),
        ("眉县城关镇县前街", "c:眉 t:城关 s:县前街"),
        ("天元区泰山路街道泰山社区泰山路5号", "c:天元 t:泰山路 v:泰山 s:泰山路"),
        ("红旗街道红旗社区红旗路", "t:红旗 v:红旗 s:红旗路"),
        ("渌口镇大乡村民委员会", "t:渌口 v:大乡"),
        ("荷塘区荷塘区天元区建设路", "c:荷塘 s:天元区建设路"),
        ("马镇镇李家村", "t:马镇 v:李家"),
        ("向阳社区古镇路5号", "v:向阳 s:古镇路"),
        ("建设路古镇花园5栋", "e:古镇花园 s:建设路"),
        ("解放路向阳社区", "v:向阳"),
        ("姚村陈家寨", "v:姚村 e:陈家寨"),
        ("前王村", "v:前王"),
        ("北京路12号", "s:北京路"),
        ("天元安置区27栋", "v:天元安置区"),
        ("家和小区5栋", "v:家和"),
        ("阳光小镇5栋", "v:阳光小镇"),
        ("农贸市场5号", "v:农贸市场"),
        ("经三路纬12路15号", "s:纬一二路"),
    ],
)
def test_names_are_kept_without_their_endings(address, expected):
    assert names(address) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("陈家寨村12号", {"house": "12"}),
        ("陈家寨村12", {"house": "12"}),
        ("陈家寨村第二十三村民小组012号", {"group": "23", "house": "12"}),
        ("陈家寨村五社", {"group": "5"}),
        ("陈家寨村12号附3号", {"house": "12-3"}),
        ("阳光花园3号楼2单元501室", {"building": "3", "unit": "2", "room": "501"}),
        ("阳光花园3-2-501", {"building": "3", "unit": "2", "room": "501"}),
        ("阳光花园3-501", {"building": "3", "room": "501"}),
        ("阳光花园3#2-501", {"building": "3", "unit": "2", "room": "501"}),
        ("阳光花园3幢2单元5楼501", {"building": "3", "unit": "2", "room": "501"}),
        ("阳光花园3号2单元501", {"building": "3", "unit": "2", "room": "501"}),
        ("阳光花园A座1203", {"building": "A", "room": "1203"}),
        ("阳光花园一百零五栋", {"building": "105"}),
    ],
)
def test_numbers_are_known_by_the_word_behind_them(address, expected):
    found = parts(address)
    assert {part: found[part] for part in found if part not in ("village",)} == expected


def test_a_house_in_a_street_is_no_building():
    found = parts("建设路5号2单元501")
    assert (found["street_number"], found["house"], found["unit"]) == ("5", "5", "2")
    assert "building" not in found


@settings(deadline=None, max_examples=50)
@given(st.text(alphabet="山东省曲阜市姚村镇路社区花园号楼栋单元第三十A(-12 \n", max_size=30))
def test_writing_normally_twice_is_once(text):
    once = normal_addresses(pa.array([text], pa.string()))
    assert normal_addresses(once) == once
