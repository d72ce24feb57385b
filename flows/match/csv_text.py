"""Text files as UTF-8: most are already and are read where they lie, others are copied once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from flows import files
from flows.errors import DoorstepError
from flows.match.spec import TableSpec
from flows.receive.decode import encoding_of, lines
from flows.receive.unusable import UnusableFileError

_HEAD = 1 << 20
_UTF8 = ("utf-8", "utf-8-sig")
_OTHER_FORMS = {
    b"PK\x03\x04": "Excel 工作簿或压缩文件",
    b"\xd0\xcf\x11\xe0": "旧版 Excel 工作簿",
    b"%PDF": "PDF",
    b"<": "网页或 XML",
    b"\x1f\x8b": "压缩文件",
}


@dataclass(frozen=True)
class Text:
    """A text file, its encoding, and its beginning."""

    path: Path
    encoding: str
    head: str


def text_of(table: TableSpec, *, whole: bool = False) -> Text:
    """What a file is written in, judged by its beginning or by the whole of it."""
    data = files.read(table.path) if whole else files.head(table.path, _HEAD)
    for mark, form in _OTHER_FORMS.items():
        if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(mark):
            raise DoorstepError(f"{table.place}:文件是{form},请另存为 CSV(UTF-8)或 Parquet。")
    if not data.strip():
        raise DoorstepError(f"{table.place}:文件是空的。请重新导出。")
    # A beginning may end inside a character; whole lines do not.
    end = data.rfind(b"\n") + 1
    encoding = encoding_of(data if whole or not end else data[:end])
    return Text(table.path, encoding, data[:_HEAD].decode(encoding, errors="ignore"))


def as_utf8(text: Text, table: TableSpec, scratch: Path) -> Text:
    """The text where it lies, or a copy in UTF-8."""
    if text.encoding in _UTF8:
        return text
    copy = scratch / "utf8.csv"
    try:
        files.recode(text.path, text.encoding, copy)
    except UnicodeError:
        raise _undecodable(text, table) from None
    return replace(text, path=copy)


def _undecodable(text: Text, table: TableSpec) -> DoorstepError:
    try:
        for _ in lines(files.read(text.path), text.encoding):
            pass
    except UnusableFileError as error:
        return DoorstepError(f"{table.place}:{error.reason}。")
    return DoorstepError(f"{table.place}:文字编码无法识别,请另存为 UTF-8。")
