"""A fresh environment is installed from a wheelhouse alone, with every socket closed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from supply.lock import read_lock

ROOT = Path(__file__).parents[2]
WHEELHOUSE = ROOT / "build" / "wheelhouse"
CLOSED = Path(__file__).parent / "closed"


def make(*arguments, **environ):
    return subprocess.run(
        ["make", *arguments],
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )


def test_without_a_wheelhouse_it_says_how_to_get_one(tmp_path):
    done = make("install-offline", f"WHEELHOUSE={tmp_path}/none", f"OFFLINE_VENV={tmp_path}/venv")
    assert done.returncode != 0
    assert "make wheelhouse" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_the_sockets_of_a_child_are_closed():
    calling = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run(
        [sys.executable, "-c", calling],
        env={"PYTHONPATH": str(CLOSED)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "no network in this test" in done.stderr


@pytest.mark.long
def test_it_installs_and_runs_without_a_network(tmp_path):
    """The wheelhouse is made where there is a network: `make wheelhouse`, once."""
    if not WHEELHOUSE.is_dir():
        pytest.skip("there is no wheelhouse: run make wheelhouse")
    venv = tmp_path / "venv"
    done = make(
        *("install-offline", f"WHEELHOUSE={WHEELHOUSE}", f"OFFLINE_VENV={venv}"),
        PYTHONPATH=str(CLOSED),
    )
    assert done.returncode == 0, done.stderr
    installed = {
        path.name.partition("-")[0] for path in venv.glob("lib/*/site-packages/*.dist-info")
    }
    assert len(installed) >= len(read_lock(ROOT, "requirements").packages)
    told = subprocess.run(
        [venv / "bin" / "doorstep", "--help"],
        env={"PYTHONPATH": str(CLOSED), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert told.returncode == 0, told.stderr
