"""Cells as departments really write them: every one of them must be read alike on both engines."""

from itertools import chain

import pyarrow as pa

from data_contracts.terms import Column, Kind, Source

_DAYS = [
    *(
        "2024-03-05",
        "20240305",
        "2024年3月5日",
        "２０２４－０３－０５",
        "2024/3/5 8:05",
        "20240305080509",
    ),
    *(
        "2024-02-29",
        "2023-02-29",
        "2024-02-30",
        "0000-00-00",
        "0000-01-01",
        "9999-12-31",
        "99999999",
    ),
    *("202403", "2024.10", "2024.1", "2024年3月", "20241301", "24-3-5", "今天"),
]
_FIGURES = [
    *(
        "1234.5",
        "1,234.50",
        "¥1,234.5",
        "１，２３４．５",
        "-5",
        "+5",
        ".5",
        "5.",
        "0",
        "-0.001",
        "3.0",
    ),
    *("1.005", "-1.005", "2.675", "1.0049", "0.00005", "99999999999999.99", "999999999999999"),
    *("9223372036854775807", "9223372036854775808", "9" * 40, "1e5", "1.2E+5", "12万元", "12元"),
    *("89.5㎡", "89.52平方米", "89.123456", "12,34", "--5", "约12", "(5)"),
]
_NUMBERS = [
    *(
        "37088119800101001x",
        "'370881198001010011",
        "370881 19800101 0011",
        "３７０８８１198001010011",
    ),
    *("3.70881E+17", "370881********0011", "Ｅ1234567", "13800138000", "138-0013-8000"),
    *("+8613800138000", "13800138000.0", "0537-4411234", "370881102227", "370881", "37088110"),
]
_WORDS = [
    *(
        "张三",
        "䶮",
        "𠮷野",
        "买买提·吐尔逊",
        "张 三",
        "１号楼",
        "\ue863",
        "ß",
        "ı",
        "O'Neil",
        "a\\b",
        "50%_",
    ),
    *("N18.501 慢性肾脏病", "n18.5", "Ｎ１８.5", "C34.900x001", "M8140/3", "fvFV", "｜＼＂＇％"),
    *(
        "不详",
        "未知",
        "无",
        "-",
        "——",
        "/",
        "\\",
        "\\N",
        "NULL",
        "NaN",
        "#N/A",
        "",
        "1.0",
        "01",
        "男",
        "女性",
    ),
]
_BLANKS = ("\n", "\r\n", "\v", "\f", "\t", "\x85", "\u2028", "\u2029", "\u3000", "\ufeff", "\u200b")

_USUAL = [*_DAYS, *_FIGURES, *_NUMBERS, *_WORDS]
_WRAPPED = [
    wrapped
    for at, cell in enumerate(_USUAL)
    for blank in (_BLANKS[at % len(_BLANKS)],)
    for wrapped in (f"{cell}{blank}", f"'{blank}{cell}", f"{cell}{blank}{cell}")
]

CELLS: list[str | None] = [*_USUAL, *_WRAPPED, None]


def rows_of(source: Source) -> pa.Table:
    """Raw rows of a source: every awkward cell and every code stands in every column once."""
    codes = sorted(set(chain.from_iterable(one.codes for one in source.columns.values())))
    cells = [*CELLS, *codes]
    columns = {
        name: pa.array(_turned(cells, at, one), pa.string())
        for at, (name, one) in enumerate(source.columns.items())
    }
    return pa.table({"row": pa.array(range(len(cells)), pa.int64()), **columns})


def _turned(cells: list[str | None], at: int, column: Column) -> list[str | None]:
    """The cells from another start on, so that a row has different ones; days stay together."""
    start = 0 if column.kind in {Kind.DATE, Kind.MONTH, Kind.DAY_OR_MONTH} else at * 7
    start %= len(cells)
    return cells[start:] + cells[:start]
