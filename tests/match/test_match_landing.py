"""Files land as they are: every encoding, hostile quotes, and row numbers that never shift."""

import csv
import io
from datetime import date

import polars as pl
import pytest

from flows.errors import DoorstepError
from tests.match.tables import NAME_ONLY, csv_of, landed_rows, spec_of

NAME_AND_PLACE = 'columns = { name = "姓名", address = "住址" }'
RARE = ["䶮", "𬎆", "㛃", "𠮷", "\ue863", "买买提·吐尔逊"]


def land(folder, text, columns=NAME_AND_PLACE, encoding="utf-8"):
    csv_of(folder, "甲", text, encoding)
    (rows,) = landed_rows(spec_of(folder, 甲=columns))
    return rows


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_rare_names_land_unchanged(tmp_path, encoding, delimiter):
    lines = [f"{name}{delimiter}王家村{delimiter}x" for name in RARE]
    text = "\n".join([delimiter.join(["姓名", "住址", "备注"]), *lines]) + "\n"
    assert land(tmp_path, text, encoding=encoding) == [(name, "王家村") for name in RARE]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('姓名,住址\n"张\n三",一\n李四,二\n', [("张\n三", "一"), ("李四", "二")]),
        ('姓名,住址\r\n"张""三",一\r\n李四,二', [('张"三', "一"), ("李四", "二")]),
        ('姓名,住址\n张"三,一\n李"四",二\n', [('张"三', "一"), ('李"四"', "二")]),
        ("姓名,住址\n\n张三,一\n\n\n李四,二\n\n", [("张三", "一"), ("李四", "二")]),
        ("姓名,住址\n张三,一\n,\n李四,二\n", [("张三", "一"), (None, None), ("李四", "二")]),
        ("姓名,住址\r张三,一\r李四,二\r", [("张三", "一"), ("李四", "二")]),
        ("姓名,住址\r\n张三,一\n李四,二\r\n", [("张三", "一"), ("李四", "二")]),
        ("姓名,住址\n#张三,NULL\nNaN,-\n", [("#张三", "NULL"), ("NaN", "-")]),
        ('"姓\n名",住址\n张三,一\n', [("张三", "一")]),
        ("住 址, 姓名 \n一,张三\n", [("张三", "一")]),
    ],
    ids=[
        "newline in a cell",
        "doubled quote",
        "stray quotes",
        "blank lines are no rows",
        "a row of empty cells is one",
        "old line ends",
        "mixed line ends",
        "words for nothing are left to the readers",
        "newline in a header",
        "blanks in a header",
    ],
)
def test_hostile_files_shift_no_row(tmp_path, text, rows):
    assert land(tmp_path, text) == rows


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("姓名,住址\n甲乙,一\n丙丁\n戊己,二\n", "第 2 行"),
        ("姓名,住址\n甲乙,一\n丙丁,一,三\n", "第 2 行"),
        ('姓名,住址\n甲乙,一\n"丙丁,一\n戊己,二\n', "第 2 行"),
        ('姓名,住址\n甲乙,一\n"丙"丁,一\n', "第 2 行"),
    ],
    ids=["short", "long", "open quote", "text after a quote"],
)
def test_a_broken_row_is_named_and_not_quoted(tmp_path, text, row):
    with pytest.raises(DoorstepError) as refusal:
        land(tmp_path, text)
    message = str(refusal.value)
    assert "甲.csv" in message
    assert row in message
    assert "丙" not in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "空"),
        (b" \n\n", "空"),
        ("姓名,住址\n".encode(), "没有数据行"),
        (b"PK\x03\x04....", "CSV"),
        (b"%PDF-1.7", "CSV"),
        (b"PAR1....", "Parquet"),
        ("姓名,住址\n张三,".encode() + b"\xff\xfe\xff\n" * 3, "UTF-8"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path, data, told):
    (tmp_path / "甲.csv").write_bytes(data)
    with pytest.raises(DoorstepError, match=told):
        landed_rows(spec_of(tmp_path, 甲=NAME_AND_PLACE))


def test_a_missing_column_is_answered_with_those_that_are_there(tmp_path):
    with pytest.raises(DoorstepError) as refusal:
        land(tmp_path, "姓名,现住地址,性别\n张三,一,男\n")
    for words in ["甲.csv", "住址", "是否想写“现住地址”", "性别"]:
        assert words in str(refusal.value)


def test_a_column_that_is_there_twice_is_refused(tmp_path):
    with pytest.raises(DoorstepError, match="出现 2 次"):
        land(tmp_path, "姓名,住址,住址\n张三,一,二\n")


def test_a_file_without_header_is_not_read_out(tmp_path):
    with pytest.raises(DoorstepError) as refusal:
        land(tmp_path, "张三,110105194912310021,一\n李四,34052419800101001X,二\n")
    assert "像是数据" in str(refusal.value)
    assert "张三" not in str(refusal.value)


@pytest.mark.parametrize("lines_in_a_cell", [0, 3], ids=["fast", "careful"])
def test_the_order_of_a_large_file_is_kept(tmp_path, lines_in_a_cell):
    """Larger than what one thread reads at a time, with or without cells that look like rows."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["姓名", "住址", "证号", "电话"])
    place = "很长的地址" * 12
    for at in range(60_000):
        more = "甲,乙,丙\n" * lines_in_a_cell if at % 7 == 0 else ""
        rows.writerow([f"{at},{more}", place, "34052419800101001X", "13800001234"])
    fields = 'columns = { name = "姓名", address = "住址", id_number = "证号", phone = "电话" }'
    landed = land(tmp_path, text.getvalue(), fields)
    assert [int(row[0].split(",")[0]) for row in landed] == list(range(60_000))


def test_parquet_lands_as_it_would_be_typed(tmp_path):
    rows = pl.DataFrame(
        {
            "姓名": ["张三", "李四", None],
            "生日": [date(1990, 1, 2), None, date(2000, 12, 31)],
            "电话": [13800001234.0, None, 1.5],
            "邮编": [272000, 1, None],
        }
    )
    rows.write_parquet(tmp_path / "甲.csv")
    fields = 'name = "姓名", birth_date = "生日", address = "电话", postcode = "邮编"'
    (landed,) = landed_rows(spec_of(tmp_path, 甲=f"columns = {{ {fields} }}"))
    assert landed == [
        ("张三", "1990-01-02", "13800001234", "272000"),
        ("李四", None, None, "1"),
        (None, "2000-12-31", "1.5", None),
    ]


def test_the_order_of_a_parquet_file_is_kept(tmp_path):
    names = [str(at) for at in range(20_000)]
    pl.DataFrame({"姓名": names}).write_parquet(tmp_path / "甲.csv", row_group_size=1_000)
    (landed,) = landed_rows(spec_of(tmp_path, 甲=NAME_ONLY))
    assert [name for (name,) in landed] == names


def test_a_file_name_is_no_pattern(tmp_path):
    csv_of(tmp_path, "人[1]?*", "姓名\n张三\n")
    csv_of(tmp_path, "人1xy", "姓名\n李四\n")
    csv_of(tmp_path, "o'b", "姓名\n王五\n")
    tables = {"人[1]?*": NAME_ONLY, "o'b": NAME_ONLY}
    assert landed_rows(spec_of(tmp_path, **tables)) == [[("张三",)], [("王五",)]]


def test_every_table_lands_by_its_own_header(tmp_path):
    csv_of(tmp_path, "甲", "姓名,住址\n张三,一\n")
    csv_of(tmp_path, "乙", "患者;地址\n李四;二\n王五;三\n", "gb18030")
    spec = spec_of(tmp_path, 甲=NAME_AND_PLACE, 乙='columns = { address = "地址", name = "患者" }')
    assert landed_rows(spec) == [[("张三", "一")], [("二", "李四"), ("三", "王五")]]


def test_a_table_of_names_alone_may_be_matched(tmp_path):
    assert land(tmp_path, "序号,姓名\n1,张三\n2,\n", NAME_ONLY) == [("张三",), (None,)]
