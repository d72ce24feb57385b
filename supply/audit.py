"""`make audit`: what Doorstep is made of, checked; one table.

Ends with 0 when all is clean, 1 when something was found, 3 when something could not be checked.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from supply.bill import bill
from supply.check import Check, State
from supply.licences import licence_check
from supply.pinning import pinning
from supply.secret_scan import secret_scan
from supply.telemetry import telemetry
from supply.vulnerabilities import vulnerabilities

ROOT = Path(__file__).parents[1]
FOUND, NOT_CHECKED = 1, 3


def audit(root: Path, database: str | None) -> list[Check]:
    """All checks in the order in which they are told."""
    return [
        pinning(root),
        bill(root, root / "build" / "sbom.json"),
        vulnerabilities(root, database),
        licence_check(root),
        secret_scan(root),
        telemetry(root),
    ]


def table(checks: Sequence[Check]) -> str:
    """The checks as lines, with what was found below each."""
    lines = [f"{'check':<26} {'state':<12} detail"]
    for one in checks:
        lines.append(f"{one.name:<26} {one.state:<12} {one.detail}")
        lines += [f"{'':<26} - {problem}" for problem in one.problems]
    return "\n".join(lines)


def code(checks: Sequence[Check]) -> int:
    """The exit code; what was found weighs more than what could not be looked at."""
    states = {one.state for one in checks}
    if State.FOUND in states:
        return FOUND
    return NOT_CHECKED if State.NOT_CHECKED in states else 0


def main() -> None:
    """Print the table and leave with its code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", help="address of a mirror of the OSV database")
    checks = audit(ROOT, parser.parse_args().database or None)
    sys.stdout.write(table(checks) + "\n")
    sys.exit(code(checks))


if __name__ == "__main__":
    main()
