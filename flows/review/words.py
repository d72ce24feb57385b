"""What a sheet of questions says and what is read back from it: the words both sides rely on."""

from __future__ import annotations

import re
import unicodedata

from flows.review.verdicts import DIFFERENT, SAME, UNSURE

NUMBER_HEADER, SHEET_HEADER = "问题编号", "批次"
ANSWER_HEADER, NOTE_HEADER = "您的判断", "备注"

ANSWER_WORDS = {SAME: "是同一人", DIFFERENT: "不是", UNSURE: "说不准"}
"""The choices of the drop-down list."""

_ALSO = {
    SAME: ("是", "同一人", "是同一个人", "同一个人", "相同", "same"),
    DIFFERENT: ("不是同一人", "不是同一个人", "否", "不同", "不是一个人", "different"),
    UNSURE: ("不确定", "不清楚", "不好说", "拿不准", "unsure"),
}
_MEANT = {word: answer for answer, said in ANSWER_WORDS.items() for word in (said, *_ALSO[answer])}
_SHEET = re.compile(r"(?:第)?0*([0-9]{1,12})(?:\.0+)?(?:批)?")


def answer_meant(text: str) -> str | None:
    """The answer a cell gives, be it typed by hand; nothing when it is none of ours."""
    return _MEANT.get(squeezed(text).rstrip("。.").lower())


def sheet_words(sheet_no: int) -> str:
    """The number of a sheet as it is printed; a bare number would be reckoned with by Excel."""
    return f"第{sheet_no}批"


def sheet_meant(text: str) -> int | None:
    """The number of a sheet that a cell gives."""
    found = _SHEET.fullmatch(squeezed(text))
    return int(found[1]) if found else None


def squeezed(text: str) -> str:
    """The text in half width without blanks and invisible characters."""
    half = unicodedata.normalize("NFKC", text)
    return "".join(one for one in half if not one.isspace() and unicodedata.category(one) != "Cf")
