"""The ledger keeps every answer and every undoing, and an older ledger learns to."""

import sqlite3

import pytest

from flows.errors import DoorstepError
from flows.ledger import Ledger, MatchAnswer
from flows.ledger_schema import SCHEMA_VERSION
from flows.review.verdicts import effective
from tests.review.review_tables import asked

AT = "2026-11-22T09:00:00+08:00"


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "ledger.sqlite")


def said(pair="A B", answer="same", **more):
    left, right = pair.split()
    return MatchAnswer(record_key=left, other_record_key=right, answer=answer, **more)


def test_answers_are_kept_with_who_when_and_why(ledger):
    (entry,) = ledger.answer([said(question_no="WT-1", note="问过本人", asked=None)], "张", AT)
    (row,) = ledger.answers(ledger.position()).to_dicts()
    assert row == {
        "entry": entry,
        "record_key": "A",
        "other_record_key": "B",
        "answer": "same",
        "who": "张",
        "given_at": AT,
        "question_no": "WT-1",
        "note": "问过本人",
        "undoes": None,
        "asked": None,
    }


def test_an_undoing_is_a_new_entry_and_the_answer_stays(ledger):
    first, second = ledger.answer([said(), said("A C")], "张", AT)
    before = ledger.position()
    ledger.undo(first, "李", AT, "看错了")
    now = ledger.answers(ledger.position())
    assert now["answer"].to_list() == ["same", "same", None]
    assert now.row(2, named=True)["undoes"] == first
    assert effective(now)["entry"].to_list() == [second]
    assert effective(ledger.answers(before))["entry"].to_list() == [first, second]


def test_what_was_never_answered_cannot_be_undone(ledger):
    with pytest.raises(DoorstepError, match="7"):
        ledger.undo(7, "李", AT, "x")


def test_answers_come_in_together_or_not_at_all(ledger):
    with pytest.raises(sqlite3.IntegrityError):
        ledger.answer([said(), said("A C", answer="perhaps")], "张", AT)
    with pytest.raises(sqlite3.IntegrityError):
        ledger.answer([said(answer=None)], "张", AT)
    assert ledger.position() == 0
    assert ledger.answers(0).is_empty()


def test_an_answer_asks_for_a_new_night_and_a_sheet_does_not(ledger):
    sheet = ledger.ask(asked("entry | pair\n1 | A B"), "张", AT)
    assert ledger.human_position() == 0
    (entry,) = ledger.answer([said(asked=sheet)], "张", AT)
    assert ledger.human_position() == entry


def test_a_sheet_is_remembered_as_it_was_asked(ledger):
    drawn = asked("entry | pair | probability | severity | shown\n1 | A B | 0.6 | 3 | x y")
    sheet = ledger.ask(drawn, None, AT)
    found = ledger.asked(ledger.position())
    assert found.row(0, named=True) == {
        **drawn.row(0, named=True),
        "entry": sheet,
        "asked_of": None,
        "asked_at": AT,
    }
    assert ledger.asked(sheet - 1).is_empty()


def test_an_older_ledger_is_brought_up_to_date_and_keeps_what_it_holds(tmp_path):
    path = tmp_path / "ledger.sqlite"
    Ledger(path).release("d1", "核实无误", "王")
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "DROP TABLE match_answer; DROP TABLE match_question; PRAGMA user_version = 1"
        )
    connection.close()
    ledger = Ledger(path)
    ledger.answer([said()], "张", AT)
    assert ledger.released() == {"d1": "核实无误"}
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    connection.close()


def test_a_ledger_of_a_newer_program_is_left_alone(tmp_path):
    path = tmp_path / "ledger.sqlite"
    Ledger(path)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(DoorstepError, match="升级"):
        Ledger(path)
