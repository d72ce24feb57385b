"""What a delivered cell says before its kind is known: trimmed, narrowed, or nothing at all."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase

import ibis
import ibis.expr.types as ir

INVISIBLE = "\t\n\v\f\r \x85\u00a0\u2028\u2029\u3000\ufeff\u200b\u200c\u200d\u2060"
"""Blanks that people do not see, among them the full-width one and the byte order mark.

Every ending of a line is one: before it, `$` matches on some engines and not on others.
"""

NOTHING = frozenset([
    "", "-", "--", "---", "–", "—", "——", "/", "\\", "*", "无", "空", "暂无", "NULL", "Null", "null",
    "(NULL)", "(null)", "\\N", "None", "NONE", "NaN", "NAN", "nan", "NA", "N/A", "n/a", "#N/A",
])  # fmt: skip
"""Cells that are filled because they must not be empty; they say nothing in every kind."""

UNKNOWN = frozenset(["不详", "未知", "不明", "未说明", "未填", "未填写"])
"""Words for 'not known', which say nothing in text and in codes."""

# As a range, because the engines do not agree on how a text with \v or \f is written.
_BLANK = INVISIBLE.replace("\t\n\v\f\r", "\t-\r")
_EDGES = f"^[{_BLANK}']+|[{_BLANK}]+$"
_NOT_PLAIN = "[^!-&(-~]"
_NOT_PLAIN_CAPITALS = "[^!-&(-_{-~]"
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F) if chr(code) != "＇") + "￥—–−"
_NARROW = "".join(chr(ord(wide) - 0xFEE0) for wide in _WIDE[:-4]) + "¥---"
_QUOTES = "'‘’`＇"


def trimmed(raw: ir.StringValue) -> ir.StringValue:
    """The cell without blanks at its ends and without the apostrophe that marks text in Excel."""
    # Most cells are plain ASCII, and looking for that is the cheapest look there is.
    return ibis.cases(
        (~raw.re_search(_NOT_PLAIN), raw),
        (raw.re_search(_EDGES), raw.re_replace(_EDGES, "")),
        else_=raw,
    )


def narrowed(raw: ir.StringValue) -> ir.StringValue:
    """The cell in half-width characters and without any blank; for numbers and phones."""
    dense = raw.re_replace(f"[{_BLANK}{_QUOTES}]+", "")
    return ibis.cases((~raw.re_search(_NOT_PLAIN), raw), else_=dense.translate(_WIDE, _NARROW))


def narrowed_capitals(raw: ir.StringValue) -> ir.StringValue:
    """The cell narrowed and in capitals; for codes and identity numbers."""
    # Only Latin letters: the engines do not agree on the capital of a German ß.
    capitals = narrowed(raw).translate(ascii_lowercase, ascii_uppercase)
    return ibis.cases((~raw.re_search(_NOT_PLAIN_CAPITALS), raw), else_=capitals)


def narrowed_word(word: str) -> str:
    """What `narrowed` makes of a word that a contract spells."""
    return word.translate(str.maketrans(_WIDE, _NARROW, INVISIBLE + _QUOTES))
