"""Whether the written files are well formed: systemd's own judge where there is one, and ours always."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

_SECTIONS = {
    "service": {"Unit", "Service", "Install"},
    "timer": {"Unit", "Timer", "Install"},
}
_DIRECTIVE = re.compile(r"[A-Z][A-Za-z]+=.*")
_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_SETTING = re.compile(r"[A-Z][A-Z0-9_]*=.*")


def wrongs(texts: Mapping[str, str]) -> list[str]:
    """What is malformed, by file and line; empty when all is well."""
    found = []
    for name, text in texts.items():
        ending = name.rpartition(".")[2]
        if ending in _SECTIONS:
            found += [f"{name}: {one}" for one in _unit_wrongs(text, _SECTIONS[ending])]
        elif ending == "cron":
            found += [f"{name}: {one}" for one in _cron_wrongs(text)]
        elif ending == "logrotate" and text.count("{") != text.count("}"):
            found.append(f"{name}: braces do not match")
    return found


def asked_systemd(folder: Path, names: list[str]) -> list[str] | None:
    """What `systemd-analyze verify` has to say; None where it is not installed."""
    program = shutil.which("systemd-analyze")
    if program is None:
        return None
    said = subprocess.run(  # noqa: S603
        [program, "verify", "--man=no", *(str(folder / name) for name in names)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return [line for line in said.stderr.splitlines() if any(name in line for name in names)]


def _unit_wrongs(text: str, sections: set[str]) -> Iterator[str]:
    section = ""
    for at, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            section = line.strip("[]")
            if section not in sections:
                yield f"line {at}: no section [{section}] here"
        elif not section or not _DIRECTIVE.fullmatch(line):
            yield f"line {at}: not a directive"


def _cron_wrongs(text: str) -> Iterator[str]:
    if not text.endswith("\n"):
        yield "the last line has no end; cron ignores it"
    for at, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#") or _SETTING.fullmatch(line):
            continue
        *times, user, command = (*line.split(None, 6), "", "")[:7]
        fits = all(_fits(one, *between) for one, between in zip(times, _RANGES, strict=True))
        if not fits or not user or not command:
            yield f"line {at}: not five times, a user and a command"
        if re.search(r"(?<!\\)%", command):
            yield f"line {at}: a bare % ends the command"


def _fits(field: str, low: int, high: int) -> bool:
    for part in field.split(","):
        span, _, step = part.partition("/")
        ends = [] if span == "*" else span.split("-")
        if not all(end.isdigit() and low <= int(end) <= high for end in ends) or len(ends) > 2:
            return False
        if "/" in part and not (step.isdigit() and int(step) > 0):
            return False
    return True
