"""`doorstep review` as a person runs it."""

from functools import partial

import pytest

from flows.ledger import Ledger
from flows.review.verdicts import effective
from tests.cli.command import doorstep_here, is_one_clear_line
from tests.review import review_home
from tests.review.review_home import Sheet


@pytest.fixture
def home(tmp_path):
    return review_home.made(tmp_path / "home")


@pytest.fixture
def run(monkeypatch, capsys, home):
    """Run a sub-command on the home."""
    here = partial(doorstep_here, monkeypatch, capsys)

    def review(command, *arguments):
        return here("review", command, *arguments, "--home", home.root)

    return review


def verdicts(home):
    ledger = Ledger(home.ledger)
    return effective(ledger.answers(ledger.position())).select("left_record_key", "same").rows()


def test_from_question_to_verdict_and_back(home, run):
    out = home.root / "核对.xlsx"
    ended = run("export", out, "--who", "张三")
    assert (ended.code, "2 题" in ended.out) == (0, True)
    sheet = Sheet(out).fill("陈细成", "是同一人").fill("王武", "不是")
    ended = run("import", sheet.save(), "--who", "张三")
    assert (ended.code, "新记下 2 个判断" in ended.out) == (0, True)
    assert verdicts(home) == [("hos1", True), ("hos2", False)]
    ended = run("status")
    assert "现在没有需要核对的问题" in ended.out
    assert "是同一人 1、不是 1、说不准 0" in ended.out
    number = sheet.text(6, "问题编号")
    ended = run("undo", number, "--reason", "看错了", "--who", "张三")
    assert (ended.code, "已撤销" in ended.out) == (0, True)
    assert verdicts(home) == [("hos2", False)]
    assert "待核对 1 题(红 1)" in run("status").out


def test_an_undoing_is_taken_back_by_its_own_number(home, run):
    out = home.root / "q.xlsx"
    run("export", out)
    run("import", Sheet(out).fill("陈细成", "是同一人").save(), "--who", "张三")
    ledger = Ledger(home.ledger)
    entry = ledger.position()
    assert run("undo", entry, "--reason", "看错了", "--who", "李").code == 0
    again = run("undo", entry, "--reason", "看错了", "--who", "李")
    assert (again.code, is_one_clear_line(again.err)) == (2, True)
    restored = run("undo", ledger.position(), "--reason", "没有看错", "--who", "李")
    assert "恢复有效" in restored.out
    assert verdicts(home) == [("hos1", True)]


def test_a_sheet_with_a_bad_cell_ends_with_a_warning(home, run):
    out = home.root / "q.xlsx"
    run("export", out)
    ended = run("import", Sheet(out).fill("陈细成", "好像是").save(), "--who", "张三")
    assert (ended.code, "第 6 行“您的判断”" in ended.out) == (3, True)


def test_nothing_to_ask_is_nothing_new(home, run):
    review_home.publish(home, review_home.DOUBTED.head(0))
    assert run("export", home.root / "q.xlsx").code == 4


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "q.csv"),
        ("import", "nowhere.xlsx", "--who", "张三"),
        ("import", "nowhere.xlsx", "--who", " "),
        ("undo", "99", "--reason", "看错了", "--who", "张三"),
        ("undo", "WT-92BF2-6DP35-N", "--reason", "看错了", "--who", "张三"),
        ("undo", "1", "--reason", " ", "--who", "张三"),
        ("undo", "1", "--reason", "打13812345678问过", "--who", "张三"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_mistake_is_told_in_one_line(run, arguments):
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert is_one_clear_line(ended.err)


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("export", "q.xlsx"),
        ("undo", "1", "--reason", "x", "--who", "y"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_before_the_first_night_it_says_what_to_run_and_makes_no_ledger(
    home, run, tmp_path, arguments
):
    home.ledger.unlink()
    home.snapshot.unlink()
    ended = run(*arguments)
    assert ended.code == 2
    assert "doorstep nightly" in ended.err
    assert not home.ledger.exists()


def test_without_the_working_database_it_says_so(home, run):
    home.work.unlink()
    ended = run("export", home.root / "q.xlsx")
    assert (ended.code, is_one_clear_line(ended.err)) == (1, True)
    assert Ledger(home.ledger).position() == 0


@pytest.mark.parametrize("command", ["export", "import", "undo", "status"])
def test_every_command_explains_itself_in_both_languages(run, command):
    ended = run(command, "--help")
    assert ended.code == 0
    assert " / " in ended.out
