"""Which kind of file a department sent, judged by its first bytes and not by its name."""

from __future__ import annotations

from data_contracts.terms import Source
from flows.receive.chunks import DeliveredTable
from flows.receive.text_table import TextTable
from flows.receive.unusable import empty, unreadable
from flows.receive.workbook import WorkbookTable

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml")
_PDF = b"%PDF"


def opened(data: bytes, source: Source) -> DeliveredTable:
    """The delivered table inside a file."""
    if not data:
        raise empty()
    if data.startswith(_ZIP):
        return WorkbookTable(data, source)
    refuse_other_forms(data)
    return TextTable(data, source)


def refuse_other_forms(data: bytes) -> None:
    """Refuse, each with its own advice, the forms that are often sent instead of a table."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise unreadable(
                "Excel 文件已加密,请去掉密码后发送",
                "the workbook is encrypted; remove the password and send it again",
            )
        raise unreadable(
            "旧版 .xls 文件不能读取,请另存为 .xlsx 或 CSV",
            "old .xls files cannot be read; save it as .xlsx or CSV",
        )
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:9].lower().startswith(_MARKUP):
        raise unreadable(
            "文件内容是网页或 XML,不是数据表,请导出为 .xlsx 或 CSV",
            "the file is a web page or XML, not a table; export it as .xlsx or CSV",
        )
    if data.startswith(_PDF):
        raise unreadable(
            "文件是 PDF,不是数据表,请导出为 .xlsx 或 CSV",
            "the file is a PDF, not a table; export it as .xlsx or CSV",
        )
