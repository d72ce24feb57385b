"""The house's own log: HOME/state/logs/doorstep-YYYY-MM-DD.jsonl, one event a line, a new file a day.

Every line has `at` (Shanghai), `level`, `event` (a stable English key), `message` (Chinese), and
counts. No value of a row: see `flows.redaction`. Of libraries only the logger's name, level and place
are noted, never their text. A log that cannot be written never stops what it tells of.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import secrets
import sys
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flows import files
from flows.errors import DoorstepError, kind_of, place_of
from flows.redaction import declared

MOST_BYTES_A_DAY = 50_000_000
_NAME = re.compile(r"doorstep-(\d{4}-\d\d-\d\d)\.jsonl")
_SHANGHAI = ZoneInfo("Asia/Shanghai")


class _Lines:
    """Where lines go; nowhere until a command has named its home."""

    def __init__(self) -> None:
        self.folder: Path | None = None

    def msg(self, line: str) -> None:
        """Append one line in one write, so that processes do not tear each other's."""
        if self.folder is None:
            return
        with contextlib.suppress(OSError):
            files.folder(self.folder)
            today = datetime.now(_SHANGHAI).date()
            path = self.folder / f"doorstep-{today}.jsonl"
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
            descriptor = os.open(path, flags, files.FILE_MODE)
            try:
                if os.fstat(descriptor).st_size < MOST_BYTES_A_DAY:
                    os.write(descriptor, (line + "\n").encode("utf-8"))
            finally:
                os.close(descriptor)

    debug = info = warning = error = critical = msg


_LINES = _Lines()
_CONTEXT: dict[str, Any] = {}
_LOGGERS: list[Any] = []


def note(event: str, message: str, *, level: str = "info", **fields: Any) -> None:
    """Write one event: a key, a Chinese sentence, and declared fields."""
    if _LINES.folder is not None:
        getattr(_logger(), level)(event, message=message, **fields)


def note_error(event: str, error: BaseException, **fields: Any) -> None:
    """An error by its kind and our own place; only our own errors keep their (masked) text."""
    told = str(error) if isinstance(error, DoorstepError) else "程序内部错误"
    note(event, told, level="error", kind=kind_of(error), place=place_of(error), **fields)


def into(home: Path, command: str) -> None:
    """Write what this command does to this home's log, if it is a home; old days are removed."""
    from flows.home import Home

    site = Home(home.resolve())
    if not site.config_file.is_file():
        return
    _LINES.folder = site.logs
    _CONTEXT["command"] = command
    note("command.started", "命令开始")
    with contextlib.suppress(OSError, DoorstepError):
        _remove_old(site.logs, datetime.now(_SHANGHAI).date(), site.config.logs.keep_days)


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """For one command: errors of threads and warnings of libraries go to the log, not to the screen."""
    outer, context = _LINES.folder, dict(_CONTEXT)
    _CONTEXT.update(run=secrets.token_hex(4), process=os.getpid())
    hooks = sys.unraisablehook, threading.excepthook
    root = logging.getLogger()
    sys.unraisablehook = lambda raised: _note_stray(raised.exc_value)
    threading.excepthook = lambda raised: _note_stray(raised.exc_value)
    handlers, root.handlers = root.handlers, [LibraryWatch()]
    logging.captureWarnings(True)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        root.handlers = handlers
        sys.unraisablehook, threading.excepthook = hooks
        _LINES.folder = outer
        _CONTEXT.clear()
        _CONTEXT.update(context)


class LibraryWatch(logging.Handler):
    """What libraries say, without what they say it about.

    Prefect leaves the root's handlers alone when one has a formatter, and else prints every
    library's text on the screen; hence the formatter that nobody uses.
    """

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.setFormatter(logging.Formatter())

    def emit(self, record: logging.LogRecord) -> None:
        """Note who spoke and where; the text may quote a value and is left out."""
        error = record.exc_info[1] if record.exc_info else None
        note(
            "library.spoke",
            "程序库提示(内容不记录)",
            level="warning",
            logger=record.name,
            kind=kind_of(error) if error else record.levelname,
            place=place_of(error) if error else f"{record.module}:{record.lineno}",
        )


def _note_stray(error: BaseException | None) -> None:
    if isinstance(error, Exception):
        note_error("thread.failed", error)


def _logger() -> Any:
    """Made when first needed: help must not wait for it."""
    if not _LOGGERS:
        import structlog

        _LOGGERS.append(
            structlog.wrap_logger(
                _LINES,
                processors=[_in_order, _redacted, _as_line],
                wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
            )
        )
    return _LOGGERS[0]


def _in_order(_logger: Any, level: str, event: Any) -> Any:
    """When and how grave come first, then what, then the command it happened in."""
    now = datetime.now(_SHANGHAI).isoformat(timespec="milliseconds")
    return {"at": now, "level": level, "event": event.pop("event"), **_CONTEXT, **event}


def _redacted(_logger: Any, _level: str, event: Any) -> Any:
    return {"at": event.pop("at"), **declared(event)}


def _as_line(_logger: Any, _level: str, event: Any) -> str:
    return json.dumps(event, ensure_ascii=False)


def _remove_old(folder: Path, today: date, keep_days: int) -> None:
    for path in files.listing(folder):
        found = _NAME.fullmatch(path.name)
        if found and date.fromisoformat(found.group(1)) < today - timedelta(days=keep_days):
            files.remove(path)
