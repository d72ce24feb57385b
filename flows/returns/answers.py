"""是否见到本人: the ways people tick a box. What is neither yes nor no is left open."""

from __future__ import annotations

import re
import unicodedata

_YES = {
    *("是", "√", "✓", "✔", "☑", "y", "yes", "对", "有", "true", "1"),
    *("见", "见到", "见到了", "见到本人", "已见", "已见到", "已见到本人"),
}
_NO = {
    *("否", "×", "✗", "✘", "✕", "❌", "x", "n", "no", "不是", "没", "没有", "未", "false", "0"),
    *("未见", "未见到", "未见到本人", "没见到", "没有见到", "没见到本人"),
}
_BESIDE = re.compile(r"\(.*\)|(?<=\d)\.0+$|[\s。.,;!]")


def answer_of(text: str) -> bool | None:
    """Yes, no, or nothing that can be told."""
    said = _BESIDE.sub("", unicodedata.normalize("NFKC", text).casefold())
    if said in _YES:
        return True
    return False if said in _NO else None
