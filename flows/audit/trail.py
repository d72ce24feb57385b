"""The audit trail of one HOME, as a file: one line an entry, added at the end and nowhere else.

A process that dies while it writes leaves half a line. The next entry completes it where only the
end of the line is missing; otherwise it is kept, and an entry of its own accounts for those bytes.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from flows import files
from flows.audit.anchors import Anchor, anchor_at, read_anchor
from flows.audit.entries import TORN, Deed, Entry, entered, read_line
from flows.errors import DoorstepError
from flows.home import Home
from flows.sealing import container

_END = 1 << 18
"""How many bytes from the end hold the last whole entry: a reason is cut long before."""

_LONGEST = 500


class Trail:
    """Reads and adds to HOME/state/audit."""

    def __init__(self, home: Home) -> None:
        self._root = home.root
        self._folder = home.state / "audit"

    @property
    def file(self) -> Path:
        """The trail itself."""
        return self._folder / "trail.jsonl"

    @property
    def key_file(self) -> Path:
        """What seals the entries; the auditor keeps a copy elsewhere."""
        return self._folder / "key"

    @cached_property
    def key(self) -> bytes:
        """Made with the first entry, never again: a new key would unseal all before it."""
        has_begun = self.file.exists()  # asked first: another process may begin it in between
        if not self.key_file.exists():
            if has_begun:
                raise DoorstepError(
                    "审计密钥(state/audit/key)不见了。请从备份恢复它,再重试;不要删除审计记录。"
                )
            files.write_first(self.key_file, secrets.token_hex(32))
        self._lay_key_open()
        return bytes.fromhex(files.read_text(self.key_file).strip())

    def _lay_key_open(self) -> None:
        """Homes sealed by earlier releases have the audit key sealed; whoever has the data key opens it."""
        data = files.read_raw(self.key_file)
        if container.is_sealed(data) and (key := files.house_key(self._root)):
            files.write(self.key_file, container.unseal(key, data, self.key_file.name))

    def note(self, deed: Deed, who: str, role: str) -> Entry:
        """Add an entry; when this returns it is on disk."""
        key = self.key
        with files.growing(self.file) as file:
            last, torn = _end_of(file)
            mended = b""
            if torn and read_line(torn) and not torn.endswith(b"\n"):
                last, torn, mended = read_line(torn), b"", b"\n"
            now = datetime.now(ZoneInfo("Asia/Shanghai")).isoformat(timespec="seconds")
            if torn:
                told = Deed(what=TORN, count=len(torn), sha256=files.sha256(torn.rstrip(b"\n")))
                last = entered(told, last=last, at=now, who=who, role=role, key=key)
                mended = (b"" if torn.endswith(b"\n") else b"\n") + last.line
            entry = entered(_cut(deed), last=last, at=now, who=who, role=role, key=key)
            file.write(mended + entry.line)
        return entry

    def lines(self) -> list[bytes]:
        """All lines as they lie there, without their ends."""
        return files.read(self.file).splitlines() if self.file.exists() else []

    def keep_anchor(self, entry: Entry, label: str) -> Anchor:
        """The anchor of the trail up to an entry, kept under a label beside the trail."""
        made = anchor_at(entry.number, entry.hash)
        with files.growing(self._folder / "anchors.txt") as file:
            file.write(f"{made} {label}\n".encode())
        return made

    def anchors(self) -> Sequence[Anchor]:
        """The anchors kept here, half a last line left out; those on paper are worth more."""
        path = self._folder / "anchors.txt"
        text = files.read_text(path) if path.exists() else ""
        return [read_anchor(line.split(" ")[0]) for line in text.split("\n")[:-1]]


def _cut(deed: Deed) -> Deed:
    return replace(deed, reason=deed.reason[:_LONGEST], filter=deed.filter[:_LONGEST])


def _end_of(file: io.FileIO) -> tuple[Entry | None, bytes]:
    """The last entry, and whatever bytes follow it that are none."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _END))
    lines = (file.readall() or b"").splitlines(keepends=True)
    torn = b""
    while lines:
        line = lines.pop()
        entry = read_line(line) if line.endswith(b"\n") else None
        if entry:
            return entry, torn
        torn = line + torn
    return None, torn
