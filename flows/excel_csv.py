"""Rows as a CSV file that Excel and WPS open with a double click."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable


def excel_csv(rows: Iterable[Iterable[object]]) -> bytes:
    """UTF-8 with a byte order mark and CRLF; what is written in the cells is the caller's care."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
