"""Returned sheets handed in at the desk: bounded, named safely, taken by the road of returns/."""

from __future__ import annotations

import re
from threading import Lock

from starlette.datastructures import UploadFile

from flows.desk.page import Visit
from flows.errors import UsageError
from flows.publish.cells import plain
from flows.returned_files import HandedIn, Receipt, take_handed_in

MOST_BYTES, MOST_FILES = 10 << 20, 20
_ODD = re.compile(r"[^\w.()()\- ]")
_NUMBER = re.compile(r"[0-9]{11,}[0-9Xx]?")
_ONE_TAKER = Lock()
"""Two people who hand in at once wait for each other, instead of one being sent away."""


def take_uploads(visit: Visit) -> list[Receipt]:
    """Every file of the form, in its order; a clerk of a township is held to its own orders."""
    handed = [_read(file) for file in _uploads(visit)]
    taken = []
    for one in handed:
        visit.note("returns", count=1)
        with _ONE_TAKER:
            taken.append(hand_in(visit, one))
    return taken


def hand_in(visit: Visit, handed: HandedIn) -> Receipt:
    """One file into the ledger, in the name of who hands it in."""
    return take_handed_in(
        visit.home,
        visit.ledger,
        handed,
        visit.now.date(),
        who=visit.who,
        township=visit.area,
    )


def safe_name(name: str) -> str:
    """What a file is called here: no folder, nothing odd, no long number (it may be a person's)."""
    last = plain(name).replace("\\", "/").rsplit("/", 1)[-1]
    return _NUMBER.sub("号码", _ODD.sub("_", last)).lstrip(". ")[-80:] or "走访反馈"


def _uploads(visit: Visit) -> list[UploadFile]:
    files = [one for one in visit.form.getlist("file") if isinstance(one, UploadFile)]
    named = [one for one in files if one.filename]
    if not named:
        raise UsageError("没有收到文件。请选择文件后再提交。")
    if len(named) > MOST_FILES:
        raise UsageError(f"一次最多上传 {MOST_FILES} 个文件。全部没有登记。")
    return named


def _read(file: UploadFile) -> HandedIn:
    content = file.file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UsageError(
            f"有文件超过 {MOST_BYTES >> 20} MB,不像是走访工作单。全部没有登记,请核对后重试。"
        )
    return HandedIn(file_name=safe_name(file.filename or ""), content=content)
