"""The demo's nights are nights like any other: noted, and heard of by whoever watches for silence."""

import pytest

from flows.alerts import heartbeat
from flows.audit.entries import read_line
from flows.audit.trail import Trail
from flows.home import existing_home
from flows.ledger import Ledger


@pytest.mark.long
def test_every_night_of_the_demo_beats_and_stands_in_the_trail(run, tmp_path):
    ended = run("demo", "--home", tmp_path / "demo", "--residents", 500, "--nights", 1)
    assert ended.code == 0, ended.err
    home = existing_home(tmp_path / "demo")
    nights = [row["night"] for row in Ledger(home.ledger).nights()]
    beat = heartbeat.last(home)
    assert (str(beat.night), beat.left) == (nights[-1], True)
    assert beat.ended is not None
    trail = [entry for line in Trail(home).lines() if (entry := read_line(line))]
    assert [one.on for one in trail if one.what == "night"] == nights
