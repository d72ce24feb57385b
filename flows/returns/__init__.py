"""Take what townships send back: an edited copy of their list in, visits, leads and problems out."""

from flows.returns.error_book import error_book
from flows.returns.receipt import receipt
from flows.returns.taken import Counts, Fault, IssuedOrder, Lead, Problem, Taken, Visit
from flows.returns.taking import take_return

__all__ = [
    "Counts",
    "Fault",
    "IssuedOrder",
    "Lead",
    "Problem",
    "Taken",
    "Visit",
    "error_book",
    "receipt",
    "take_return",
]
