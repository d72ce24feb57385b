"""Are all locks pinned and hashed, without addresses, and made from what is asked for today?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from packaging.utils import canonicalize_name

from supply.check import Check
from supply.lock import LOCKS, RUNTIME, Lock, read_asked, read_lock


def pinning(root: Path) -> Check:
    """Every lock against its .in file, and all locks against each other."""
    locks = {name: read_lock(root, name) for name in LOCKS}
    problems = [problem for name in LOCKS for problem in _problems(root, name, locks[name])]
    problems += _disagreements(locks)
    counts = ", ".join(f"{name} {len(lock.packages)}" for name, lock in locks.items())
    return Check.of("locks pinned and hashed", counts, problems)


def _problems(root: Path, name: str, lock: Lock) -> Iterator[str]:
    for line in lock.strange:
        yield f"{name}.lock: not a pinned package with hashes: {line}"
    for package in lock.packages:
        if not package.hashes:
            yield f"{name}.lock: {package.name} has no hash"
    versions = {package.name: package.version for package in lock.packages}
    wanted = {canonicalize_name(one.name): one.specifier for one in read_asked(root, name)}
    for asked, specifier in wanted.items():
        if asked not in versions:
            yield f"{name}.in asks for {asked}, which is not in the lock"
        elif not specifier.contains(versions[asked], prereleases=True):
            yield f"{name}.in asks for {asked}{specifier}, locked is {versions[asked]}"
    for package in lock.packages:
        if package.asked and package.name not in wanted:
            yield f"{name}.lock holds {package.name}, which {name}.in no longer asks for"


def _disagreements(locks: dict[str, Lock]) -> Iterator[str]:
    """Packages that another lock, installed into the same environment, pins otherwise."""
    runtime = {package.name: package.version for package in locks[RUNTIME].packages}
    for name in ("requirements-dev", "requirements-spark"):
        for package in locks[name].packages:
            if runtime.get(package.name, package.version) != package.version:
                yield f"{name}.lock and {RUNTIME}.lock pin {package.name} differently"
