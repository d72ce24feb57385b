"""What the matcher gets to know of a row of any table."""

from datetime import date

import pytest

from flows.match.rows import rows_of
from flows.match.spec import read_spec
from matchers.rows import INPUTS, TEXT_FIELDS
from tests.match.tables import csv_of, engine, landed_rows, read_rows, spec_of

REGISTER = """columns = {
    name = "姓名", former_name = "曾用名", id_number = "证号", sex = "性别", birth_date = "生日",
    address = "住址", phone = "电话", household = "户号", relation = "关系" }""".replace("\n", "")
CLINIC = """columns = {
    name = "患者", id_number = "证件", birth_date = "出生", phone = "手机", contact_name = "联系人",
    contact_phone = "联系电话", guardian_name = "监护人", guardian_number = "监护人证件",
    guardian_phone = "监护人电话" }""".replace("\n", "")
PEOPLE = """\
姓名,曾用名,证号,性别,生日,住址,电话,户号,关系
张三,张叁,11010519491231002X,男,1949-12-31,王家村3号,13800001234,0001,户主
李四,,34052419800101001x,2,1980/1/1,,+86 139 0000 5678,0001,妻
"""
VISITS = """\
患者,证件,出生,手机,联系人,联系电话,监护人,监护人证件,监护人电话
张三之子,11010519491231002X,2026-01-05,,张三,13800001234,张三,11010519491231002X,13800001234
11010519491231002X,张三,19491231,138 0000 1234,,,,,
王*,1101051949******2X,不详,无,,,,,
"""


@pytest.fixture
def spec(tmp_path):
    csv_of(tmp_path, "register", PEOPLE)
    csv_of(tmp_path, "clinic", VISITS)
    return spec_of(tmp_path, register=REGISTER, clinic=CLINIC)


def told(rows, *columns):
    return [tuple(row[column] for column in columns) for row in rows]


def test_every_input_is_there_with_its_type_and_nothing_else(spec, tmp_path):
    rows = read_rows(spec)
    assert list(rows[0]) == list(INPUTS)
    assert told(rows, "rid", "source", "is_register") == [
        (1, "register", True),
        (2, "register", True),
        (3, "clinic", False),
        (4, "clinic", False),
        (5, "clinic", False),
    ]


def test_numbers_are_read_plain_or_not(spec):
    assert told(read_rows(spec), "id_status", "id_clean", "id_birth_date", "id_sex") == [
        ("valid", "11010519491231002X", date(1949, 12, 31), "female"),
        ("valid", "34052419800101001X", date(1980, 1, 1), "male"),
        ("valid", "11010519491231002X", date(1949, 12, 31), "female"),
        ("valid", "11010519491231002X", date(1949, 12, 31), "female"),
        ("masked", None, None, None),
    ]
    texts = [row["id_text"] for row in read_rows(spec)]
    assert texts[:2] == ["11010519491231002X", "34052419800101001X"]
    assert texts[4].startswith("110105")


def test_name_and_number_in_each_other_s_cell_are_put_back(spec):
    assert told(read_rows(spec), "name_key", "parent_name_key") == [
        ("张三", None),
        ("李四", None),
        (None, "张三"),
        ("张三", None),
        ("王?", None),
    ]


@pytest.mark.parametrize(
    ("cells", "name", "parent"),
    [
        (",李小明", "李小明", None),
        (",李小明之子", None, "李小明"),
        ("王强,李小明", "王强", None),
        (",不详", None, None),
        (",无", None, None),
        (",护照E12345678", None, None),
    ],
)
def test_a_name_in_the_cell_of_the_number_is_one_where_no_name_stands(
    tmp_path, cells, name, parent
):
    csv_of(tmp_path, "clinic", f"姓名,证号\n{cells}\n")
    (row,) = read_rows(spec_of(tmp_path, clinic='columns = { name = "姓名", id_number = "证号" }'))
    assert (row["name_key"], row["parent_name_key"]) == (name, parent)


def test_a_newborn_leads_to_the_parent(spec):
    rows = read_rows(spec)
    father, newborn = rows[0], rows[2]
    assert newborn["parent_name_bag"] == father["name_bag"]
    assert newborn["contact_name_key"] == "张三"
    assert newborn["contact_name_bag"] == father["name_bag"]
    assert newborn["contact_phone"] == father["phone"] == "13800001234"
    assert newborn["guardian_number"] == father["id_clean"]


def test_the_rest_is_read_once_and_alike(spec):
    fields = (
        "sex",
        "birth_date",
        "birth_year",
        "phone",
        "household",
        "relation",
        "former_name_key",
    )
    assert told(read_rows(spec), *fields) == [
        ("male", date(1949, 12, 31), 1949, "13800001234", "0001", "head", "张叁"),
        ("female", date(1980, 1, 1), 1980, "13900005678", "0001", "spouse", None),
        (None, date(2026, 1, 5), 2026, None, None, None, None),
        (None, date(1949, 12, 31), 1949, "13800001234", None, None, None),
        (None, None, None, None, None, None, None),
    ]


def test_latin_names_apart_are_compared_apart_and_still_meet(tmp_path):
    columns = 'columns = { given_name = "given", surname = "family", extra = ["town"] }'
    csv_of(tmp_path, "people", "given,family,town\n Jane ,DOE,Bath\nDoe,jane,\nＪａｎｅ,doe,bath\n")
    first, second, third = read_rows(spec_of(tmp_path, people=columns))
    assert told([first, second, third], "given_name", "surname", "extra_1", "name_key") == [
        ("jane", "doe", "bath", None),
        ("doe", "jane", None, None),
        ("jane", "doe", "bath", None),
    ]
    assert first["name_bag"] == second["name_bag"] == third["name_bag"] is not None
    assert first["surname_sound"] == second["given_sound"] == third["surname_sound"] is not None


def test_chinese_names_apart_are_one_name(tmp_path):
    columns = 'columns = { surname = "姓", given_name = "名" }'
    csv_of(tmp_path, "people", "姓,名\n欧阳,小明\n李,四\n,\n")
    rows = read_rows(spec_of(tmp_path, people=columns))
    assert told(rows, "name_key", "surname", "given_name") == [
        ("欧阳小明", None, None),
        ("李四", None, None),
        (None, None, None),
    ]


def test_tables_with_and_without_names_apart_go_together(tmp_path):
    csv_of(tmp_path, "one", "name,postcode\nJane Doe,ab1 2cd\n")
    csv_of(tmp_path, "two", "given,family\nJane,Doe\n")
    rows = read_rows(
        spec_of(
            tmp_path,
            one='columns = { name = "name", postcode = "postcode" }',
            two='columns = { given_name = "given", surname = "family" }',
        )
    )
    assert rows[0]["name_bag"] == rows[1]["name_bag"]
    assert rows[0]["postcode"] == "ab1 2cd"
    assert rows[1]["postcode"] is None
    assert set(rows[0]) - set(INPUTS) <= {*TEXT_FIELDS}


def test_a_date_means_what_the_others_in_its_file_say(tmp_path):
    columns = 'columns = { name = "name", birth_date = "born" }'
    csv_of(tmp_path, "british", "name,born\nJane Doe,02/01/1990\nJohn Doe,25/12/1990\n")
    csv_of(tmp_path, "american", "name,born\nJane Doe,02/01/1990\nJohn Doe,12/25/1990\n")
    rows = read_rows(spec_of(tmp_path, british=columns, american=columns))
    assert [row["birth_date"] for row in rows] == [
        date(1990, 1, 2),
        date(1990, 12, 25),
        date(1990, 2, 1),
        date(1990, 12, 25),
    ]


def test_the_order_of_files_changes_only_the_numbers(tmp_path, spec):
    turned = tmp_path / "turned"
    turned.mkdir()
    csv_of(turned, "register", PEOPLE)
    csv_of(turned, "clinic", VISITS)
    backwards = spec_of(turned, clinic=CLINIC, register=REGISTER)
    ignored = ("rid", "is_register")
    left, right = (
        sorted(str({k: v for k, v in row.items() if k not in ignored}) for row in read_rows(one))
        for one in (spec, backwards)
    )
    assert left == right


def test_raw_values_are_forgotten_once_they_are_read(spec):
    with engine() as bench:
        rows_of(bench, read_spec(spec), spec.parent)
        found = bench.duckdb.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        left = {name for (name,) in found}
    assert left == {"match_rows_0", "match_rows_1"}


def test_a_filler_is_no_household(tmp_path):
    columns = 'columns = { name = "姓名", household = "户号" }'
    cells = ["３７０８００１２", " 37080012", "AB-7", "ab-7 ", "无", "000", " ", ""]
    csv_of(tmp_path, "people", "姓名,户号\n" + "".join(f"张三,{cell}\n" for cell in cells))
    rows = read_rows(spec_of(tmp_path, people=columns))
    assert [row["household"] for row in rows] == ["37080012"] * 2 + ["ab-7"] * 2 + [None] * 4


def test_spreadsheet_cells_of_one_person_read_alike(tmp_path):
    columns = 'columns = { name = "姓名", household = "户号", phone = "电话" }'
    csv_of(tmp_path, "people", "姓名,户号,电话\n张三,01,13800001234\n张 三,01,0086-138-0000-1234\n")
    one, other = read_rows(spec_of(tmp_path, people=columns))
    assert (one["name_key"], one["phone"]) == (other["name_key"], other["phone"])
    assert landed_rows(spec_of(tmp_path, people=columns))[0][1][0] == "张 三"
