"""How each character is read: every toneless reading that names use, and the likeliest of them.

A dictionary gives a surname character its everyday reading (单 dan, 曾 ceng), which is wrong for
almost everybody who bears it; so surnames have a table of their own.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from matchers.name_code_points import Numbers

_SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "盖": "ge", "任": "ren",
    "区": "ou", "朴": "piao", "缪": "miao", "翟": "zhai", "覃": "qin", "召": "shao", "员": "yun",
    "贠": "yun", "折": "she", "黑": "he", "秘": "bi", "乜": "nie", "繁": "po", "种": "chong",
    "郗": "xi", "隗": "wei", "祭": "zhai", "句": "gou", "都": "du", "洗": "xian", "薄": "bo",
    "么": "yao", "佴": "nai", "卜": "bu", "适": "kuo", "牟": "mu", "阚": "kan", "车": "che",
    "哈": "ha", "尉": "wei", "燕": "yan", "应": "ying", "宿": "su", "乐": "yue", "冼": "xian",
    "钭": "tou", "郇": "xun", "宓": "mi", "郄": "qie", "逄": "pang", "逯": "lu", "蕃": "bo",
    "褚": "chu", "晁": "chao", "臧": "zang", "眭": "sui", "谌": "chen", "尹": "yin", "石": "shi",
    "纪": "ji", "令": "ling", "葛": "ge", "冯": "feng", "长": "zhang", "洪": "hong", "俞": "yu",
    "沈": "shen", "盛": "sheng", "柏": "bai", "殷": "yin", "万": "wan", "贾": "jia", "能": "nai",
    "撒": "sa", "相": "xiang", "那": "na", "过": "guo", "闵": "min", "仉": "zhang", "谷": "gu",
    "瞿": "qu", "台": "tai", "戚": "qi", "靳": "jin", "鲜": "xian", "庹": "tuo", "嬴": "ying",
}  # fmt: skip
_COMPOUND_SURNAMES = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "单于": ("chan", "yu"), "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"), "令狐": ("ling", "hu"), "宰父": ("zai", "fu"), "皇甫": ("huang", "fu"),
    "欧阳": ("ou", "yang"), "司马": ("si", "ma"), "上官": ("shang", "guan"),
    "诸葛": ("zhu", "ge"), "司徒": ("si", "tu"), "司空": ("si", "kong"), "慕容": ("mu", "rong"),
    "夏侯": ("xia", "hou"), "公孙": ("gong", "sun"), "轩辕": ("xuan", "yuan"),
    "钟离": ("zhong", "li"), "宇文": ("yu", "wen"), "鲜于": ("xian", "yu"), "闻人": ("wen", "ren"),
    "东方": ("dong", "fang"), "西门": ("xi", "men"), "南宫": ("nan", "gong"),
    "独孤": ("du", "gu"), "百里": ("bai", "li"), "呼延": ("hu", "yan"), "赫连": ("he", "lian"),
    "淳于": ("chun", "yu"), "太史": ("tai", "shi"), "申屠": ("shen", "tu"),
    "公羊": ("gong", "yang"), "濮阳": ("pu", "yang"), "拓跋": ("tuo", "ba"), "仲孙": ("zhong", "sun"),
    "东郭": ("dong", "guo"), "第五": ("di", "wu"), "端木": ("duan", "mu"), "公冶": ("gong", "ye"),
    "漆雕": ("qi", "diao"), "壤驷": ("rang", "si"), "乐正": ("yue", "zheng"), "左丘": ("zuo", "qiu"),
    "梁丘": ("liang", "qiu"), "东门": ("dong", "men"),
    "闾丘": ("lv", "qiu"), "亓官": ("qi", "guan"), "宗政": ("zong", "zheng"), "巫马": ("wu", "ma"),
    "颛孙": ("zhuan", "sun"), "段干": ("duan", "gan"), "司寇": ("si", "kou"), "太叔": ("tai", "shu"),
    "完颜": ("wan", "yan"), "纳兰": ("na", "lan"), "叶赫": ("ye", "he"), "费莫": ("fei", "mo"),
}  # fmt: skip
_GIVEN = {
    "长": "chang", "晟": "sheng", "珩": "heng", "焘": "tao", "芾": "fu", "曾": "zeng", "都": "du",
    "隽": "jun", "乐": "le", "行": "xing", "朝": "chao", "盛": "sheng", "柏": "bai", "佛": "fo",
    "石": "shi", "茜": "qian", "缪": "miao", "莘": "shen", "炅": "jiong", "蕃": "fan", "召": "zhao",
}  # fmt: skip

TABLE_SIZE = 0x32400
"""Code points below this may have a reading; those above are no Han characters yet."""
_MOST_READINGS = 4
_RARE_READING = 0.05
"""A reading in fewer of a character's words is none that a name has: 大 is da, not tai."""
_VOWEL_U = dict.fromkeys("üǖǘǚǜ", "v")


@dataclass(frozen=True)
class Readings:
    """Syllables by number, from 1 on; and by code point the numbers of its readings, 0 for none.

    `compounds` are the surnames of two characters, sorted: both code points in one number.
    """

    syllables: tuple[str, ...]
    given: Numbers
    surname: Numbers
    every: Numbers
    compounds: Numbers
    compound_sounds: Numbers

    @cached_property
    def spoken(self) -> frozenset[str]:
        """Every syllable that letters can spell."""
        return frozenset(one for one in self.syllables if set(one) & set("aeiouv"))

    def of(self, character: str) -> frozenset[str]:
        """Every reading of one character."""
        numbers = self.every[ord(character) if ord(character) < TABLE_SIZE else 0]
        return frozenset(self.syllables[number] for number in numbers if number)


@cache
def readings() -> Readings:
    """Of every character that pypinyin knows."""
    in_words = _readings_in_words()
    likely = {
        chr(point): _likely(chr(point), listed.split(","), in_words)
        for point, listed in PINYIN_DICT.items()
    }
    syllables = ("", *sorted({syllable for some in likely.values() for syllable in some}))
    number = {syllable: index for index, syllable in enumerate(syllables)}
    every = np.zeros((TABLE_SIZE, _MOST_READINGS), np.uint16)
    for character, some in likely.items():
        every[ord(character), : len(some)] = [number[one] for one in some]
    surname = every[:, 0].copy()
    for character, syllable in _SURNAMES.items():
        surname[ord(character)] = number[syllable]
    pairs = sorted((ord(name[0]) << 32 | ord(name[1]), name) for name in _COMPOUND_SURNAMES)
    sounds = [[number[one] for one in _COMPOUND_SURNAMES[name]] for _pair, name in pairs]
    return Readings(
        syllables=syllables,
        given=every[:, 0].copy(),
        surname=surname,
        every=every,
        compounds=np.array([pair for pair, _name in pairs], np.int64),
        compound_sounds=np.array(sounds, np.uint16),
    )


def _readings_in_words() -> Counter[tuple[str, str]]:
    """In how many words of the dictionary each character has each toned reading."""
    return Counter(
        (character, sound[0])
        for word, sounds in PHRASES_DICT.items()
        for character, sound in zip(word, sounds, strict=False)
    )


def _likely(character: str, toned: list[str], words: Counter[tuple[str, str]]) -> list[str]:
    """The reading in given names first, then the surname's, then those that words attest."""
    if len(toned) == 1:
        return [_toneless(toned[0])]
    counts = {one: words[character, one] for one in toned}
    least = max(sum(counts.values()) * _RARE_READING, 1)
    attested = [one for one in toned if counts[one] >= least] or toned[:2]
    first = _GIVEN.get(character) or _toneless(toned[0])
    surname = [_SURNAMES[character]] if character in _SURNAMES else []
    return list(dict.fromkeys([first, *surname, *map(_toneless, attested)]))[:_MOST_READINGS]


@cache
def _toneless(toned: str) -> str:
    """Lǜ becomes lv, as it is typed."""
    plain = (_VOWEL_U.get(one, unicodedata.normalize("NFD", one)[0]) for one in toned)
    return "".join(one for one in plain if one.isascii())
