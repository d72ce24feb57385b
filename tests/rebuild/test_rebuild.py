"""All but the truth can be thrown away: it is made again, equal, and a kill on the way changes nothing."""

import pytest

from flows import files
from flows.errors import DoorstepError, Exit
from flows.home import Home
from flows.inputs import folder_of
from flows.ledger import Ledger
from flows.links_before import LINKS_FILE
from flows.lock import only_one
from flows.rebuild import rebuilding
from flows.rebuild.command import rebuild_home
from flows.rebuild.contents import contents, differing
from flows.rebuild.rebuilding import rebuild
from flows.steps import plainly
from tests.night import county
from tests.night.killing import die, ends_with


def tables(home):
    return {**contents(home.work), **contents(home.snapshot)}


def links(home):
    return {
        str(path.relative_to(home.root)): files.read(path)
        for path in (home.state / "nights").rglob(LINKS_FILE)
    }


def throw_away(home):
    for path in (home.work, home.snapshot, *(home.root / name for name in links(home))):
        files.remove(path)


@pytest.fixture
def home(after_first_night, tmp_path):
    return county.copy(after_first_night, tmp_path / "home")


def test_what_was_thrown_away_comes_back_equal(home, after_first_night):
    throw_away(home)
    with only_one(home.lock):
        rebuilt = rebuild(home, plainly)
    assert differing(tables(home), tables(after_first_night)) == []
    assert links(home) == links(after_first_night)
    assert rebuilt.links == 2
    assert rebuilt.same_results
    assert not rebuilt.published
    assert not (home.state / "rebuild").exists()


def killed_before_the_change_over(root):
    rebuilding._change_over = die
    rebuild(Home(root), plainly)


@pytest.mark.long
def test_a_rebuild_that_is_killed_has_changed_nothing_and_is_run_again(home, after_first_night):
    assert ends_with(killed_before_the_change_over, home.root) == -9
    assert differing(tables(home), tables(after_first_night)) == []
    code, _ = rebuild_home(home)
    assert code is Exit.DONE


@pytest.mark.long
def test_a_changed_row_and_a_changed_list_are_named(home):
    with files.duckdb_database(home.work) as work:
        work.execute("UPDATE sighting SET line = line + 1 WHERE row = 1")
    (listed, *_) = sorted(home.outbox.glob("*/工作单/*.csv"))
    files.write(listed, files.read(listed) + b"x\r\n")
    code, lines = rebuild_home(home)
    told = "\n".join(lines)
    assert code is Exit.WARNINGS
    assert "work.sighting" in told
    assert listed.name in told


@pytest.mark.parametrize("lost", ["archive", "nights"])
def test_nothing_is_begun_where_what_cannot_be_made_again_is_missing(home, lost):
    ledger = Ledger(home.ledger)
    if lost == "archive":
        files.remove(home.root / ledger.deliveries()[0].archived)
    else:
        row = ledger.nights()[0]
        from datetime import date

        files.discard(folder_of(home, date.fromisoformat(row["night"]), row["number"]))
    before = files.read_raw(home.work)
    with pytest.raises(DoorstepError, match="从备份恢复"):
        rebuild_home(home)
    assert files.read_raw(home.work) == before


def test_a_table_is_the_same_in_whatever_order_its_rows_lie(tmp_path):
    for name, rows in (("one", "(1, 'a'), (2, NULL)"), ("other", "(2, NULL), (1, 'a')")):
        with files.duckdb_database(tmp_path / f"{name}.duckdb") as made:
            made.execute(f"CREATE TABLE t AS FROM (VALUES {rows}) AS v (row, name)")
            made.execute("CREATE TABLE linked_row (x INTEGER)")
    one, other = (contents(tmp_path / f"{name}.duckdb") for name in ("one", "other"))
    assert one == other
    assert set(one) == {"t"}
    assert differing(one, {"t": (2, "else"), "u": (0, "")}) == ["t", "u"]
    with files.duckdb_database(tmp_path / "other.duckdb") as changed:
        changed.execute("UPDATE t SET name = 'b' WHERE row = 1")
    assert differing(one, contents(tmp_path / "other.duckdb")) == ["t"]
