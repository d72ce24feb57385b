"""Long numbers whose last digits a spreadsheet has lost."""

from __future__ import annotations

import re
import unicodedata

from transforms.columns import SCIENTIFIC


def is_spoilt(text: str) -> bool:
    """Whether a cell holds what is left of a number, as 1.38123E+10."""
    return re.fullmatch(SCIENTIFIC, unicodedata.normalize("NFKC", text)) is not None
