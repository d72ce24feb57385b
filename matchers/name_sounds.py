"""How a name sounds: toneless pinyin from a table of characters, surnames read as surnames.

A dictionary gives a surname character its everyday reading (单 dan, 曾 ceng), which is wrong for
almost everybody who bears it; so the first characters of a name have a table of their own.
"""

from __future__ import annotations

from functools import cache

from pypinyin import lazy_pinyin

_SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "盖": "ge", "任": "ren",
    "区": "ou", "朴": "piao", "缪": "miao", "翟": "zhai", "覃": "qin", "召": "shao", "员": "yun",
    "贠": "yun", "折": "she", "黑": "he", "秘": "bi", "乜": "nie", "繁": "po", "种": "chong",
    "郗": "xi", "隗": "wei", "祭": "zhai", "句": "gou", "都": "du", "洗": "xian", "薄": "bo",
    "么": "yao", "佴": "nai", "卜": "bu", "适": "kuo", "牟": "mu", "阚": "kan", "车": "che",
    "哈": "ha", "尉": "wei", "燕": "yan", "应": "ying", "宿": "su", "乐": "yue", "冼": "xian",
}  # fmt: skip
_COMPOUND_SURNAMES = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "单于": ("chan", "yu"), "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"), "令狐": ("ling", "hu"), "宰父": ("zai", "fu"), "皇甫": ("huang", "fu"),
}  # fmt: skip
_SEPARATOR = "·"


@cache
def _sound_of_character(character: str) -> str:
    """One syllable; a character without a reading sounds like itself."""
    return lazy_pinyin(character)[0]


def sound_of(name: str) -> str:
    """The syllables with spaces between, so that 西安 (xi an) does not sound like 先 (xian)."""
    characters = name.replace(_SEPARATOR, "")
    compound = _COMPOUND_SURNAMES.get(characters[:2])
    if compound:
        return " ".join((*compound, *map(_sound_of_character, characters[2:])))
    surname = _SURNAMES.get(characters[:1])
    if surname:
        return " ".join((surname, *map(_sound_of_character, characters[1:])))
    return " ".join(map(_sound_of_character, characters))
