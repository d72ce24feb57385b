"""The bill of materials (SBOM, CycloneDX) of what a county installs, made from the lock."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from packaging.utils import canonicalize_name

from supply.check import Check, State
from supply.lock import RUNTIME, read_lock

NAME = "bill of materials"


def bill(root: Path, out: Path, *, validated: bool = True) -> Check:
    """Write it, and hold it against the lock; the same lock gives the same bytes.

    `validated` holds it against the schema of CycloneDX, too, which takes most of the time.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", f"{RUNTIME}.lock"]
    options = ["--pyproject", "pyproject.toml", "--output-reproducible", "-o", str(out)]
    options.append("--validate" if validated else "--no-validate")
    made = subprocess.run(  # noqa: S603
        [*command, *options], cwd=root, capture_output=True, text=True, check=False
    )
    if made.returncode:
        return Check(NAME, State.NOT_CHECKED, "cyclonedx-py failed", (made.stderr.strip()[-300:],))
    return Check.of(NAME, out.name, _differences(root, out))


def _differences(root: Path, out: Path) -> list[str]:
    components = json.loads(out.read_text(encoding="utf-8"))["components"]
    listed = {(canonicalize_name(one["name"]), one["version"]) for one in components}
    locked = {(one.name, one.version) for one in read_lock(root, RUNTIME).packages}
    return [f"{name} {version} is in one and not in both" for name, version in listed ^ locked]
