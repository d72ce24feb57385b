"""The contract on what may go out: the last look at a line before it leaves for a township.

Our own sentences, the names of sources among them, may hold no banned word and no number of anybody.
What was registered (name, place, telephone) is judged by its form alone: a village may be called
公安街 and a house stand 派出所旁. Two things are no registered fact: a banned word that leaves a whole
name beside it (张三肺癌), and a remark in brackets behind an address that names no place (肺癌) where
(派出所旁) does.

Not caught: words outside brackets in an address, a banned word that could be a name itself (公安,
张公安), illnesses in words nobody listed, and anything told only in pictures or pinyin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from flows.publish.banned_numbers import IDENTITY, LONG, TELEPHONE, numbers_in
from flows.publish.banned_words import ILLNESS, POLICE, banned_in, codes_in, words_in
from flows.publish.seen import seen
from flows.publish.work_orders import OrderLine

TELEPHONES, MARKUP, FORMULA, CONTROL = "含多个电话号码", "含网址或代码", "含公式", "含控制字符"
NO_NAME, UNMASKED, NO_CODE = "不像姓名", "证件号码未遮盖", "不是区划代码"
HELD_BACK = "(请在县级控制台查看)"
_SAYS_SO = {"person_name", "phone", "address"}
"""Cells that say they were held back; others are left empty."""

LONGEST_NAME, LONGEST_LATIN_NAME = 30, 60
"""Letters: the longest names on identity cards stay far below."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Line ends, tabs and zero-width marks are left out: cells.plain takes them off, people paste them."""

_MARKUP = re.compile(
    r"<\s*[/!?]?[A-Z]{1,10}[\s>/=]|&#?[A-Z0-9]{2,8};|[A-Z][A-Z0-9+.\-]+://|(?<![A-Z])(?:WWW\.|JAVASCRIPT:|MAILTO:|DATA:)"
    r"|[\w.+-]+@[\w-]+\.\w|(?<![A-Z0-9])[A-Z0-9-]+\.(?:COM|CN|NET|ORG)(?![A-Z])|\\\\\w|[{$%]\{"
)
_FORMULA = re.compile(r"['\"]?\s*(?:[=+@]|-[^\s\-])")
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_BESIDE_A_NAME, _BESIDE_A_LATIN_NAME = re.compile(r"[^\w·•.]|_"), re.compile(r"[()\[\],;:/|]")
_REMARK = re.compile(r"[(\[{【〔<《]([^()\[\]{}【】〔〕<>《》]*)")
_A_PLACE = re.compile(r"[楼栋幢号路街巷村组屯庄旁边侧]|对面|隔壁|附近|宿舍|家属|小区")
_DOTTED_CODE = re.compile(r"(?<![A-Z0-9])[A-JL-Z][0-9]{2}\.[0-9]{1,3}(?![\d.])")
"""A building may be called B12, and K23.5 is a milestone."""

_Check = Callable[[str], set[str]]


def in_sentence(text: str) -> set[str]:
    """Why our own words may not go out."""
    numbers = numbers_in(text)
    telephone = {TELEPHONE} if numbers.phones else set()
    travel = {IDENTITY} if numbers.travel else set()
    formed = _form(text) | _formula(text) | _numbers(text)
    return words_in(text) | codes_in(text) | telephone | travel | formed


def in_name(text: str) -> set[str]:
    """Why a name may not go out: it holds what no name does, or a remark beside the name."""
    shown = seen(text).strip()
    numbers = numbers_in(text)
    found = _form(text) | _formula(text) | _numbers(text) | codes_in(text)
    found |= {IDENTITY} if numbers.travel else set()
    longest = LONGEST_NAME if _CHINESE.search(shown) else LONGEST_LATIN_NAME
    if len(shown) > longest or numbers.phones or re.search(r"\d{5}", shown):
        found.add(NO_NAME)
    return found | _remarked(shown)


def _remarked(name: str) -> set[str]:
    is_chinese = bool(_CHINESE.search(name))
    is_parted = (_BESIDE_A_NAME if is_chinese else _BESIDE_A_LATIN_NAME).search(name)
    letters = sum(map(str.isalnum, name))
    return {
        why
        for why, word in banned_in(name)
        if is_parted or (is_chinese and letters - len(word) >= 2)
    }


def in_place(text: str) -> set[str]:
    """Why an address or a village may not go out."""
    shown = seen(text)
    found = _form(text) | _formula(text) | _numbers(text)
    found |= {TELEPHONES} if numbers_in(text).phones > 1 else set()
    found |= {ILLNESS} if _DOTTED_CODE.search(shown) else set()
    for remark in _REMARK.findall(shown):
        if not _A_PLACE.search(remark):
            found |= words_in(remark) & {ILLNESS, POLICE}
    return found


def in_phone(text: str) -> set[str]:
    """Why a telephone may not go out: it is several, or something else as well."""
    several = {TELEPHONES} if numbers_in(text).phones > 1 else set()
    formed = _form(text) | _formula(text.lstrip(" +＋")) | _numbers(text)
    return formed | words_in(text) | several


def in_mask(text: str) -> set[str]:
    """Why the end of an identity number may not go out: more than four characters can be read."""
    return {UNMASKED} if len(re.sub(r"[\s*]", "", seen(text))) > 4 else set()


def in_code(text: str) -> set[str]:
    """Why the code of a county, township or village may not go out: it is none of these."""
    return set() if re.fullmatch(r"[0-9]{6,12}", text) else {NO_CODE}


CHECKS: Mapping[str, _Check] = {
    "person_name": in_name,
    "visitor": in_name,
    "number_last4": in_mask,
    "phone": in_phone,
    "address": in_place,
    "address_basis": in_sentence,
    "township_name": in_place,
    "village_name": in_place,
    "village_code": in_code,
    "reasons": in_sentence,
    "verify": in_sentence,
    "offers": in_sentence,
    "note": in_sentence,
    "last_visit": in_sentence,
}
"""How each text of an order line is judged."""


def check_outgoing(text: str) -> list[str]:
    """Why this sentence may not leave the county, in words that repeat nothing of it; empty if it may."""
    return sorted(in_sentence(text))


def withheld(line: OrderLine) -> list[str]:
    """Why this line may not go to the township; empty if it may."""
    return sorted({why for name in CHECKS for why in _why(name, getattr(line, name))})


def without_leaks(line: OrderLine) -> OrderLine:
    """The line for the county's own list: a cell that did not pass only says where to look."""
    failed = [name for name in CHECKS if any(_why(name, getattr(line, name)))]
    return replace(line, **{name: _instead(name, getattr(line, name)) for name in failed})


def _instead(name: str, cell: str | tuple[str, ...]) -> Any:
    if isinstance(cell, tuple):
        return (HELD_BACK,)
    return HELD_BACK if name in _SAYS_SO else None


def _why(name: str, cell: str | tuple[str, ...] | None) -> Iterator[str]:
    for text in cell if isinstance(cell, tuple) else (cell or "",):
        if text:
            yield from CHECKS[name](text)


def _form(text: str) -> set[str]:
    found = {CONTROL} if _CONTROL.search(text) else set()
    return found | ({MARKUP} if _MARKUP.search(seen(text)) else set())


def _formula(text: str) -> set[str]:
    return {FORMULA} if _FORMULA.match(seen(text).lstrip()) else set()


def _numbers(text: str) -> set[str]:
    numbers = numbers_in(text)
    return ({IDENTITY} if numbers.identity else set()) | ({LONG} if numbers.long else set())
