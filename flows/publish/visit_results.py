"""What a visitor writes down: at most eight things, and the conclusions to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from data_contracts.visit_results import VISIT_RESULTS
from flows.publish.cells import typeset

YES_NO = ("是", "否")

VISIT_RESULT_CHOICES = tuple(typeset(f"{one.code} {one.words}") for one in VISIT_RESULTS.values())


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
