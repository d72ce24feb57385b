"""Known vulnerabilities of what a county installs, as pip-audit finds them in the OSV database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from supply.check import Check, State
from supply.lock import RUNTIME, read_lock

NAME = "known vulnerabilities"
_SECONDS = 15


def vulnerabilities(root: Path, database: str | None = None) -> Check:
    """Clean only if the database answered for every package; `database` is a mirror's address."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", f"{RUNTIME}.lock"]
    command += ["--require-hashes", "--disable-pip", "--vulnerability-service", "osv"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", str(_SECONDS)]
    if database:
        command += ["--osv-url", database]
    asked = subprocess.run(  # noqa: S603
        command, cwd=root, capture_output=True, text=True, check=False
    )
    try:
        answer = json.loads(asked.stdout)
    except json.JSONDecodeError:
        return Check(NAME, State.NOT_CHECKED, "database out of reach")
    return judged(answer, {one.name for one in read_lock(root, RUNTIME).packages})


def judged(answer: Any, locked: set[str]) -> Check:
    """pip-audit's JSON as a check of the locked packages."""
    found = [
        f"{one['name']} {one['version']}: {each['id']} (mended in {', '.join(each['fix_versions']) or '-'})"
        for one in answer["dependencies"]
        for each in one.get("vulns", [])
    ]
    answered = {canonicalize_name(one["name"]) for one in answer["dependencies"] if "vulns" in one}
    missed = sorted(locked - answered)
    detail = f"{len(locked) - len(missed)} of {len(locked)} packages answered for"
    if missed and not found:
        return Check(NAME, State.NOT_CHECKED, detail, tuple(missed))
    return Check.of(NAME, detail, found)
