"""Who somebody is by the table of people inside a backup, before any of it is laid out."""

from __future__ import annotations

from pathlib import Path

from flows import files
from flows.access.people import PEOPLE_FILE, Acting, acting_by, people_in
from flows.backup.blobs import Blobs
from flows.backup.manifest import read_manifest
from flows.errors import DoorstepError
from flows.home import Home


def acting_in(src: Path, root: Path, label: str | None) -> Acting:
    """Who wants a backup laid out at a place; a backup without a table is anybody's who can read it."""
    place = src.resolve()
    key = files.site_key(root)
    manifest = read_manifest(place, label, key)
    store = Blobs(place, key if manifest.key else None)
    table = next((one for one in manifest.files if one.path == f"policy/{PEOPLE_FILE}"), None)
    if table is None:
        return acting_by(None, Home(place))
    if fault := store.fault(table):
        raise DoorstepError(
            f"备份不完整({PEOPLE_FILE} {fault}),没有恢复。请改用另一份备份(--label)。"
        )
    return acting_by(people_in(store.get(table)), Home(place))
