"""What a visitor writes down: at most eight things, and the conclusions to choose from.

The codes are what a returned sheet is read by; the words may be polished, the codes may not change.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.publish.cells import typeset

YES_NO = ("是", "否")

VISIT_RESULTS = {
    "10": "已纳入低保",
    "11": "低保(单人保)",
    "12": "特困供养",
    "13": "低保边缘",
    "14": "刚性支出困难",
    "15": "临时救助",
    "16": "医疗、教育、住房等专项救助",
    "17": "防返贫监测",
    "18": "慈善或其他服务",
    "20": "已受理,办理中",
    "30": "暂不符合:收入超标准",
    "31": "暂不符合:财产超标准",
    "32": "暂不符合:有赡养(抚养)能力",
    "33": "困难已缓解",
    "40": "本人不愿申请",
    "50": "查无此人",
    "51": "不住这里:在本县其他乡镇",
    "52": "不住这里:在县外",
    "53": "长期外出或住院",
    "54": "未能入户,本人谢绝",
    "55": "已去世",
    "60": "信息有误:不是本人",
    "61": "信息有误:金额或日期不对",
    "62": "早已在保",
    "90": "需要县里多部门一起研究(一事一议)",
}
"""What a visitor may conclude, by code. Doorstep stores the answer and decides nothing from it."""

VISIT_RESULT_CHOICES = tuple(typeset(f"{code} {words}") for code, words in VISIT_RESULTS.items())


@dataclass(frozen=True, kw_only=True)
class ResultColumn:
    """One thing to write down; `hint` is shown while the cell is being filled."""

    title: str
    width: float
    hint: str
    choices: tuple[str, ...] = ()


RESULT_COLUMNS = (
    ResultColumn(title="走访日期", width=11, hint="例如 2026-11-25"),
    ResultColumn(title="走访人", width=8, hint="填姓名"),
    ResultColumn(title="是否见到本人", width=7, hint="见到本人选“是”", choices=YES_NO),
    ResultColumn(title="核实结论", width=14, hint="从下拉表中选一项", choices=VISIT_RESULT_CHOICES),
    ResultColumn(title="实际居住地址", width=13, hint="与左边相同可不填"),
    ResultColumn(title="联系电话", width=12, hint="与左边相同可不填"),
    ResultColumn(title="需要的帮助", width=12, hint="家里最需要什么,一句话"),
    ResultColumn(title="备注", width=10, hint="其他要说明的"),
)
