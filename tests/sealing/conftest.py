"""No test of sealing sees a key of the machine it runs on."""

import pytest

NAMES = ("DOORSTEP_KEY", "DOORSTEP_OLD_KEY", "DOORSTEP_KEY_FILE", "DOORSTEP_OLD_KEY_FILE")


@pytest.fixture(autouse=True)
def no_key(monkeypatch):
    """Every test configures its own."""
    for name in (*NAMES, "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
