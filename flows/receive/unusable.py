"""A file that cannot be read to its end, with the delivery rule that it breaks."""

from __future__ import annotations

READABLE = "file_is_readable"
NOT_EMPTY = "file_is_not_empty"
COMPLETE = "file_is_complete"
ONE_SHEET = "file_has_one_data_sheet"


class UnusableFileError(Exception):
    """Reading stopped; the text says where and what to do, and never repeats a value."""

    def __init__(self, rule: str, reason: str, reason_en: str) -> None:
        super().__init__(reason)
        self.rule = rule
        self.reason = reason
        self.reason_en = reason_en


def cut_at(line: int) -> UnusableFileError:
    """A file that ends in the middle of a line."""
    return UnusableFileError(
        COMPLETE,
        f"文件在第 {line} 行中途结束,可能传输不完整,请重新导出并发送",
        f"the file ends in the middle of line {line}; export and send it again",
    )


def empty() -> UnusableFileError:
    """A file without a single filled line."""
    return UnusableFileError(
        NOT_EMPTY, "文件是空的,请重新导出并发送", "the file is empty; export and send it again"
    )


def unreadable(reason: str, reason_en: str) -> UnusableFileError:
    """A file whose form is none of those that are read."""
    return UnusableFileError(READABLE, reason, reason_en)
