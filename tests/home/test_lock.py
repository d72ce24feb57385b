"""One night at a time."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows import lock
from flows.errors import AlreadyRunningError

HOLD = """
import sys, time
from pathlib import Path
from flows.lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other_process(tmp_path):
    path = tmp_path / "night.lock"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    with process:
        assert process.stdout.readline().strip() == "held"
        yield path, process
        process.kill()


def test_a_second_night_is_refused_at_once_and_told_who_holds_it(other_process):
    path, process = other_process
    assert lock.holder(path) == process.pid
    with pytest.raises(AlreadyRunningError, match=str(process.pid)), lock.only_one(path):
        raise AssertionError("the lock was given twice")


def test_the_lock_dies_with_its_process(other_process):
    path, process = other_process
    process.kill()
    process.wait()
    for _ in range(50):
        if lock.holder(path) is None:
            break
        time.sleep(0.05)
    with lock.only_one(path):
        assert lock.holder(path) is not None


def test_nobody_holds_a_lock_that_was_never_taken(tmp_path):
    assert lock.holder(tmp_path / "none") is None
