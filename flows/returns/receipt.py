"""The receipt of a returned file: how many orders came, how many count, what is to be mended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.publish.cells import chinese_day, plain
from flows.returns.taken import Problem, Taken

MOST_LINES = 30


def receipt(taken: Taken, at: datetime) -> list[str]:
    """The lines of a receipt; places and reasons only, nothing that stands in the file."""
    counts = taken.counts
    lines = [
        "走访结果回执",
        f"文件:{plain(taken.file_name)}",
        f"时间:{chinese_day(at)} {at:%H:%M}",
        f"收到 {counts.received} 单,有效 {counts.valid} 单,{counts.to_mend} 单需补",
        f"还没有走访:{counts.not_visited} 单",
        f"新线索:{counts.leads} 条",
    ]
    if counts.repeated:
        lines.append(f"重复的行:{counts.repeated} 行(内容相同,只记一次)")
    return [*lines, *_left_out(taken.left_out), *_to_mend(taken.problems)]


def _left_out(problems: Sequence[Problem]) -> list[str]:
    """Told here and not in the error book: a lead that is sent again would be a second lead."""
    return ["线索已登记,但有没采用的:", *map(_told, problems[:MOST_LINES])] if problems else []


def _to_mend(problems: Sequence[Problem]) -> list[str]:
    if not problems:
        return ["没有需要补的。"]
    told = [_told(problem) for problem in problems[:MOST_LINES]]
    more = len(problems) - len(told)
    return ["需要补的:", *told, *([f"另有 {more} 处,见错误清单"] if more else [])]


def _told(problem: Problem) -> str:
    fault = problem.fault
    sheet = f"“{plain(problem.sheet)}”" if problem.sheet else ""
    place = f"{sheet}第 {problem.line} 行“{fault.column}”:" if problem.line else ""
    return f"  {place}{fault.reason}。{fault.remedy}。"
