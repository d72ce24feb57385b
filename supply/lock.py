"""The requirements as written (.in) and as locked (.lock)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

RUNTIME = "requirements"
LOCKS = (RUNTIME, "requirements-dev", "requirements-spark", "requirements-bench")
"""Every pair NAME.in and NAME.lock; the first is what a county installs."""

_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(\[[^]]*])?==(?P<version>[^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


@dataclass(frozen=True)
class Locked:
    """One package of a lock; `asked` where the .in file of the lock names it itself."""

    name: str
    version: str
    hashes: int
    asked: bool


@dataclass(frozen=True)
class Lock:
    """A whole lock; `strange` are lines that are neither a pinned package nor part of one."""

    packages: tuple[Locked, ...]
    strange: tuple[str, ...]


def read_lock(root: Path, name: str) -> Lock:
    """The packages of NAME.lock."""
    packages: list[Locked] = []
    strange = []
    for block in _blocks((root / f"{name}.lock").read_text(encoding="utf-8")):
        pin = _PIN.match(block)
        rest = [line.strip(" \\") for line in block.splitlines()[1:]]
        is_known = all(line.startswith("#") or _HASH.fullmatch(line) for line in rest)
        if not pin or not is_known:
            strange.append(block.splitlines()[0])
            continue
        asked = any(f"-r {name}.in" in line for line in rest)
        packages.append(
            Locked(canonicalize_name(pin["name"]), pin["version"], len(_HASH.findall(block)), asked)
        )
    return Lock(tuple(packages), tuple(strange))


def read_asked(root: Path, name: str) -> list[Requirement]:
    """What NAME.in asks for; constraints (-c) and comments aside."""
    lines = (root / f"{name}.in").read_text(encoding="utf-8").splitlines()
    return [
        Requirement(line)
        for line in map(str.strip, lines)
        if line and not line.startswith(("#", "-c"))
    ]


def _blocks(text: str) -> list[str]:
    """Each requirement with the indented lines below it."""
    blocks: list[str] = []
    for line in text.splitlines():
        if line.startswith(" ") and blocks:
            blocks[-1] += f"\n{line}"
        elif line.strip() and not line.startswith("#"):
            blocks.append(line)
    return blocks
