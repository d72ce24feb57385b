"""What is written in a name cell beside a name, or instead of one.

A note says who the named person is or what became of them (李四(已故), 李四(妻子)) and goes; one that
names a newborn or a patient by mother or guardian (李四之子, 李四(母亲)) makes it the parent's name.
"""

from __future__ import annotations

import re

_CHILD = (
    r"(?:第?[一二三四五六]|[长次大小独孪双幼男女])*"
    r"(?:儿子|女儿|子女|孩子|婴儿?|新生儿|双胞胎|宝宝|毛毛|[大小]双|BB|[子女儿孩双])"
)
_NEWBORN = r"(?:[男女大小]?(?:婴儿?|孩)|新生儿|宝宝|毛毛|[大小]双|双胞胎|BB)"
_COUNT = r"(?:[0-9A-D一二三甲乙丙])?"
_CHILD_OF = re.compile(
    rf"(?P<parent>..+?)(?:[之的系]|\((?:之|系))(?:{_CHILD}){_COUNT}\)?"
    rf"|(?P<mother>..+?)\(?{_NEWBORN}{_COUNT}\)?"
    r"|(?P<offspring>..+?)(?:儿子|女儿|孩子)[0-9]?"
)
_PARENT_NOTE = re.compile(
    r"(?P<parent>..+?)\((?:系|之)?(?:患者|患儿)?(?:母亲?|父亲?|妈妈|爸爸|家长|监护人|法定代理人)\)"
    r"|(?:母亲?|父亲?|监护人|家长|法定代理人):(?P<named>..+)"
)
_RELATIVE_OF = re.compile(
    r"..+(?:[之的](?:妻子?|丈?夫|父亲?|母亲?|配偶|家属|[兄弟姐妹]|孙[子女]|外?孙|儿媳|女婿)"
    r"|孙子|孙女|妻子|丈夫|父亲|母亲|家属|配偶)[0-9]*"
)
_NOBODY = re.compile(
    r".*(?:某|无名|无姓名|不详|未知|新生儿|[男女弃]婴).*|之[子女婴]"
    r"|无|暂无|没有|空|佚名|匿名|路人|姓名|测试|本人|户主|死者|伤者|患者|报警人|当事人|男子|女子"
    r"|父亲|母亲|爸爸|妈妈|爷爷|奶奶|妻子|丈夫|儿子|女儿|配偶|家属|监护人|联系人"
    r"|[男女父母夫妻子儿兄弟姐妹]\??|[是否有]\??"
    r"|.{2,}(?:公司|医院|卫生院|委员会|[村居]委会|街道办|办事处|政府|[小中大]学|学校|幼儿园|银行"
    r"|合作社|派出所|福利院|[敬养]老院)"
    r"|.{2,}[省市县镇乡].{3,}"
)
_LABEL = re.compile(r"^(?:姓名|患者|户主|本人|联系人|代办人|经办人|委托人)?:")
_BRACKETED = re.compile(r"\([^()]*(?:\)|$)|\)")
_STATES = (
    "死亡 去世 过世 离世 病故 身故 注销 销户 迁出 搬走 外出 务工 失踪 失联 服刑 住院 出院 转院 残疾"
    " 在外 作废 重复 核实 停用"
)
_ROLES = "先生 女士 小姐 同志 师傅 老师 老人 大爷 大妈 大娘 阿姨 本人 户主 患者 死者 五保 低保 特困"
_ERRANDS = "代办 代领 代签 代诊 代取 补办"
_ADDITION = re.compile(
    rf"(?:[已待未在]?(?:{_STATES.replace(' ', '|')})|已[故亡]|(?:{_ERRANDS.replace(' ', '|')})人?"
    rf"|(?:{_ROLES.replace(' ', '|')})户?)$"
    r"|(?:曾用名|原名|又名|别名|小名|化名).*$"
)
_BRACKETS = str.maketrans("[{<〔【《「〈『]}>〕】》」〉』：", "(((((((((" + ")))))))))" + ":")
_SEVERAL = re.compile(r"[/、,;&+|\\]")

NOTE_CHARACTERS = "某婴之的无空囗丶系孩省市县镇乡"
NOTE_WORDS = (
    f"{_STATES} {_ROLES} {_ERRANDS} 已故 已亡 儿子 女儿 孙子 孙女 妻子 丈夫 父亲 母亲 家属 配偶"
    " 宝宝 毛毛 大双 小双 双胞 新生 不详 未知 暂无 没有 佚名 匿名 路人 姓名 测试 伤者 报警 当事 男子"
    " 女子 爸爸 妈妈 爷爷 奶奶 监护 联系 曾用 原名 又名 别名 小名 化名 公司 医院 卫生 委会 委员 街道"
    " 办事 政府 小学 中学 大学 学校 幼儿 银行 合作 派出 福利 敬老 养老"
)
"""A name of plain characters without any of these holds no note."""


def child_of(text: str) -> str | None:
    """The parent in 张三之子, 张三婴 and 张三(母亲)."""
    found = _CHILD_OF.fullmatch(text) or _PARENT_NOTE.fullmatch(text)
    return next(filter(None, found.groups()), None) if found else None


def with_one_bracket(text: str) -> str:
    """Every kind of bracket as a round one, every colon as a plain one."""
    return text.translate(_BRACKETS)


def without_notes(text: str) -> str:
    """The name alone; nothing where several people or nobody is named."""
    bare = _ADDITION.sub("", _LABEL.sub("", _BRACKETED.sub("", text)))
    pieces = [piece for piece in _SEVERAL.split(bare) if _ADDITION.sub("", piece)]
    if len(pieces) != 1 or _RELATIVE_OF.fullmatch(pieces[0]):
        return ""
    return pieces[0]


def names_nobody(name: str) -> bool:
    """A word for an unknown person, a relation, an office or a place."""
    return _NOBODY.fullmatch(name) is not None
