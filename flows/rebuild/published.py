"""Whether what lies in the outbox is what a night published."""

from __future__ import annotations

import json
from collections.abc import Collection

from flows import files
from flows.home import Home
from flows.outbox import MANIFEST, REPORT
from flows.publish.protected import list_password
from flows.publish.report import without_anchor


def unlike_manifest(home: Home, label: str, erased: Collection[str]) -> list[str]:
    """The files of a night's outbox that are missing or no longer what its manifest says.

    `erased` are the hashes of files that an erasure has left. A workbook under the county's password cannot be compared without opening it: it only has to be
    there.
    """
    folder = home.outbox / label
    if not (folder / MANIFEST).is_file():
        return [f"{label}/{MANIFEST}"]
    listed = json.loads(files.read_text(folder / MANIFEST))["files"]
    locked = list_password(home.list_password) is not None
    found = []
    for name, digest in listed.items():
        path = folder / name
        if path.is_file() and locked and name.endswith(".xlsx"):
            continue
        seen = files.sha256(_as_made(files.read(path), name)) if path.is_file() else ""
        if seen not in {digest, *erased}:
            found.append(f"{label}/{name}")
    return found


def _as_made(data: bytes, name: str) -> bytes:
    """A file as the manifest counts it: the report without the line that was printed on it later."""
    return without_anchor(data.decode("utf-8")).encode("utf-8") if name == REPORT else data
