"""Which program this is: its version and its own source."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import data_contracts
import flows
import matchers
import transforms
from flows import files


def code_version() -> str:
    """The version of the program and a hash of its own source files, the synthetic county apart."""
    try:
        released = version("doorstep")
    except PackageNotFoundError:
        released = "source"
    rooms = (data_contracts, transforms, matchers, flows)
    found = (path for room in rooms for path in Path(str(room.__file__)).parent.rglob("*.py"))
    sources = sorted(path for path in found if "synth" not in path.parts)
    digest = files.sha256(b"".join(files.read(path) for path in sources))
    return f"{released}+{digest[:12]}"
