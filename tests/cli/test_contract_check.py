"""Anybody may have a file judged, on a machine that has no home."""

import pytest

from tests.cli.command import doorstep, is_one_clear_line

HEADER = (
    "号牌号码,身份证明号码,机动车所有人,使用性质,车辆类型,初次登记日期,登记价值(元),机动车状态\n"
)
GOOD = "鲁H10001,,程砚秋,A,K33,2020-03-01,50000,正常\n"
UNREADABLE_DATE = "鲁H10002,,言慧珠,A,K33,去年春天,50000,正常\n"


@pytest.fixture
def file(tmp_path):
    def written(text, name="车辆.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_good_file_is_accepted_without_a_home(file, tmp_path):
    ended = doorstep("contract", "check", file(HEADER + GOOD), "--source", "vehicle", cwd=tmp_path)
    assert ended.code == 0
    assert ended.err == ""
    assert "可以接收" in ended.out
    assert "共 1 行 = 可用 1 + 待更正 0 + 重复 0" in ended.out


def test_faulty_rows_are_named_by_line_and_never_quoted(file, run):
    rows = GOOD + UNREADABLE_DATE
    many = "".join(GOOD.replace("10001", f"2{count:04}") for count in range(200))
    ended = run("contract", "check", file(HEADER + rows + many), "--source", "vehicle")
    assert ended.code == 0
    assert "第 3 行:" in ended.out
    assert "去年春天" not in ended.out
    assert "言慧珠" not in ended.out


def test_a_file_without_its_columns_is_refused(file, run):
    ended = run("contract", "check", file("甲,乙\n1,2\n"), "--source", "vehicle")
    assert ended.code == 1
    assert "不能接收" in ended.out
    assert "✗" in ended.out


def test_a_file_that_is_no_table_is_refused(file, run):
    ended = run("contract", "check", file("%PDF-1.7 ...", "车辆.pdf"), "--source", "vehicle")
    assert ended.code == 1
    assert "PDF" in ended.out


def test_a_source_that_does_not_exist_is_answered_with_those_that_do(file, run):
    ended = run("contract", "check", file(HEADER + GOOD), "--source", "bicycles")
    assert ended.code == 2
    assert is_one_clear_line(ended.err)
    assert "hospital_discharge" in ended.err


def test_a_file_that_is_not_there_is_named(run, tmp_path):
    ended = run("contract", "check", tmp_path / "none.csv", "--source", "vehicle")
    assert ended.code == 2
    assert is_one_clear_line(ended.err)
    assert "none.csv" in ended.err


def test_a_home_lends_its_own_spellings(home, file, run):
    with home.config_file.open("a", encoding="utf-8") as config:
        config.write("\n[sources.vehicle.headers]\nplate_no = ['大鲁牌照']\n")
    text = (HEADER + GOOD).replace("号牌号码", "大鲁牌照")
    bare = run("contract", "check", file(text), "--source", "vehicle")
    assert bare.code == 1
    known = run("contract", "check", file(text), "--source", "vehicle", "--home", home.root)
    assert known.code == 0
