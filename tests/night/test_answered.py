"""People's answers and adopted models in the night: honoured at once, undone at once, replayed alike."""

from datetime import UTC, datetime

import pytest

from flows import files
from flows.errors import Exit
from flows.ledger import Ledger, MatchAnswer
from flows.models.commands import adopt_model, train_model
from flows.site import synthetic_nights
from flows.start import Wish, start
from tests.night import county

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
AT = NOW.isoformat(timespec="seconds")


@pytest.fixture
def home(after_first_night, tmp_path):
    return county.copy(after_first_night, tmp_path / "home")


def rows(home, sql):
    connection = files.duckdb_database(home.snapshot, read_only=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def person_of(home, record):
    return rows(home, f"SELECT DISTINCT person_id FROM link WHERE record_key = '{record}'")[0][0]


def again(home):
    return start(home, Wish(on=synthetic_nights(home)[1]), prefect=False)


def answer(home, pair, said):
    one = MatchAnswer(record_key=pair[0], other_record_key=pair[1], answer=said)
    return Ledger(home.ledger).answer([one], "王", AT)[0]


def linked_pair(home):
    """A register row and another record that evidence put to its person."""
    return rows(
        home,
        "SELECT a.record_key, b.record_key FROM link AS a JOIN link AS b USING (person_id) "
        "WHERE a.source = 'resident_register' AND a.how = 'register_entry' AND b.how = 'evidence' "
        "ORDER BY ALL",
    )[0]


@pytest.mark.long
def test_different_parts_them_undoing_joins_them_and_each_night_says_so(home):
    one, other = pair = linked_pair(home)
    before = person_of(home, one)
    entry = answer(home, pair, "different")
    parted = again(home)
    assert parted.inputs.number == 2
    assert person_of(home, one) == before
    fresh = person_of(home, other)
    assert fresh != before
    assert not any("严重" in line for line in parted.report["needs_a_person"])
    assert parted.report["review"]["answers"]["pairs"]["different"] == 1
    with files.ledger_database(home.ledger) as connection:
        noted = connection.execute("SELECT person_id, into_person_id, kind FROM merge").fetchall()
    assert [tuple(row) for row in noted] == [(before, fresh, "split")]
    Ledger(home.ledger).undo(entry, "王", AT, "点错了")
    assert again(home).inputs.number == 3
    assert person_of(home, other) == before
    assert Ledger(home.ledger).resolve(fresh) == before


def test_same_joins_a_doubt_and_it_is_asked_no_more(home):
    asked = rows(home, "SELECT record_key, other_record_key, other_person_id FROM doubt ORDER BY 1")
    if not asked:
        pytest.skip("this county has no doubt")
    one, other, into = asked[0]
    old = person_of(home, one)
    answer(home, (one, other), "same")
    night = again(home)
    assert person_of(home, one) == person_of(home, other) == into
    assert Ledger(home.ledger).resolve(old) == into
    assert len(rows(home, f"SELECT 1 FROM doubt WHERE record_key = '{one}'")) == 0
    assert not any("严重" in line for line in night.report["needs_a_person"])


def test_answers_that_contradict_each_other_are_told_and_not_used(home):
    one, other = linked_pair(home)
    (third,) = rows(
        home, f"SELECT min(record_key) FROM link WHERE record_key NOT IN ('{one}', '{other}')"
    )[0]
    for pair, said in (
        ((one, other), "same"),
        ((other, third), "same"),
        ((one, third), "different"),
    ):
        answer(home, pair, said)
    night = again(home)
    assert any("互相矛盾" in line for line in night.report["needs_a_person"])
    assert person_of(home, other) != person_of(home, third)


def test_an_adopted_model_decides_the_next_night_and_stands_in_its_list(home):
    train_model(home)
    adopt_model(home, 1, "王", "试用", NOW)
    night = again(home)
    assert night.inputs.number == 2
    assert night.inputs.model == 1
    assert night.inputs.model_sha256
    assert again(home).exit is Exit.NOTHING_NEW
    quality = files.read_text(home.outbox / night.inputs.label / "linkage.json")
    assert '"model": 1' in quality


@pytest.mark.long
def test_the_first_night_asked_again_after_answers_and_a_rebuild_says_what_it_said(home):
    answer(home, linked_pair(home), "different")
    again(home)
    before = county.published(home)
    home.work.unlink()
    for on in synthetic_nights(home)[:1]:
        replayed = start(home, Wish(on=on), prefect=False)
        assert replayed.exit is Exit.NOTHING_NEW
    assert county.published(home) == before
