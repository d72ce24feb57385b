"""Keys and passwords that lie in the source, as detect-secrets finds them. Nothing is sent anywhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from supply.check import Check

_HEX, _NUMBER = "Hex High Entropy String", "made-up number that a test draws"
_DELIVERY = "made-up hash of a delivery"

ACCEPTED = {
    ("flows/review/pairs.py", "Base64 High Entropy String"): "the letters of a check character",
    ("tests/asof/test_asof_changes.py", "GitHub Token"): "the long name of a test",
    ("tests/desk/test_desk_login.py", "Secret Keyword"): "a made-up password of a test",
    ("tests/matchers/test_identity_number.py", _HEX): _NUMBER,
    ("tests/matchers/test_number_levels.py", _HEX): _NUMBER,
    ("tests/night/killing.py", "Secret Keyword"): "words for a moment in a test",
    ("tests/publish/report_values.py", _HEX): _DELIVERY,
}
"""(file, kind) -> why it is no secret."""

_LEFT_OUT = {"build", "dist", "demo-home", "__pycache__"}
_HASHES_ONLY = {".lock"}
_BINARY = {".png", ".pyc", ".whl", ".xlsx"}


def secret_scan(root: Path) -> Check:
    """Scan every file of the source; a value that is found is never printed."""
    from detect_secrets.core.scan import scan_file
    from detect_secrets.settings import default_settings

    files = list(source_files(root))
    problems = []
    here = Path.cwd()
    os.chdir(root)
    try:
        with default_settings():
            for file in files:
                name = file.relative_to(root).as_posix()
                problems += [
                    f"{name}:{one.line_number}: {one.type}"
                    for one in scan_file(name)
                    if (name, one.type) not in ACCEPTED
                ]
    finally:
        os.chdir(here)
    return Check.of(
        "secrets in the source", f"{len(files)} files, {len(ACCEPTED)} accepted", problems
    )


def source_files(root: Path) -> Iterator[Path]:
    """Every text file that is ours; hidden folders and what is built are not."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(one for one in folders if one not in _LEFT_OUT and one[0] != ".")
        for name in sorted(names):
            file = Path(folder, name)
            if file.suffix not in _HASHES_ONLY | _BINARY and not name.startswith("."):
                yield file
