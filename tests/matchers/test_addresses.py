"""Where an address lies, and what it must not be taken for."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.addresses import read_addresses, read_place_codes
from matchers.divisions import Divisions
from tests.drawn import drawn

CALM = settings(deadline=None)
DIVISIONS = drawn(
    """
    code      | name             | level    | parent_code
    11        | 北京市           | province |
    1101      | 市辖区           | city     | 11
    110105    | 朝阳区           | county   | 1101
    22        | 吉林省           | province |
    2202      | 吉林市           | city     | 22
    220204    | 船营区           | county   | 2202
    37        | 山东省           | province |
    3701      | 济南市           | city     | 37
    370102    | 历下区           | county   | 3701
    3708      | 济宁市           | city     | 37
    370811    | 任城区           | county   | 3708
    370881    | 曲阜市           | county   | 3708
    370883    | 邹城市           | county   | 3708
    65        | 新疆维吾尔自治区 | province |
    6531      | 喀什地区         | city     | 65
    1405      | 晋城市           | city     | 14
    140502    | 城区             | county   | 1405
    370881001 | 鲁城街道         | township | 370881
    370881003 | 时庄街道         | township | 370881
    370881102 | 姚村镇           | township | 370881
    370881103 | 陵城镇           | township | 370881
    370881109 | 息陬镇           | township | 370881
    370883101 | 香城镇           | township | 370883
    """
).to_pyarrow()
VILLAGES = drawn(
    """
    code         | name               | short_name   | township_code
    370881001001 | 鲁城社区居民委员会 | 鲁城社区     | 370881001
    370881003201 | 大庄村民委员会     | 大庄村       | 370881003
    370881102227 | 陈家寨村民委员会   | 陈家寨村     | 370881102
    370881102228 | 大庄村民委员会     | 大庄村       | 370881102
    370881102229 | 前王村民委员会     | 前王村       | 370881102
    370881102230 | 前王社区居民委员会 | 前王社区     | 370881102
    370881103201 | 西关村民委员会     | 西关村       | 370881103
    370881103202 | 陵城西关村民委员会 | 陵城西关村   | 370881103
    370881109201 | 息陬村民委员会     | 息陬村       | 370881109
    370883101201 | 香城村民委员会     | 香城村       | 370883101
    """
).to_pyarrow()
QUFU = Divisions.of_county("370881", DIVISIONS, VILLAGES)

YAOCUN = (True, "370881102", None)
CHENJIAZHAI = (True, "370881102", "370881102227")
UNKNOWN = (None, None, None)
IN_COUNTY = (True, None, None)
ELSEWHERE = (False, None, None)


def read(reader, text):
    (row,) = reader(pa.array([text], pa.string()), QUFU).to_pylist()
    return row["in_county"], row["township_code"], row["village_code"]


@pytest.mark.parametrize(
    "address",
    [
        "山东省济宁市曲阜市姚村镇陈家寨村12号",
        "山东省曲阜市姚村镇陈家寨村民委员会",
        "山东曲阜姚村镇陈家寨村委会",
        "济宁市曲阜市姚村镇陈家寨",
        "曲阜市 姚村镇 陈家寨村 3组",
        "曲阜市,姚村镇,陈家寨社区",
        "中国山东省曲阜市姚村镇陈家寨行政村",
        "现住曲阜市姚村镇陈家寨村",
        "曲阜市曲阜市姚村镇姚村镇陈家寨村",
        "姚村镇陈家寨村",
        "姚村陈家寨",
        "曲阜市姚村陈家寨村",
        "曲阜市姚村乡陈家寨村",
        "曲阜市姚村街道办事处陈家寨村",
        "曲阜市姚村镇陈家寨村１２号",
    ],
)
def test_a_village_is_known_by_its_many_spellings_within_its_township(address):
    assert read(read_addresses, address) == CHENJIAZHAI


@pytest.mark.parametrize(
    "address", ["陈家寨", "陈家寨村12号", "息陬村", "陵城西关村", "大庄村民委员会"]
)
def test_a_village_alone_never_decides_a_township(address):
    assert read(read_addresses, address) == UNKNOWN
    assert read(read_addresses, "曲阜市" + address) == IN_COUNTY


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("曲阜市姚村镇", YAOCUN),
        ("曲阜市姚村", YAOCUN),
        ("曲阜市姚村镇大街5号", YAOCUN),
        ("曲阜市姚村镇陈家寨北村", YAOCUN),
        ("曲阜市姚村镇不知村", YAOCUN),
        ("曲阜市姚村镇前王", YAOCUN),
        ("曲阜市姚村镇前王村", (True, "370881102", "370881102229")),
        ("曲阜市姚村镇前王社区", (True, "370881102", "370881102230")),
        ("姚村镇大庄村", (True, "370881102", "370881102228")),
        ("时庄镇大庄村", (True, "370881003", "370881003201")),
        ("时庄办事处大庄村", (True, "370881003", "370881003201")),
        ("陵城镇西关村", (True, "370881103", "370881103201")),
        ("济宁市姚村镇", YAOCUN),
        ("曲阜市息陬", IN_COUNTY),
        ("曲阜市姚村路5号", IN_COUNTY),
        ("曲阜市建设路5号", IN_COUNTY),
        ("姚村", UNKNOWN),
    ],
)
def test_the_township_is_taken_as_far_as_it_is_said(address, expected):
    assert read(read_addresses, address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "济南市历下区泉城路1号",
        "山东济南历下区",
        "山东省邹城市香城镇",
        "邹城市姚村镇陈家寨村",
        "任城区建设路",
        "北京市朝阳区",
        "北京朝阳区",
        "吉林市船营区",
        "吉林省",
        "新疆维吾尔自治区喀什地区",
        "新疆喀什地区",
        "晋城市城区",
    ],
)
def test_another_county_named_is_elsewhere(address):
    assert read(read_addresses, address) == ELSEWHERE


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "山东省",
        "山东省济宁市",
        "北京路12号",
        "济宁市曲阜路3号",
        "朝阳区5号楼",
        "城区东街",
        "吉林庄村",
        "建设路5号",
        "山东省朝阳区",
        "('; DROP TABLE places; --",
        "市辖区",
        "县",
    ],
)
def test_what_proves_nothing_stays_unknown(address):
    assert read(read_addresses, address) == UNKNOWN


@CALM
@given(st.text(alphabet="山东省济宁市曲阜姚村镇陈家寨北京朝阳区路(\u3000,1", max_size=30))
def test_any_text_is_read_and_deeper_codes_imply_higher_ones(text):
    in_county, township, village = read(read_addresses, text)
    assert township is None or in_county is True
    assert village is None or village.startswith(township)


def test_hostile_lengths_and_chunks_are_read():
    long = pa.chunked_array([["曲阜市" * 50_000], ["姚村镇" * 50_000], [None]], pa.string())
    assert read_addresses(long, QUFU)["in_county"].to_pylist() == [True, True, None]
    assert read_addresses(pa.chunked_array([], pa.string()), QUFU).num_rows == 0


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("370881", IN_COUNTY),
        ("370881000", IN_COUNTY),
        ("370881000000", IN_COUNTY),
        ("370881102", YAOCUN),
        ("370881102000", YAOCUN),
        ("370881102999", YAOCUN),
        ("370881102227", CHENJIAZHAI),
        ("370881999", IN_COUNTY),
        (" '370881102227", CHENJIAZHAI),
        ("３７０８８１１０２", YAOCUN),
        ("370881102227.0", CHENJIAZHAI),
        ("370883", ELSEWHERE),
        ("110105001001", ELSEWHERE),
        ("370000", UNKNOWN),
        ("370800", UNKNOWN),
        ("37088", UNKNOWN),
        ("3708811022", UNKNOWN),
        ("000000", UNKNOWN),
        ("姚村镇", UNKNOWN),
        ("٣٧٠٨٨١", UNKNOWN),
        ("", UNKNOWN),
        (None, UNKNOWN),
    ],
)
def test_a_place_code_is_read_down_to_the_level_it_names(code, expected):
    assert read(read_place_codes, code) == expected
