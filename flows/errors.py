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
    if isinstance(error, OSError) and error.strerror:
        return f"系统错误:{error.strerror}({error.filename or '?'})。请检查磁盘空间和权限后重试。"
    return (
        f"程序内部错误 {kind_of(error)}({place_of(error)})。"
        "已发布的内容未被改动,请把这一行告知维护人员。"
    )


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
