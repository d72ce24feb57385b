"""Find our columns in a returned sheet: by name, however it was spaced, wrapped or a little renamed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.publish.work_orders import ORDER_NUMBER_HEADER
from flows.receive.header import normal

TITLES: Mapping[str, tuple[str, ...]] = {
    "order_no": (ORDER_NUMBER_HEADER, "工作单编号", "工单号", "工单编号", "单号"),
    "visited_on": ("走访日期", "走访时间", "入户日期", "入户时间"),
    "visitor": ("走访人", "走访人员", "走访人姓名", "入户人员"),
    "reached": ("是否见到本人", "见到本人", "是否见本人"),
    "conclusion": ("核实结论", "核实结果", "走访结论", "走访结果", "结论"),
    "address": ("实际居住地址", "实际住址", "实际地址", "现居住地址", "现住址"),
    "phone": ("联系电话", "现联系电话", "联系方式"),
    "needs": ("需要的帮助", "需要帮助", "帮助需求", "需求"),
    "note": ("备注", "其他说明"),
    "name": ("姓名",),
    "whom": ("走访对象",),
    "village": ("村或社区", "村/社区", "村社区", "村", "社区"),
    "township_code": ("乡镇代码",),
    "registered_phone": ("登记电话",),
    "registered_address": ("登记住址", "登记地址"),
    "where": ("电话和住址",),
    "urgency": ("紧急程度和期限", "紧急程度"),
    "due": ("走访期限",),
    "first_found": ("首次发现",),
    "why": ("走访原因",),
    "id_number": ("身份证号", "身份证号码", "公民身份号码", "证件号码"),
}
"""How a column may be called, our own title first. Where ours stands the others are not looked at."""

RESULTS = ("visited_on", "visitor", "reached", "conclusion", "address", "phone", "needs", "note")
"""What the visitor fills in."""

_IN_BRACKETS = re.compile(r"\([^()]*\)$")
_FEW, _FEW_WITH_NUMBER = 3, 2


@dataclass(frozen=True)
class Header:
    """A header row: its titles as they stand, and the places of each column of ours."""

    titles: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]


def header_of(cells: Sequence[str]) -> Header | None:
    """This row read as a header, if that is what it is."""
    titles = [_title(cell) for cell in cells]
    places = {column: _places(titles, spellings) for column, spellings in _SPELLINGS.items()}
    found = {column: at for column, at in places.items() if at}
    enough = _FEW_WITH_NUMBER if "order_no" in found else _FEW
    return Header(tuple(cells), found) if len(found) >= enough else None


def _places(titles: Sequence[str], spellings: Sequence[str]) -> tuple[int, ...]:
    spelling = next((one for one in spellings if one in titles), None)
    return tuple(at for at, title in enumerate(titles) if title == spelling)


def _title(cell: str) -> str:
    return _IN_BRACKETS.sub("", normal(cell)).strip("*:。.、_-")


_SPELLINGS = {column: [_title(one) for one in titles] for column, titles in TITLES.items()}
