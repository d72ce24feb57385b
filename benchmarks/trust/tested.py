"""A row that tests of the suite prove: they are run here, and counted."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.trust.row import Row


def tested(case: str, asked: str, *paths: str) -> Callable[[], Row]:
    """A row that passes when every test under the paths ran and passed, the long ones too."""

    def run() -> Row:
        with tempfile.TemporaryDirectory() as folder:
            told = Path(folder) / "told.xml"
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", ""]
            subprocess.run(
                [*command, f"--junitxml={told}", *paths], check=False, capture_output=True
            )
            suites = ElementTree.parse(told).getroot().iter("testsuite")
            counts = [
                [int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")]
                for suite in suites
            ]
        total, failed, broken, skipped = (sum(column) for column in zip(*counts, strict=True))
        seen = f"{total - failed - broken - skipped} tests passed, {failed + broken} failed"
        if skipped:
            seen += f", {skipped} not run"
        return Row(case, asked, seen, total > skipped and not failed and not broken)

    return run
