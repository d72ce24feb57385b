"""What every command of the review needs first: a person with a name, a ledger that exists."""

from __future__ import annotations

import unicodedata

from flows.errors import UsageError
from flows.home import Home
from flows.ledger import Ledger


def person(name: str) -> str:
    """A name always written alike, so that nobody becomes two people by a blank."""
    written = " ".join(unicodedata.normalize("NFKC", name).split())
    if not written:
        raise UsageError("请用 --who 写明是谁。")
    return written


def ledger_of(home: Home) -> Ledger:
    """The ledger of a home that has had a night; none is made by asking."""
    if not home.ledger.exists():
        raise UsageError("还没有运行过,没有可核对的内容。请先运行 doorstep nightly --baseline。")
    return Ledger(home.ledger)
