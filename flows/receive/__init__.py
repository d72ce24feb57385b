"""Receive one file of a department: bytes in, judged rows out, and the rows to be mailed back."""

from flows.receive.judgement import FailedExpectation, Judgement, Previous, Verdict
from flows.receive.quarantine import quarantine_csv
from flows.receive.receiving import receive

__all__ = [
    "FailedExpectation",
    "Judgement",
    "Previous",
    "Verdict",
    "quarantine_csv",
    "receive",
]
