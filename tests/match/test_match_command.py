"""`doorstep match`: links of every row, a short summary, and never a value."""

import stat
import subprocess
import sys

import polars as pl
import pytest

from flows.match.command import Limits, match_tables
from tests.cli.command import doorstep_here, environment, is_one_clear_line
from tests.match.tables import csv_of, spec_of

REGISTER = 'columns = { name = "姓名", id_number = "证号", birth_date = "生日", phone = "电话" }'
CLINIC = 'columns = { name = "患者", id_number = "证件", birth_date = "出生", phone = "手机" }'
PEOPLE = """\
姓名,证号,生日,电话
鬱薜嬿,11010519491231002X,1949-12-31,13987654321
李四,34052419800101001X,1980-01-01,13900005678
"""
VISITS = """\
患者,证件,出生,手机
李四,34052419800101001X,1980-01-01,
鬱薜嬿,11010519491231002X,19491231,13987654321
鬱薜嬿,,1949-12-31,13987654321
赵六,,1966-06-06,
"""
VALUES = ("鬱薜嬿", "11010519491231002X", "13987654321", "李四")


def written(folder):
    csv_of(folder, "register", PEOPLE)
    csv_of(folder, "clinic", VISITS)
    return spec_of(folder, register=REGISTER, clinic=CLINIC)


@pytest.fixture
def spec(tmp_path):
    return written(tmp_path)


@pytest.fixture
def run(monkeypatch, capsys):
    return lambda *arguments: doorstep_here(monkeypatch, capsys, "match", *arguments)


@pytest.fixture(scope="module")
def matched(tmp_path_factory):
    """The lines for a person, and where the links were written."""
    folder = tmp_path_factory.mktemp("match")
    out = folder / "deep" / "links.parquet"
    return match_tables(written(folder), out, Limits(threads=1, memory_gb=1)), out


def test_every_row_gets_a_person_and_a_reason(matched):
    links = pl.read_parquet(matched[1])
    assert links.schema == {
        "table": pl.String,
        "row": pl.Int64,
        "person_id": pl.String,
        "how": pl.String,
        "probability": pl.Float64,
    }
    assert links["table"].to_list() == ["register"] * 2 + ["clinic"] * 4
    assert links["row"].to_list() == [1, 2, 1, 2, 3, 4]
    first, second, third, fourth, *_ = links["person_id"].to_list()
    assert (first, second) == ("p1", "p2")
    assert (third, fourth) == (second, first)
    assert links["probability"].is_between(0, 1).all()


def test_the_summary_counts_rows_and_repeats_no_value(matched):
    told = "\n".join(matched[0])
    assert "共 6 行,2 张表" in told
    assert "秒" in told
    assert not any(value in told for value in VALUES)


def test_the_links_are_the_owner_s_alone_and_nothing_else_is_left(matched):
    out = matched[1]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert [path.name for path in out.parent.iterdir()] == ["links.parquet"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'id_number = "证号"',
            'id_number = "证件号"',
            ["证件号", "是否想写“证号”", "register.csv"],
        ),
        ('id_number = "证号"', 'number = "证号"', ["number", "id_number"]),
        ('task = "link"', 'task = "dedupe"', ["spec.toml", "records"]),
    ],
)
def test_a_mistake_is_one_clear_line(spec, tmp_path, run, old, new, told):
    spec.write_text(spec.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    ended = run(spec, "--out", tmp_path / "links.parquet")
    assert ended.code == 1
    assert is_one_clear_line(ended.err)
    assert all(words in ended.err for words in told)
    assert not (tmp_path / "links.parquet").exists()


@pytest.mark.parametrize(
    "text",
    [
        PEOPLE + "鬱薜嬿,11010519491231002X\n",
        PEOPLE + '"鬱薜嬿,11010519491231002X,1949-12-31,13987654321\n',
        PEOPLE.split("\n", 1)[1],
    ],
    ids=["a short row", "an open quote", "no header"],
)
def test_a_refused_file_is_not_quoted(spec, tmp_path, run, text):
    csv_of(tmp_path, "register", text)
    ended = run(spec, "--out", tmp_path / "links.parquet")
    assert ended.code == 1
    assert is_one_clear_line(ended.err)
    assert "register.csv" in ended.err
    assert not any(value in ended.out + ended.err for value in VALUES)
    assert not list(tmp_path.glob(".links*"))


def test_a_model_that_does_not_exist_is_a_usage_error(spec, tmp_path, run):
    ended = run(spec, "--out", tmp_path / "links.parquet", "--model", "4711")
    assert ended.code == 2
    assert "4711" in ended.err


@pytest.mark.parametrize("out", ["register.csv", "spec.toml", "."])
def test_an_input_is_never_overwritten(spec, tmp_path, run, out):
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    ended = run(spec, "--out", tmp_path / out)
    assert ended.code == 2
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_command_needs_no_home_and_none_of_the_night_s_heavy_libraries(spec, tmp_path):
    probe = (
        "import sys; from flows import cli; "
        f"sys.argv = ['doorstep', 'match', {str(spec)!r}, '--out', {str(tmp_path / 'l.parquet')!r}]\n"
        "try: cli.main()\n"
        "except SystemExit as ended: assert not ended.code\n"
        "print({'prefect', 'great_expectations', 'sqlalchemy', 'fastapi'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=tmp_path,
        env=environment(),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("set()\n")
