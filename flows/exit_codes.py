"""What every exit code means and what to do then; the guides' table is made from this one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flows.errors import Exit


class Meaning(NamedTuple):
    """One exit code in both languages."""

    english: str
    do: str
    chinese: str
    do_chinese: str


MEANINGS: dict[Exit, Meaning] = {
    Exit.DONE: Meaning("done", "nothing", "完成", "无需处理"),
    Exit.FAILED: Meaning(
        "failed; what was published is untouched",
        "read the one line on stderr, it says what to do; then run again",
        "失败;已发布的内容未被改动",
        "看错误输出的那一行,按它说的处理后重新运行",
    ),
    Exit.USAGE: Meaning(
        "called wrongly",
        "correct the command; `--help` explains it",
        "用法不对",
        "按 --help 改正命令",
    ),
    Exit.WARNINGS: Meaning(
        "done, and something needs a person (a source refused, held or late; a check that failed)",
        "open the morning report, or read what was printed",
        "完成,但有事要人处理(来源未接收、暂缓、迟到,或自检不通过)",
        "看晨报或屏幕上的提示",
    ),
    Exit.NOTHING_NEW: Meaning(
        "nothing new; nothing was changed",
        "nothing",
        "没有新内容,什么都没有改动",
        "无需处理",
    ),
    Exit.ALREADY_RUNNING: Meaning(
        "another run holds the lock; this one did not start",
        "wait; `doorstep status` says which process it is",
        "另一次运行正占用,本次未启动",
        "等待;doorstep status 会显示是哪个进程",
    ),
    Exit.NOT_PERMITTED: Meaning(
        "this person's role may not do that; the attempt is on record",
        "ask somebody whose role may; `docs/generated/roles.md` says who",
        "此人的角色不能这样做,已记录",
        "请有权限的人办理,见 docs/generated/roles.md",
    ),
}


def render_exit_codes() -> str:
    """docs/generated/exit_codes.md."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "<!-- Made by `make docs` from flows/exit_codes.py. Do not edit. -->"
    yield "# Exit codes / 退出码"
    yield ""
    yield "| code | meaning | do | 含义 | 怎么办 |"
    yield "| --- | --- | --- | --- | --- |"
    for code in Exit:
        yield f"| {int(code)} | {' | '.join(MEANINGS[code])} |"
