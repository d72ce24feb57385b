"""Rows below the data that are no data: totals, counts, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

FOOT_ROWS = 20
"""How far above the end of a file a foot is looked for."""

_FOOT = re.compile(
    r"(合计|总计|小计|共计|总记录数|记录总数|记录数|总条数|总行数|共\d+[条行笔]"
    r"|制表|填报人|填报单位|审核人|打印时间|导出时间)"
)
_COUNT = re.compile(r"(?:总记录数|记录总数|记录数|总条数|总行数)[::]?(\d+)|(\d+)(?:条|行|笔)")


def is_foot(cells: Sequence[str | None]) -> bool:
    """Whether a row at the end of a file is a total, a count or a signature."""
    return bool(_FOOT.match(next((text for text in map(_bare, cells) if text), "")))


def is_blank(cells: Sequence[str | None]) -> bool:
    """Whether nothing at all stands in a row."""
    return not any(_bare(cell) for cell in cells)


def stated_rows(foot: Sequence[Sequence[str | None]]) -> int | None:
    """The number of rows that the foot of a file says it has."""
    for cells in foot:
        found = _COUNT.search("".join(map(_bare, cells)))
        if found:
            return int(found[1] or found[2])
    return None


def _bare(cell: str | None) -> str:
    return re.sub(r"[\s,,\ufeff]", "", cell or "")
