"""What people may write beside an answer: the ledger keeps words, never anybody's number."""

from __future__ import annotations

from flows.publish.outgoing import check_outgoing

LONGEST = 500
_NUMBERS = ("含完整证件号码", "含电话号码", "含长号码")


def why_not_kept(note: str) -> list[str]:
    """Why a note cannot be kept, in words that repeat nothing of it; empty if it can."""
    found = [reason for reason in check_outgoing(note) if reason in _NUMBERS]
    return [*found, f"超过 {LONGEST} 字"] if len(note) > LONGEST else found
