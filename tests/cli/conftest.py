"""Homes to run commands on."""

from functools import partial

import pytest

from flows import files
from tests.cli.command import doorstep_here
from tests.night import county


@pytest.fixture
def home(after_first_night, tmp_path):
    """A county after its first night."""
    return county.copy(after_first_night, tmp_path / "home")


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command in this process."""
    return partial(doorstep_here, monkeypatch, capsys)


@pytest.fixture
def short_vehicles(home):
    """The home, with a vehicle register in its inbox that lost half of its rows."""
    return shortened(home)


def shortened(home):
    """Put a vehicle register that lost half of its rows into the inbox."""
    archived = next((home.archive / "vehicle").iterdir())
    lines = files.read(archived).split(b"\n")
    files.write(home.inbox / "vehicle" / "short.csv", b"\n".join(lines[: len(lines) // 2]) + b"\n")
    return home
