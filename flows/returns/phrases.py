"""The words by which a conclusion is known when its code was left out.

Only words that can mean one thing: 低保 alone may be new (10) or old (62), so it is not among them.
"""

from __future__ import annotations

import re
import unicodedata

from data_contracts.visit_results import VISIT_RESULTS

_ALSO = {
    "10": "纳入低保 已纳入最低生活保障 纳入最低生活保障",
    "11": "低保单人保 已纳入低保单人保 纳入低保单人保 单人保",
    "12": "特困供养 已纳入特困供养 纳入特困供养 特困人员供养",
    "13": "低保边缘 低保边缘家庭 已纳入低保边缘 纳入低保边缘",
    "14": "刚性支出困难家庭 已纳入刚性支出困难 纳入刚性支出困难",
    "15": "急难型临时救助 支出型临时救助",
    "16": "专项救助 医疗救助 教育救助 住房救助",
    "17": "防止返贫监测 已纳入防返贫监测 纳入防返贫监测",
    "18": "慈善救助 慈善帮扶",
    "20": "已受理 办理中 正在办理",
    "30": "收入超标准 收入超标",
    "31": "财产超标准 财产超标",
    "32": "有赡养能力 有抚养能力 有赡养抚养能力",
    "33": "困难缓解",
    "40": "不愿申请 不愿意申请 本人不愿意申请",
    "51": "在本县其他乡镇",
    "52": "在县外",
    "53": "长期外出 长期住院",
    "54": "本人谢绝 谢绝入户",
    "55": "去世 已死亡 死亡",
    "60": "不是本人",
    "61": "金额或日期不对 金额不对 日期不对",
    "62": "已在保",
    "90": "一事一议 需要县里多部门一起研究",
}
BETWEEN = r"[\s,;:、。./|+&\-—~()\[\]\"'“”《》]*"
"""What may stand between any two characters without changing what they say."""


def _form(words: str) -> str:
    letters = re.sub(BETWEEN, "", unicodedata.normalize("NFKC", words))
    return BETWEEN.join(map(re.escape, letters))


def _phrases() -> list[tuple[re.Pattern[str], str]]:
    spoken = [
        (words, code)
        for code, result in VISIT_RESULTS.items()
        for words in (result.words, *_ALSO.get(code, "").split())
    ]
    longest_first = sorted(spoken, key=lambda one: (-len(one[0]), one[0]))
    return [(re.compile(_form(words)), code) for words, code in longest_first]


PHRASES = _phrases()
"""Pattern and code, the longest words first."""
