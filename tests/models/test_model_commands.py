"""`doorstep model` as a person runs it."""

import csv
import shutil
from functools import partial

import pytest

from flows import files
from flows.errors import DoorstepError
from flows.home import existing_home
from flows.ledger import Ledger, MatchAnswer
from flows.models import in_force, store
from tests.cli.command import doorstep_here, is_one_clear_line
from tests.models import models_home


@pytest.fixture(scope="module", autouse=True)
def one_program():
    """The version of the program stands in a model; here it is always the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.models.commands.code_version", lambda: "program")
        yield


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A home with one trained model."""
    home = models_home.made(tmp_path_factory.mktemp("models") / "home")
    from flows.models.commands import train_model

    code, lines = train_model(home)
    return home, code, lines


@pytest.fixture
def home(trained, tmp_path):
    shutil.copytree(trained[0].root, tmp_path / "home")
    return existing_home(tmp_path / "home")


@pytest.fixture
def run(monkeypatch, capsys, home):
    here = partial(doorstep_here, monkeypatch, capsys)

    def model(command, *arguments):
        return here("model", command, *arguments, "--home", home.root)

    return model


def number_in_force(home):
    ledger = Ledger(home.ledger)
    return in_force(home, ledger, ledger.position()).number


def test_training_shows_weights_in_words_and_what_they_rest_on(trained):
    home, code, lines = trained
    said = "\n".join(lines)
    assert code == 0
    assert "由证号证实的记录对 2,300 对" in said
    assert "姓名相同+少见程度" in said
    assert "EM 复核" in said
    assert "出生日期:生日相同 计数" in said
    assert number_in_force(home) == 0


def test_the_trained_weights_are_not_the_shipped_ones(trained):
    model = store.read(trained[0], 1)
    assert model.model.people == models_home.PEOPLE
    assert model.model.weights["birth"] != store.read(trained[0], 0).model.weights["birth"]
    assert model.facts["rows"] == 5600


def test_only_values_borne_by_three_or_more_are_stored(trained):
    table = store.read(trained[0], 1).frequencies
    assert set(table["column"].to_pylist()) == {"name_key", "name_bag", "surname_sound"}
    assert min(table["people"].to_pylist()) >= 3


def test_the_same_rows_in_another_order_give_the_same_model(home, run):
    models_home.know(home, models_home.records()[::-1])
    ended = run("train")
    assert (ended.code, "与第 1 号模型完全相同" in ended.out) == (4, True)
    assert store.numbers(home) == [1]


def test_other_rows_give_the_next_model_and_leave_the_first_alone(home, run):
    before = {one.name: files.read(one) for one in files.listing(store.folder_of(home, 1))}
    models_home.know(home, models_home.records(seed=8))
    assert run("train").code == 0
    assert store.numbers(home) == [1, 2]
    assert before == {one.name: files.read(one) for one in files.listing(store.folder_of(home, 1))}


def test_diff_counts_what_would_change_and_lists_keys_only(home, run):
    ledger = Ledger(home.ledger)
    same = MatchAnswer(record_key="res0", other_record_key="hos0", answer="same")
    other = MatchAnswer(record_key="res1", other_record_key="hos1", answer="different")
    ledger.answer([same, other], "张三", "2026-11-22")
    before = home.work.stat().st_mtime_ns
    ended = run("diff", 1)
    assert ended.code == 0, ended.err
    assert "第 1 号模型与第 0 号模型相比:记录 5,600 条" in ended.out
    assert (
        "人工已判断 2 对,判断始终优先;若只看模型,原模型有 1 对不同,新模型有 1 对不同" in ended.out
    )
    assert "待人工核对:" in ended.out
    assert home.work.stat().st_mtime_ns == before
    text = files.read_text(store.folder_of(home, 1) / "diff_0.csv")
    rows = list(csv.DictReader(text.lstrip("\ufeff").splitlines()))
    assert set(next(csv.reader([text.lstrip("\ufeff").splitlines()[0]]))) == {
        "record_key", "source", "change", "how_before", "how_after", "founder_before",
        "founder_after", "probability_before", "probability_after",
    }  # fmt: skip
    assert f"归属改变 {len(rows):,} 条" in ended.out
    assert not any(one["name"] in ended.out + text for one in models_home.records()[:200])


def test_a_model_is_not_compared_with_itself(run):
    ended = run("diff", 1, 1)
    assert (ended.code, is_one_clear_line(ended.err)) == (2, True)


def test_adopting_going_back_and_the_past(home, run):
    start = Ledger(home.ledger).position()
    assert run("adopt", 1, "--who", "张三", "--reason", "已看过差异").code == 0
    assert number_in_force(home) == 1
    assert run("adopt", 1, "--who", "张三", "--reason", "再来").code == 4
    middle = Ledger(home.ledger).position()
    assert run("adopt", 0, "--who", "李四", "--reason", "回到出厂").code == 0
    assert number_in_force(home) == 0
    ledger = Ledger(home.ledger)
    assert [in_force(home, ledger, at).number for at in (start, middle)] == [0, 1]
    assert ledger.human_position() == ledger.position()
    listed = run("list")
    assert listed.code == 0
    assert "*   0  随程序提供" in listed.out
    assert "张三 采用第 1 号:已看过差异" in listed.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("adopt", 9, "--who", "张三", "--reason", "试"),
        ("adopt", 1, "--who", "张三", "--reason", " "),
        ("adopt", 1, "--who", " ", "--reason", "试"),
        ("diff", 9),
    ],
)
def test_what_cannot_be_is_one_clear_line(run, arguments):
    ended = run(*arguments)
    assert (ended.code, is_one_clear_line(ended.err)) == (2, True)


def test_a_reason_with_somebodys_number_is_not_kept(home, run):
    ended = run("adopt", 1, "--who", "张三", "--reason", "见 370881196803078810")
    assert (ended.code, number_in_force(home)) == (2, 0)


def spoil_weight(folder):
    text = files.read_text(folder / store.JSON).replace('"people": 2600', '"people": 2601')
    files.write(folder / store.JSON, text)


def spoil_weight_and_hash(folder):
    spoil_weight(folder)
    digest = files.sha256(files.read(folder / store.JSON))
    files.write(folder / store.HASH, f"{digest}  {store.JSON}\n")


def cut_frequencies(folder):
    files.write(folder / store.FREQUENCIES, files.read(folder / store.FREQUENCIES)[:-9])


def lose(folder):
    files.remove(folder / store.FREQUENCIES)


@pytest.mark.parametrize("spoil", [spoil_weight, cut_frequencies, lose])
def test_a_broken_model_is_refused_and_listed_as_broken(home, run, spoil):
    spoil(store.folder_of(home, 1))
    ended = run("adopt", 1, "--who", "张三", "--reason", "试")
    assert (ended.code, is_one_clear_line(ended.err), number_in_force(home)) == (1, True, 0)
    listed = run("list")
    assert (listed.code, "已损坏" in listed.out) == (3, True)


def test_a_model_edited_after_it_was_adopted_is_refused(home, run):
    run("adopt", 1, "--who", "张三", "--reason", "试")
    spoil_weight_and_hash(store.folder_of(home, 1))
    ended = run("diff", 0)
    assert (ended.code, is_one_clear_line(ended.err)) == (1, True)
    assert "不是当初采用的那一个" in ended.err


def test_an_adopted_model_that_is_gone_stops_the_night_and_another_can_be_adopted(home, run):
    run("adopt", 1, "--who", "张三", "--reason", "试")
    shutil.rmtree(store.folder_of(home, 1))
    with pytest.raises(DoorstepError, match="不见了"):
        number_in_force(home)
    assert run("adopt", 0, "--who", "张三", "--reason", "文件丢失").code == 0
    assert number_in_force(home) == 0


def test_before_the_first_night_there_is_nothing_to_train_on(tmp_path, monkeypatch, capsys):
    from flows.site import init_home

    init_home(tmp_path / "new")
    ended = doorstep_here(monkeypatch, capsys, "model", "train", "--home", tmp_path / "new")
    assert (ended.code, is_one_clear_line(ended.err)) == (2, True)
    assert doorstep_here(monkeypatch, capsys, "model", "list", "--home", tmp_path / "new").code == 0
