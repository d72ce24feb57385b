"""Code lists that several sources share because a national standard fixes them.

Both the code and the Chinese label are listed. A source whose system numbers differently writes
its own list: the meaning of a code is set per source and never guessed.
"""

from data_contracts.terms import AMBIGUOUS, NOT_STATED


def spelled(**spellings_of: str) -> dict[str, str]:
    """Every spelling (codes and labels, parted by spaces) with the meaning it is listed under."""
    return {
        spelling: meaning
        for meaning, spellings in spellings_of.items()
        for spelling in spellings.split()
    }


SEX = spelled(male="1 男 男性", female="2 女 女性") | dict.fromkeys(
    ("0", "9", "未知的性别", "未说明的性别"), NOT_STATED
)
"""GB/T 2261.1-2003. Some systems write 0 for 女; such a source needs a list of its own."""

YES_NO = spelled(yes="1 是 Y", no="0 否 N")

HOUSE_GRADES = spelled(
    A="A A级 A级房屋",
    B="B B级 B级房屋",
    C="C C级 C级危房 C级(局部危房) 局部危房",
    D="D D级 D级危房 D级(整幢危房) 整幢危房",
)
"""JGJ 125-2016: only C (局部) and D (整幢) are 危房."""

MARITAL = spelled(
    single="10 1 未婚",
    married="20 2 已婚 21 初婚 22 再婚 23 复婚 有配偶",
    widowed="30 3 丧偶",
    divorced="40 4 离婚 离异",
    unknown="90 9 未说明 未说明的婚姻状况 其他",
)
"""GB/T 2261.2-2003, in two digits and in the one-digit form of older systems."""

_KINSHIP_WORDS = spelled(
    head="户主 本人 本人或户主 本人/户主",
    spouse="配偶 夫 妻 丈夫 妻子",
    son="子 儿子 独生子 长子 次子 二子 三子 四子 五子 养子 继子 养子或继子 其他儿子",
    daughter="女 女儿 独生女 长女 次女 二女 三女 四女 五女 养女 继女 养女或继女 其他女儿",
    grandchild="孙子 孙女 外孙子 外孙 外孙女 孙子女 外孙子女 孙子、孙女或外孙子、外孙女",
    parent="父母 父亲 母亲 父 母 继父或养父 继母或养母 养父 养母 继父 继母",
    grandparent="祖父母或外祖父母 祖父母 祖父 祖母 外祖父母 外祖父 外祖母",
    sibling="兄弟姐妹 兄弟姊妹 兄 弟 哥哥 弟弟 姐 妹 姐姐 妹妹 其他兄弟姐妹",
    none="非亲属 无亲属关系",
    other="""
    女婿 儿媳 公公 婆婆 岳父 岳母 孙媳妇 孙女婿 孙媳妇或外孙媳妇 孙女婿或外孙女婿
    嫂 弟媳 姐夫 妹夫 曾孙子 曾孙女 曾孙子或外曾孙子 曾孙女或外曾孙女 曾祖父 曾祖母
    其他孙子、孙女或外孙子、外孙女 其他父母关系 其他祖父母或外祖父母关系
    配偶的祖父母或外祖父母 配偶的曾祖父母或外曾祖父母
    伯父 伯母 叔父 婶母 舅父 舅母 姨父 姨母 姑父 姑母 堂兄弟、堂姐妹 表兄弟、表姐妹
    侄子 侄女 侄儿 外甥 外甥女 其他亲属 其他
    """,
)

_KINSHIP_CODES = spelled(
    head="0 01 02",
    spouse="10 11 12",
    son="20 21 22 23 24 25 26 27 29",
    daughter="3 30 31 32 33 34 35 36 37 39",
    grandchild="4 40 41 42 43 44",
    parent="5 50 51 52 57 58",
    grandparent="6 60 61 62 63 64",
    sibling="7 70 71 73 75 77 79",
    none="99",
    other="""
    8 28 38 45 46 47 48 49 53 54 55 56 59 65 66 67 68 69 72 74 76 78
    80 81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 96 97
    """,
)

_KINSHIP_UNCLEAR = dict.fromkeys(("1", "2"), AMBIGUOUS)

KINSHIP = _KINSHIP_WORDS | _KINSHIP_CODES | _KINSHIP_UNCLEAR
"""GB/T 4761-2008 in words, in two digits and in one digit; in-laws and the remote are 'other'.

A spreadsheet turns 01 (本人) and 02 (户主) into 1 and 2, which mean 配偶 and 子 in the one-digit
list. A bare 1 or 2 is therefore refused until the site's overlay says which list it is.
"""
