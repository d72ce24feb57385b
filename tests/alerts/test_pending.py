"""An alert is written once, sent at least once, and waits longer after every failure."""

from datetime import UTC, date, datetime, timedelta

import pytest

from flows import files
from flows.alerts.alert import HeartbeatMissed, LinesWithheld, NightFailed
from flows.alerts.pending import forget_old, raise_alert, waiting, was_not_sent, was_sent
from tests.alerts.homes import wanting

FAILED = NightFailed(day=date(2026, 11, 22), exit=1)
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture
def home(tmp_path):
    return wanting(tmp_path / "home", hosts=["127.0.0.1"])


def test_the_same_alert_is_written_once_also_after_it_was_sent(home):
    assert raise_alert(home, FAILED)
    assert not raise_alert(home, FAILED)
    [one] = waiting(home)
    assert one.alert == FAILED
    was_sent(home, one)
    assert not raise_alert(home, FAILED)
    assert list(waiting(home)) == []
    assert raise_alert(home, NightFailed(day=FAILED.day, exit=2))


@pytest.mark.parametrize(
    ("settings", "written"),
    [
        ({}, False),
        ({"hosts": []}, False),
        ({"hosts": ["h"]}, True),
        ({"hosts": ["h"], "on": ["night_failed"]}, True),
        ({"hosts": ["h"], "on": ["source_late"]}, False),
    ],
)
def test_only_what_somebody_wants_is_written(tmp_path, settings, written):
    assert raise_alert(wanting(tmp_path / "home", **settings), FAILED) is written


def test_every_failure_doubles_the_wait_up_to_six_hours(home):
    raise_alert(home, FAILED)
    waits = []
    for _ in range(9):
        [one] = waiting(home)
        was_not_sent(one, NOW)
        [after] = waiting(home)
        waits.append((after.not_before - NOW) // timedelta(minutes=1))
    assert waits == [5, 10, 20, 40, 80, 160, 320, 360, 360]
    assert after.attempts == 9


def test_what_is_no_alert_is_left_where_it_lies(home):
    for name, text in {
        "a.json": "{",
        "b.json": '{"kind": "x"}',
        "c.json": "[]",
        "d.json": "1",
    }.items():
        files.write(home.alerts / "pending" / name, text)
    raise_alert(home, FAILED)
    assert [one.alert for one in waiting(home)] == [FAILED]
    assert len(files.listing(home.alerts / "pending")) == 5


def test_what_was_sent_long_ago_is_forgotten(home):
    for alert in (LinesWithheld(day=NOW.date(), lines=1), HeartbeatMissed(day=NOW.date(), hours=1)):
        raise_alert(home, alert)
    for one in list(waiting(home)):
        was_sent(home, one)
    forget_old(home, datetime.now(UTC) + timedelta(days=119))
    assert len(files.listing(home.alerts / "sent")) == 2
    forget_old(home, datetime.now(UTC) + timedelta(days=121))
    assert files.listing(home.alerts / "sent") == []
