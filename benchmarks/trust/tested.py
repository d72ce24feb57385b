"""A row that tests of the suite prove: they are run here, and counted."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.trust.row import Row

_COUNTED = ("tests", "failures", "errors", "skipped")


@dataclass(frozen=True)
class Tested:
    """A row that passes when every test under the paths ran and passed, the long ones too."""

    case: str
    asked: str
    paths: tuple[str, ...]

    def __call__(self) -> Row:
        """Run the tests; one that was skipped has proved nothing."""
        total, failed, broken, skipped = self._counts()
        passed = total - failed - broken - skipped
        seen = f"{passed} tests passed, {failed + broken} failed, {skipped} not run"
        return Row(self.case, self.asked, seen, 0 < passed == total)

    def _counts(self) -> list[int]:
        with tempfile.TemporaryDirectory() as folder:
            told = Path(folder) / "told.xml"
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", ""]
            command += [f"--junitxml={told}", *self.paths]
            subprocess.run(command, check=False, capture_output=True)
            suites = list(ElementTree.parse(told).getroot().iter("testsuite"))
        return [sum(int(suite.get(name, "0")) for suite in suites) for name in _COUNTED]


def tested(case: str, asked: str, *paths: str) -> Tested:
    """The row of the tests under some paths."""
    return Tested(case, asked, paths)
