"""Look for leaks in the work orders as they were written: python -m benchmarks.leaks HOME.

The night judges each line before it is written; this opens the finished CSV and XLSX with other
programs' eyes and judges every cell again. It prints where and why, never what.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import openpyxl

from flows.publish.cells import unguarded
from flows.publish.order_numbers import is_order_number
from flows.publish.outgoing import (
    FORMULA,
    in_code,
    in_mask,
    in_name,
    in_phone,
    in_place,
    in_sentence,
)
from flows.publish.visit_results import RESULT_COLUMNS
from flows.publish.work_orders import ORDER_NUMBER_HEADER

NO_ORDER_NUMBER, ALREADY_FILLED, HIDDEN = "不是工作单号", "结果栏已有内容", "有隐藏的表"
_STARTS_A_FORMULA = tuple("=+-@\t\r")
_Judge = Callable[[str], set[str]]
_Leak = tuple[str, str, str]
"""The order number or the sheet, the column, and why its cell should not have gone out."""


def leaks_in(content: bytes, name: str) -> list[_Leak]:
    """Every cell of a list, .csv or .xlsx by its name, that should not have gone out."""
    return list(_in_csv(content) if name.endswith(".csv") else _in_workbook(content))


def _in_csv(content: bytes) -> Iterator[_Leak]:
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    for row in rows:
        for title, cell in zip(header, row, strict=True):
            if cell.startswith(_STARTS_A_FORMULA):
                yield row[0], title, FORMULA
            yield from ((row[0], title, why) for why in _judged(title, unguarded(cell)))


def _in_workbook(content: bytes) -> Iterator[_Leak]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        if sheet.sheet_state != "visible":
            yield sheet.title, "", HIDDEN
        titles: Sequence[str] = ()
        for row in sheet.iter_rows():
            texts = ["" if cell.value is None else str(cell.value) for cell in row]
            if any(cell.data_type == "f" or cell.hyperlink for cell in row):
                yield sheet.title, "", FORMULA
            if texts[0] == ORDER_NUMBER_HEADER:
                titles = texts
            elif titles and is_order_number(texts[0]):
                for title, text in zip(titles, texts, strict=True):
                    yield from ((texts[0], title, why) for why in _judged(title, text))
            else:
                yield from ((sheet.title, "", why) for text in texts for why in in_place(text))


def _judged(title: str, text: str) -> set[str]:
    if not text:
        return set()
    return {why for line, judge in _parts(title, text) for why in judge(line)}


def _parts(title: str, text: str) -> Iterator[tuple[str, _Judge]]:
    """The facts of a cell with how each is judged; the workbook puts several in one."""
    lines = text.split("\n")
    if title == "走访对象":
        yield lines[0], in_name
        for line in lines[1:]:
            is_number = line.startswith("证件尾号")
            yield line.removeprefix("证件尾号"), in_mask if is_number else in_sentence
    elif title == "紧急程度和期限":
        for line in lines:
            is_visitor = line.startswith("指派")
            yield line.removeprefix("指派")[is_visitor:], in_name if is_visitor else in_sentence
    elif title == "电话和住址":
        yield lines[0], in_phone
        for line in lines[1:]:
            yield line, in_sentence if "住址来自" in line else in_place
    else:
        yield from ((line, _JUDGES.get(title, in_sentence)) for line in lines)


def _in_order_number(text: str) -> set[str]:
    return set() if is_order_number(text) else {NO_ORDER_NUMBER}


def _in_result(_text: str) -> set[str]:
    return {ALREADY_FILLED}


_JUDGES: dict[str, _Judge] = {
    ORDER_NUMBER_HEADER: _in_order_number,
    **dict.fromkeys(("姓名", "指派走访人"), in_name),
    **dict.fromkeys(("乡镇", "村或社区", "登记住址"), in_place),
    **dict.fromkeys(("乡镇代码", "村代码"), in_code),
    "证件后四位": in_mask,
    "登记电话": in_phone,
    **{column.title: _in_result for column in RESULT_COLUMNS},
}
"""How a column is judged; what is not named here is a sentence of ours."""


def main(home: Path) -> int:
    """Print what was found in a HOME's outbox; 1 if anything was."""
    lists = sorted(
        path for path in home.glob("outbox/*/工作单/*") if path.suffix in {".csv", ".xlsx"}
    )
    found = Counter(leak[1:] for path in lists for leak in leaks_in(path.read_bytes(), path.name))
    print(f"{len(lists)} files, {found.total()} leaks")
    for (column, why), times in sorted(found.items()):
        print(f"  {column}: {why} x {times}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
