"""A spec is read strictly; every mistake is answered with its place and what to do."""

import pytest

from flows.errors import DoorstepError, UsageError
from flows.match.spec import read_spec

TABLE = """
[[table]]
name = "警务"
file = "police.csv"
role = "register"
columns = { name = "姓名", id_number = "证号" }
"""
OTHER = TABLE.replace("警务", "医院").replace("register", "records")
GOOD = 'task = "link"\n' + TABLE + OTHER


@pytest.fixture
def read(tmp_path):
    (tmp_path / "police.csv").write_text("姓名,证号\n", encoding="utf-8")

    def reading(text):
        path = tmp_path / "spec.toml"
        path.write_text(text, encoding="utf-8")
        return read_spec(path)

    return reading


def test_a_good_spec_says_its_tables(read, tmp_path):
    spec = read(GOOD)
    register, records = spec.tables
    assert spec.task == "link"
    assert (register.name, register.is_register, register.path) == (
        "警务",
        True,
        tmp_path / "police.csv",
    )
    assert register.columns == {"name": "姓名", "id_number": "证号"}
    assert not records.is_register


def test_a_dedupe_is_of_records_without_saying_so(read):
    text = 'task = "dedupe"\n' + TABLE.replace('role = "register"\n', "")
    assert not read(text).tables[0].is_register


def test_extra_columns_are_numbered_by_their_place(read):
    extra = 'name = "姓名", extra = ["单位", "", "职业"]'
    text = GOOD.replace('name = "姓名"', extra)
    assert read(text).tables[0].columns == {
        "name": "姓名",
        "id_number": "证号",
        "extra_1": "单位",
        "extra_3": "职业",
    }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('task = "link"', 'task = "merge"', ["task", "link", "dedupe"]),
        ('task = "link"', "", ["task"]),
        ('task = "link"', 'task = "link"\nthreshold = 0.9', ["threshold", "task"]),
        ('task = "link"', 'task = "link', ["TOML", "line 1"]),
        ("[[table]]", "[table]", ["TOML"]),
        (TABLE + OTHER, "", ["[[table]]"]),
        (TABLE, "", ["link", "dedupe"]),
        ('task = "link"', 'task = "dedupe"', ["表 警务", "records"]),
        ('name = "医院"', 'name = "警务"', ["表 警务", "重复"]),
        ('name = "医院"', "name = 7", ["第 2 个", "name"]),
        ('name = "医院"', 'nam = "医院"', ["第 2 个", "nam", "是否想写 name"]),
        ('file = "police.csv"', "", ["file"]),
        ('file = "police.csv"', 'file = "polic.csv"', ["表 警务", "polic.csv", "police.csv"]),
        ('role = "register"', 'role = "registry"', ["表 警务", "register", "records"]),
        ('role = "records"', "", ["表 医院", "register", "records"]),
        ('id_number = "证号"', 'id_numbr = "证号"', ["id_numbr", "是否想写 id_number"]),
        ('id_number = "证号"', 'id_number = ""', ["id_number"]),
        ('id_number = "证号"', 'id_number = "姓名"', ["姓名", "name", "id_number"]),
        ('name = "姓名", ', "", ["姓名", "given_name", "surname"]),
        ('id_number = "证号"', 'extra = "证号"', ["extra"]),
        ('columns = { name = "姓名", id_number = "证号" }', "columns = []", ["columns"]),
    ],
)
def test_a_mistake_is_answered_with_its_place_and_what_to_do(read, old, new, told):
    with pytest.raises(DoorstepError) as refusal:
        read(GOOD.replace(old, new))
    for words in ["spec.toml", *told]:
        assert words in str(refusal.value)


def test_a_dedupe_has_one_table(read):
    with pytest.raises(DoorstepError, match="dedupe 只有一张表"):
        read(GOOD.replace('"link"', '"dedupe"').replace('"register"', '"records"'))


def test_a_spec_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"none\.toml"):
        read_spec(tmp_path / "none.toml")
    (tmp_path / "gbk.toml").write_bytes("名 = '张三'".encode("gb18030"))
    with pytest.raises(DoorstepError, match="UTF-8"):
        read_spec(tmp_path / "gbk.toml")
