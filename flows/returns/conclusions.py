"""What a conclusion says: codes, the one sum it names, and whether all of it was understood.

A code speaks for itself, whatever words follow. Words alone are taken only if every one of them is
known: 未纳入低保 or 建议临时救助 must not become help that was given. For the same reason nothing
behind words that are not known adds a conclusion: 15 够不上低保边缘 says 15.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from data_contracts.visit_results import VISIT_RESULTS, Outcome
from flows.returns.phrases import BETWEEN, PHRASES

LONGEST = 200
_GAP = re.compile(BETWEEN)
_CLOSE = re.compile(r"[\s.:]*")
_ASIDE = re.compile(
    r"20\d\d([-/.])\d{1,2}\1\d{1,2}(?!\d)|\d+(?:\.\d+)?\s*[年月日号岁人户次个天%折]"
)
"""Days and counts: numbers that are neither a code nor a sum."""

_SUM = re.compile(
    r"(?P<sign>[¥$])?(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*"
    r"(?:(?P<scale>[万千百])\s*)?(?P<unit>元|块钱|块|圆)?(?!\d)"
)
_BARE_SUM = re.compile(r"\d{3,6}(?:\.\d{1,2})?")
_CODE = re.compile(r"(\d{2})(?:\.0+)?(?![\d.]*\d)")
_FILLER = re.compile(
    r"已经|已|给予|给|发放|享受|落实|并且|并|和|及|同时|还有|一次性|共计|共|合计|救助金|金额|代码|本人"
)
_OTHER = re.compile(r"\d[\d.,]*|.", re.DOTALL)
_DENIED = re.compile(r"[\s.:]*[不未没非无]")
_CAN_BE_DENIED = {
    Outcome.HELPED,
    Outcome.IN_PROCEDURE,
    Outcome.RELIEVED,
    Outcome.DIED,
    Outcome.ALREADY_HELPED,
}
_EACH_TIME = re.compile(r"[月年季每]")
_SCALES = {"万": 10_000, "千": 1_000, "百": 100, None: 1}
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Conclusion:
    """Codes in the order written; `is_plain` when nothing was left over."""

    codes: tuple[str, ...]
    amount: Decimal | None
    is_plain: bool


def conclusion_of(text: str) -> Conclusion | None:
    """What a cell concludes, or nothing where a person must say it again."""
    said = _Said(unicodedata.normalize("NFKC", text).strip()[:LONGEST])
    said.read()
    left = "".join(said.left)
    unsure = said.contradicts or any(map(str.isdecimal, left)) or len(text) > LONGEST
    if not said.codes or unsure or (left and not said.starts_with_code):
        return None
    sums = set(said.sums)
    one_sum = len(sums) <= 1 and not _EACH_TIME.search(left)
    amount = said.sums[0] if sums and one_sum else None
    is_plain = one_sum and not left and not said.has_aside
    return Conclusion(tuple(dict.fromkeys(said.codes)), amount, is_plain)


class _Said:
    """A cell being read from left to right; what nothing recognises is left over."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.codes: list[str] = []
        self.sums: list[Decimal] = []
        self.left: list[str] = []
        self.has_aside = self.starts_with_code = self.contradicts = False

    def read(self) -> None:
        """Read to the end, the surest meaning of every stretch first."""
        steps = (self._gap, self._aside, self._sum, self._code, self._words, self._filler)
        while self.at < len(self.text):
            if not any(step() for step in steps):
                self.left.append(_OTHER.match(self.text, self.at)[0])  # type: ignore[index]
                self.at += len(self.left[-1])

    def _gap(self) -> bool:
        return self._moved(_past(_GAP, self.text, self.at))

    def _aside(self) -> bool:
        moved = self._moved(_past(_ASIDE, self.text, self.at))
        self.has_aside |= moved
        return moved

    def _sum(self) -> bool:
        found = _SUM.match(self.text, self.at)
        if not found:
            return False
        marked = found["sign"] or found["scale"] or found["unit"]
        if not marked and not _BARE_SUM.fullmatch(found["figure"]):
            return False
        figure = Decimal(found["figure"].replace(",", "")) * _SCALES[found["scale"]]
        self.sums.append(figure.quantize(_CENT))
        return self._moved(found.end())

    def _code(self) -> bool:
        """A code; the words right behind it must not say something else."""
        found = _CODE.match(self.text, self.at)
        result = VISIT_RESULTS.get(found[1]) if found else None
        if not found or result is None or self.left:
            return False
        self.starts_with_code |= not self.codes
        self.codes.append(result.code)
        words = _words_at(self.text, _past(_CLOSE, self.text, found.end()))
        if words:
            self.contradicts |= words[1] != result.code
        elif result.outcome in _CAN_BE_DENIED:
            self.contradicts |= _DENIED.match(self.text, found.end()) is not None
        return self._moved(found.end())

    def _words(self) -> bool:
        words = _words_at(self.text, self.at)
        if not words or self.left:
            return False
        self.codes.append(words[1])
        return self._moved(words[0])

    def _filler(self) -> bool:
        return self._moved(_past(_FILLER, self.text, self.at))

    def _moved(self, to: int) -> bool:
        moved = to > self.at
        self.at = to
        return moved


def _past(form: re.Pattern[str], text: str, at: int) -> int:
    """Where a form that begins here ends; here, if it does not."""
    found = form.match(text, at)
    return found.end() if found else at


def _words_at(text: str, at: int) -> tuple[int, str] | None:
    """Where the longest known words that begin here end, and their code."""
    for form, code in PHRASES:
        if found := form.match(text, at):
            return found.end(), code
    return None
