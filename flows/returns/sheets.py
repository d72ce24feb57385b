"""The sheets of a returned file as rows of text, whatever program saved it."""

from __future__ import annotations

from flows.receive.opening import refuse_other_forms
from flows.receive.unusable import empty, unreadable
from flows.returns.raw import RawSheet
from flows.returns.text_sheet import text_sheet
from flows.returns.workbook import workbook_sheets

MOST_BYTES = 50 << 20
"""A township's list of a thousand orders is below one megabyte."""

_ZIP = b"PK\x03\x04"


def sheets_of(content: bytes) -> list[RawSheet]:
    """Every sheet of a file, its kind judged by its bytes; raises UnusableFileError."""
    if len(content) > MOST_BYTES:
        raise unreadable("文件过大,不像是走访工作单,请核对后重新发送", "the file is too large")
    if content.startswith(_ZIP):
        return workbook_sheets(content)
    refuse_other_forms(content)
    if not content.strip(b"\0\r\n\t ,;"):
        raise empty()
    return [text_sheet(content)]
