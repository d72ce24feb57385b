"""The normal form of a name as it was typed, or nothing where it is no name of this person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from opencc import OpenCC

PARTIAL_MARKS = "?□■*〓�×"
"""What stands in a name for a character that a system could not write or would not show."""

MIDDLE_DOT = "·"
_DOTS = "·•∙⋅‧・●˙．.。•᛫⸱"
_JOINERS = ("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef")

_BRACKETED = re.compile(r"[(\[{<〔【《「].*?(?:[)\]}>〕】》」]|$)")
_RELATIVE = (
    r"(?:[长次大小二三四五独孪双]*[子女婴]|儿子?|女儿|孙[子女]?|外孙女?|父亲?|母亲?|丈夫|妻子?"
    r"|配偶|家属|监护人|法定代理人|代[办领理]?人?|委托人|经办人|联系人)"
)
_SPEAKS_FOR_ANOTHER = re.compile(
    rf"[(\[{{<〔【《「](?:之|系|其)?(?!女[)\]]){_RELATIVE}[)\]}}>〕】》」]"
    rf"|..[之的]{_RELATIVE}[0-9]*$"
    r"|..(?:儿子|女儿|孙子|孙女|妻子|丈夫|父亲|母亲|家属)$"
    r"|新生儿|婴儿|[男女弃之]婴|某|无名|无姓名|不详|未知|[/、,;&+]"
)
_NOBODY = re.compile(
    r"无|暂无|没有|空|佚名|匿名|路人|姓名|测试|本人|户主|死者|伤者|患者|报警人|当事人|男子|女子"
    r"|男|女|NULL|NONE|NAN|NA|TEST"
)
_ADDITION = re.compile(r"(?:已?(?:死亡|去世|注销)|已故|先生|女士|小姐|同志|师傅)$")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def normaliser(
    values: Iterable[str], private_use: Mapping[str, str]
) -> Callable[[str], str | None]:
    """A function from a name of `values` (NFKC, upper case) to its normal form."""
    characters = set().union(*values)
    table = {ord(one): _normal_character(one, private_use) for one in characters}
    return lambda name: _normal_form(name.translate(table))


def _normal_character(character: str, private_use: Mapping[str, str]) -> str:
    """What a character is written as in every normal form; empty for what cannot be seen."""
    character = private_use.get(character, character)
    if character in _DOTS:
        return MIDDLE_DOT
    invisible = character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Zs")
    if invisible or any(low <= character <= high for low, high in _JOINERS):
        return ""
    return _simplified(character)


@cache
def _simplified(character: str) -> str:
    return str(_simplifier().convert(character))


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def _normal_form(text: str) -> str | None:
    if _SPEAKS_FOR_ANOTHER.search(text):
        return None
    bare = _ADDITION.sub("", _BRACKETED.sub("", text)).strip("0123456789·-_'\"")
    name = bare.replace("X", "*") if _HAN.search(bare) else bare
    return name if _is_a_name(name) else None


def _is_a_name(name: str) -> bool:
    """Two characters at least, one of them a letter, and not a word for 'nobody'."""
    letters = name.replace(MIDDLE_DOT, "")
    return len(letters) >= 2 and any(map(str.isalpha, letters)) and not _NOBODY.fullmatch(letters)
