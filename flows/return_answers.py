"""What a sender gets back for a returned file: its receipt, and what has to be mended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from flows import files
from flows.home import Home
from flows.returns.error_book import error_book
from flows.returns.taken import Taken

RECEIPTS = "回执"
RECEIPT, ERROR_BOOK = "_回执.txt", "_错误清单.xlsx"


def write_answer(home: Home, digest: str, taken: Taken, lines: Sequence[str], on: date) -> None:
    """The receipt, and beside it what has to be mended, ready to be sent back."""
    folder = home.outbox / RECEIPTS / on.isoformat()
    stem = f"{Path(taken.file_name).stem[:60]}_{digest[:8]}"
    files.write(folder / f"{stem}{RECEIPT}", "\r\n".join(lines) + "\r\n")
    if taken.problems:
        files.write(folder / f"{stem}{ERROR_BOOK}", error_book(taken.problems))


def answer_file(home: Home, digest: str, on: date, kind: str) -> Path | None:
    """The receipt or the error book of a returned file; there is none where nothing was wrong."""
    folder = home.outbox / RECEIPTS / on.isoformat()
    ending = f"_{digest[:8]}{kind}"
    return next((path for path in files.listing(folder) if path.name.endswith(ending)), None)
