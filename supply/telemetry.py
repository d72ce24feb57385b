"""Which libraries could report their use, and where each is told not to.

That nothing is sent is proved by the tests that watch every connection (tests/privacy).
"""

from __future__ import annotations

from pathlib import Path

from supply.check import Check
from supply.lock import RUNTIME, read_lock

SWITCHED_OFF = {
    "prefect": ("flows/orchestrate.py", ("DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED")),
    "amplitude-analytics": ("flows/orchestrate.py", ("DO_NOT_TRACK",)),  # Prefect's
    "great-expectations": ("flows/receive/expectations.py", ("GX_ANALYTICS_ENABLED",)),
    "marimo": ("flows/desk/notebooks.py", ("DO_NOT_TRACK",)),
}
"""Package -> the file that switches it off, and the names of the switches."""

_SILENT = {"opentelemetry-api"}
"""Interfaces alone: without an SDK and an exporter they send nothing."""

_REPORTERS = (
    "amplitude",
    "analytics",
    "mixpanel",
    "opentelemetry",
    "posthog",
    "scarf",
    "segment",
    "sentry",
    "telemetry",
)
"""Words in the names of packages that report to somebody."""


def telemetry(root: Path) -> Check:
    """Every known reporter among the locked packages is switched off."""
    locked = {one.name for one in read_lock(root, RUNTIME).packages}
    unknown = [
        f"{name} looks like a reporter and is not accounted for"
        for name in sorted(locked - set(SWITCHED_OFF) - _SILENT)
        if any(word in name for word in _REPORTERS)
    ]
    switched_on = [
        f"{file} no longer sets {switch}, which silences {name}"
        for name, (file, switches) in SWITCHED_OFF.items()
        for switch in switches
        if switch not in _text(root / file)
    ]
    return Check.of("usage reporting off", ", ".join(SWITCHED_OFF), unknown + switched_on)


def _text(file: Path) -> str:
    """A file that is gone switches nothing off."""
    return file.read_text(encoding="utf-8") if file.is_file() else ""
