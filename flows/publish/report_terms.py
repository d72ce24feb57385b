"""What report.json holds: the one page that says what the night did. No clock time, no person.

The same inputs give the same bytes, so seconds and run ids stand in run.json.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class FailedCheck(TypedDict):
    """A rule of the contract that a whole delivery broke."""

    name: str
    reason: str


class DeliveryReport(TypedDict):
    """One file. verdict: accepted, repeated, held, refused, postponed.

    Of a delivery that was taken (accepted, repeated): rows = loaded + quarantined + duplicate.
    """

    delivery: str
    file_name: str
    verdict: str
    rows: int
    loaded: int
    quarantined: int
    duplicate: int
    reasons: dict[str, int]
    undeclared: list[str]
    warnings: list[str]
    failed: list[FailedCheck]


class SourceReport(TypedDict):
    """One extract: what came of it tonight, up to which day it is known, how late it is."""

    source: str
    title: str
    supplier: str
    deliveries: list[DeliveryReport]
    latest: str | None
    late_days: int | None


class DriftRow(TypedDict):
    """One thing that is not as it was; `last` is the night of the last delivery before it."""

    source: str
    title: str
    delivery: str
    file_name: str
    column: str
    kind: str
    said: str
    last: str
    holds: bool
    verdict: str


class LinkCounts(TypedDict):
    """How the records were attached to persons."""

    records: int
    decided: int
    doubtful: int
    new: int
    persons: int
    households: int


class FindingCounts(TypedDict):
    """How often one signal speaks; by_township counts under "" those without a township."""

    signal: str
    title: str
    total: int
    new: int
    by_township: dict[str, int]


class WorklistCounts(TypedDict):
    """Households by state."""

    issued: int
    carried: int
    open: int
    resting: int
    suppressed: int
    county: int
    sampled: int


class VisitCounts(TypedDict):
    """Orders of the last two years: answered ever and since the night before, open, overdue."""

    answered: int
    answered_since: int
    open: int
    overdue: int


class TownshipOrders(TypedDict):
    """One township's list."""

    township_code: str
    township_name: str
    count: int
    file: str


class Report(TypedDict):
    """report.json. state: done, degraded, failed, nothing_new; inputs is the list's fingerprint."""

    schema_version: int
    site: str
    night: str
    number: int
    baseline: NotRequired[bool]
    state: str
    message_zh: str
    inputs: str
    sources: list[SourceReport]
    drift: NotRequired[list[DriftRow]]
    links: LinkCounts
    findings: list[FindingCounts]
    worklist: WorklistCounts
    visits: VisitCounts
    orders: list[TownshipOrders]
    people_outside: int
    needs_a_person: list[str]
    townships: NotRequired[dict[str, str]]
    linkage: NotRequired[list[str]]
    """Ten lines on the quality of the linkage, each a title, a colon and the figures."""
    review: NotRequired[dict[str, Any]]
    """answers, waiting: as flows/review/measures.py measures them."""
