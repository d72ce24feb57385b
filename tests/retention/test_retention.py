"""What is over goes, the day before it is over it stays; a wrong clock takes nothing away."""

from datetime import date, timedelta

import pytest

from flows import files
from flows.errors import DoorstepError, UsageError
from flows.home import existing_home
from flows.ledger import Delivery, Ledger, Outcome
from flows.retention.applying import apply
from flows.retention.due import due, months_before, trusted_day
from flows.retention.retired import refuse_out_of_reach, retired
from flows.retention.settings import RetentionSettings
from flows.site import init_home

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 22), 24, date(2024, 11, 22)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 3, 30), 1, date(2028, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
    ],
)
def test_months_are_calendar_months(day, months, before):
    assert months_before(day, months) == before


@pytest.mark.parametrize(
    ("nights", "trusted"),
    [
        ([], None),
        ([TODAY], None),
        ([TODAY - timedelta(days=1), TODAY], TODAY),
        ([TODAY, TODAY + timedelta(days=31)], TODAY + timedelta(days=31)),
        ([TODAY, date(2036, 1, 1)], TODAY + timedelta(days=31)),
    ],
)
def test_a_clock_that_jumped_ahead_is_not_believed(nights, trusted):
    assert trusted_day(nights) == trusted


@pytest.mark.parametrize(
    "wrong", [{"archive_months": 11}, {"held_days": 6}, {"backups_days": 0}, {"lists_months": "2"}]
)
def test_less_than_the_house_needs_is_refused(wrong):
    with pytest.raises(DoorstepError, match=next(iter(wrong))):
        RetentionSettings(**wrong)


@pytest.fixture
def home(tmp_path):
    init_home(tmp_path / "home")
    home = existing_home(tmp_path / "home")
    ledger = Ledger(home.ledger)
    with files.ledger_database(home.ledger) as connection:
        for night in (TODAY - timedelta(days=1), TODAY):
            connection.execute("INSERT INTO entry (kind, body) VALUES ('night', '{}')")
            connection.execute(
                "INSERT INTO night VALUES ((SELECT max(entry) FROM entry), ?, 1, '', 'done', '', '{}')",
                (night.isoformat(),),
            )
    assert ledger.nights()
    return home


def arrive(home, source, delivery, night):
    ledger = Ledger(home.ledger)
    path = files.write(home.archive / source / f"{delivery}.csv", delivery)
    accepted = Delivery(
        arrival=ledger.arrivals() + 1,
        delivery=delivery,
        source=source,
        file_name="x.csv",
        night=night,
        as_of=None,
        rows=1,
        ended_with_newline=True,
        archived=str(path.relative_to(home.root)),
    )
    outcome = Outcome(
        source=source, delivery=delivery, file_name="x.csv", verdict="accepted", judgement={}
    )
    ledger.record_outcome(night, 1, outcome, accepted)


def archived(home):
    return {path.stem for path in files.inside(home.archive)}


def test_of_a_register_the_delivery_in_force_then_stays_and_pieces_go(home):
    old, older = date(2024, 11, 21), date(2024, 1, 10)
    for source, delivery, night in (
        ("resident_register", "r1", older),
        ("resident_register", "r2", old),
        ("resident_register", "r3", TODAY),
        ("medical_settlement", "m1", older),
        ("medical_settlement", "m2", old),
        ("medical_settlement", "m3", date(2024, 11, 22)),
    ):
        arrive(home, source, delivery, night)
    files.write(home.work, b"made of all six")
    ledger = Ledger(home.ledger)
    apply(home, ledger)
    assert retired(ledger) == {"r1", "m1", "m2"}
    assert archived(home) == {"r2", "r3", "m3"}
    assert not home.work.exists(), "the next night rebuilds it without their rows"
    with pytest.raises(UsageError, match="保存期限"):
        refuse_out_of_reach(ledger, 6, "2026-11-21")


def test_an_interrupted_clearing_goes_on_and_a_second_one_finds_nothing(home):
    arrive(home, "medical_settlement", "m1", date(2024, 1, 10))
    ledger = Ledger(home.ledger)
    ledger.note("retired", {"deliveries": ["m1"], "on": TODAY.isoformat()})
    apply(home, ledger)
    assert archived(home) == set()
    assert not apply(home, ledger)


@pytest.mark.parametrize(
    ("place", "stays", "goes"),
    [
        ("quarantine/vehicle", TODAY - timedelta(days=90), TODAY - timedelta(days=91)),
        ("outbox", date(2024, 11, 22), date(2024, 11, 21)),
        ("outbox/回执", date(2024, 11, 22), date(2024, 11, 21)),
    ],
)
def test_what_bears_a_day_goes_the_day_after_its_last(home, place, stays, goes):
    for day in (stays, goes):
        name = f"{day}_x.csv" if place.startswith("quarantine") else f"{day}/x.csv"
        files.write(home.root / place / name, "x")
    apply(home, Ledger(home.ledger))
    left = {path.name[:10] for path in (home.root / place).iterdir() if path.name[0] == "2"}
    assert left == {stays.isoformat()}


def test_a_held_delivery_that_nobody_released_goes_with_its_note_after_its_time(home):
    ledger = Ledger(home.ledger)
    for delivery, night in (
        ("a" * 16, date(2026, 8, 23)),  # 91 days ago
        ("b" * 16, date(2026, 8, 24)),  # 90
        ("c" * 16, date(2026, 1, 10)),  # let in, the next night will load it
    ):
        held = Outcome(
            source="vehicle", delivery=delivery, file_name="x", verdict="held", judgement={}
        )
        ledger.record_outcome(night, 1, held, None)
        for ending in ("csv", "csv.说明.txt"):
            files.write(home.held / "vehicle" / f"{delivery}__x.{ending}", "x")
    ledger.release("c" * 16, "车管所确认", "王敏")
    found = due(home, ledger)
    assert {path.name[0] for path in found.paths["held"]} == {"a"}
    apply(home, ledger)
    left = [path.name[0] for path in files.inside(home.held)]
    assert sorted(left) == ["b", "b", "c", "c"]


def test_a_refused_file_goes_by_the_night_that_saw_it_last(home):
    ledger = Ledger(home.ledger)
    for delivery, night in (("a" * 16, date(2026, 8, 23)), ("b" * 16, date(2026, 8, 24))):
        refused = Outcome(
            source="vehicle", delivery=delivery, file_name="x", verdict="refused", judgement={}
        )
        ledger.record_outcome(night, 1, refused, None)
        files.write(home.refused / "vehicle" / f"{delivery}__x.csv", "x")
        files.write(home.refused / "vehicle" / f"{delivery}__x.csv.说明.txt", "x")
    files.write(home.refused / "vehicle" / "nobody_knows.csv", "x")
    apply(home, ledger)
    assert {path.name[:5] for path in files.inside(home.refused)} == {"bbbbb", "nobod"}
