"""Errors a user meets: one clear line in Chinese that says what is wrong and what to do."""

from __future__ import annotations

import traceback
from enum import IntEnum
from pathlib import Path


class Exit(IntEnum):
    """How a command ended; `flows.exit_codes` says what each means and what to do."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    WARNINGS = 3
    NOTHING_NEW = 4
    ALREADY_RUNNING = 5
    NOT_PERMITTED = 6


class DoorstepError(Exception):
    """Something a person can put right. Its text never holds a value of a row."""

    exit = Exit.FAILED


class UsageError(DoorstepError):
    """The command was called with something that does not exist or does not fit."""

    exit = Exit.USAGE


class AlreadyRunningError(DoorstepError):
    """Another night holds the lock."""

    exit = Exit.ALREADY_RUNNING


class NotPermittedError(DoorstepError):
    """The acting person's role does not include what was asked."""

    exit = Exit.NOT_PERMITTED


def one_line(error: Exception) -> str:
    """What a person is told of an error; of one that nobody foresaw only its kind and place.

    The text of a foreign error is left out: an engine's error quotes the value it stumbled over.
    """
    if isinstance(error, DoorstepError):
        return str(error)
    if kind_of(error) in _NO_MEMORY:
        return (
            "内存或临时空间不足。请在 doorstep.toml 的 [night] 调大 memory_gb 或 temp_gb,"
            "或换用更大的机器后重试;已发布的内容未被改动。"
        )
    if any(sign in str(error) for sign in _NO_ROOM):
        place = f"({error.filename})" if isinstance(error, OSError) and error.filename else ""
        return f"磁盘已满或无法写入{place}。请清理磁盘、检查权限后重试;已发布的内容未被改动。"
    if isinstance(error, OSError) and error.strerror:
        return f"系统错误:{error.strerror}({error.filename or '?'})。请检查磁盘空间和权限后重试。"
    return (
        f"程序内部错误 {kind_of(error)}({place_of(error)})。"
        "已发布的内容未被改动,请把这一行告知维护人员。"
    )


_NO_MEMORY = {"MemoryError", "OutOfMemoryException"}
_NO_ROOM = ("No space left", "disk is full", "disk I/O error")
"""How the system, DuckDB and SQLite say it; their own texts may quote more than that."""


def kind_of(error: BaseException) -> str:
    """The name of an error's class: no library puts a value there."""
    return type(error).__name__


def place_of(error: BaseException) -> str:
    """Where in our own rooms it happened, outermost first."""
    lines = []
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(_HOUSE) and path.relative_to(_HOUSE).parts[0] in _ROOMS:
            lines.append(f"{path.relative_to(_HOUSE)}:{frame.lineno}")
    return " > ".join(lines) or "?"


_HOUSE = Path(__file__).resolve().parent.parent
_ROOMS = ("data_contracts", "transforms", "matchers", "flows")
