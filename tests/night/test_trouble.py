"""A wrong clock, a full disk: one clear line, and nothing is damaged."""

import os
import sqlite3
import subprocess
from datetime import timedelta

import duckdb
import pytest

from flows import files
from flows.errors import UsageError, one_line
from flows.ledger import Ledger
from flows.rebuild.contents import contents
from flows.site import deliver_night, synthetic_nights
from flows.start import Wish, start
from tests.cli.command import is_one_clear_line
from tests.night import county


@pytest.fixture
def home(after_baseline, tmp_path):
    return county.copy(after_baseline, tmp_path / "home")


def test_a_night_before_the_last_one_is_refused_unless_it_is_asked_for(home):
    (last,) = (row["night"] for row in Ledger(home.ledger).nights())
    before = synthetic_nights(home)[0] - timedelta(days=1)
    with pytest.raises(UsageError, match=last):
        start(home, Wish(on=before), prefect=False)
    assert not (home.state / "nights" / before.isoformat()).exists()


def disk(place, size):
    made = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if os.getuid() or subprocess.run(made, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")


@pytest.fixture
def small_disk(after_baseline, tmp_path):
    """The home on a disk that has a little room left."""
    place = files.folder(tmp_path / "disk")
    size = sum(path.stat().st_size for path in files.inside(after_baseline.root))
    disk(place, size + (4 << 20))
    try:
        yield county.copy(after_baseline, place / "home"), place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.long
def test_a_full_disk_stops_the_night_in_one_line_and_room_lets_it_end(
    small_disk, after_first_night
):
    home, place = small_disk
    night = synthetic_nights(home)[1]
    deliver_night(home, night)
    published = contents(home.snapshot)
    with pytest.raises(Exception) as raised:  # noqa: PT011 - the engine's own, a file's, or ours
        start(home, Wish(on=night), prefect=False)
    assert is_one_clear_line(one_line(raised.value) + "\n")
    assert contents(home.snapshot) == published
    subprocess.run(["mount", "-o", "remount,size=2g", str(place)], check=True)
    start(home, Wish(on=night), prefect=False)
    assert county.published(home) == county.published(after_first_night)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device", "x"), "磁盘"),
        (sqlite3.OperationalError("database or disk is full"), "磁盘"),
        (sqlite3.OperationalError("disk I/O error"), "磁盘"),
        (duckdb.IOException("Could not write file: No space left on device 张三"), "磁盘"),
        (duckdb.OutOfMemoryException("could not allocate block 张三"), "memory_gb"),
        (MemoryError(), "memory_gb"),
        (OSError(30, "Read-only file system", "x"), "权限"),
    ],
)
def test_what_a_machine_lacks_is_said_in_one_line_that_says_what_to_do(error, told):
    line = one_line(error)
    assert told in line
    assert "张三" not in line
    assert is_one_clear_line(line + "\n")
