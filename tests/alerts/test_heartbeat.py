"""Silence is noticed: no night in time, a night that was killed, a clock that jumped."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from flows import files
from flows.alerts import heartbeat
from flows.alerts.pending import waiting
from flows.alerts.sending import check_heartbeat
from flows.errors import Exit
from flows.lock import only_one
from tests.alerts.homes import wanting

NIGHT = date(2026, 11, 22)


@pytest.fixture
def home(tmp_path):
    return wanting(tmp_path / "home", hosts=["127.0.0.1"], heartbeat_hours=26)


def ended(home, hours_ago):
    heartbeat.begin(home, NIGHT)
    heartbeat.end(home, NIGHT, well=True)
    plain = json.loads(files.read_text(home.heartbeat))
    plain["ended"] = (datetime.now(UTC) - timedelta(hours=hours_ago)).isoformat()
    files.write(home.heartbeat, json.dumps(plain))


@pytest.mark.parametrize(
    ("hours_ago", "silent"),
    [(0, None), (25.9, None), (26.1, 26), (50.5, 50), (-0.5, None), (-1.5, 0)],
)
def test_silence_is_counted_from_the_last_night_that_ended_well(home, hours_ago, silent):
    ended(home, hours_ago)
    assert heartbeat.silent_hours(home, datetime.now(UTC)) == silent


def test_before_the_first_night_there_is_silence(home):
    assert heartbeat.silent_hours(home, datetime.now(UTC)) == 0


def test_a_failed_night_is_no_heartbeat(home):
    ended(home, 30)
    heartbeat.begin(home, NIGHT)
    heartbeat.end(home, NIGHT, well=False)
    assert heartbeat.silent_hours(home, datetime.now(UTC)) == 30
    assert heartbeat.interrupted(home) is None


def test_a_night_that_began_and_neither_ended_nor_runs_was_interrupted(home):
    heartbeat.begin(home, NIGHT)
    with only_one(home.lock):
        assert heartbeat.interrupted(home) is None, "it runs"
    assert heartbeat.interrupted(home) == NIGHT
    heartbeat.end(home, NIGHT, well=True)
    assert heartbeat.interrupted(home) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"night": 1}', '{"night": "x", "began": null}'])
def test_a_heartbeat_that_cannot_be_read_is_none(home, text):
    files.write(home.heartbeat, text)
    assert heartbeat.last(home) == heartbeat.Beat()


def test_the_check_writes_one_alert_a_day_and_sends_nothing(home):
    ended(home, 30)
    for _ in range(2):
        code, [line] = check_heartbeat(home, NIGHT)
        assert code == Exit.WARNINGS
        assert "30 小时" in line
    assert len(list(waiting(home))) == 1
    ended(home, 1)
    assert check_heartbeat(home, NIGHT)[0] == Exit.DONE
