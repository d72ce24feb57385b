"""Every row of the table of trust, in its order."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.trust.injection import injection
from benchmarks.trust.prefect_kills import prefect_kills
from benchmarks.trust.receive import CASES as RECEIVE
from benchmarks.trust.row import Row
from benchmarks.trust.survive import CASES as SURVIVE
from benchmarks.trust.tested import tested

CASES: dict[str, Callable[[], Row]] = {
    **SURVIVE,
    "kill-at-steps": tested(
        "kill -9 as each step begins, and between two stores",
        "equal; 0 repairs",
        "tests/night/test_kill.py",
    ),
    "prefect-kills": prefect_kills,
    **RECEIVE,
    "injection": injection,
    "canaries": tested(
        "canaries, and all numbers and phones of a county, in any log, exception, alert, Prefect db",
        "0 hits",
        "tests/privacy",
    ),
    "bytes-at-rest": tested(
        "byte search for known names and numbers with encryption on",
        "0 hits sealed, found in the open",
        "tests/sealing",
        "tests/backup",
    ),
    "roles": tested(
        "role x command x column, role x page x route", "0 leaks", "tests/access", "tests/desk"
    ),
    "audit-trail": tested(
        "audit trail: edit, delete, insert, reorder, truncate, rewrite", "6 of 6", "tests/audit"
    ),
    "statistics": tested(
        "small counts in published statistics, differencing of two nights",
        "0 derivable",
        "tests/statistics",
    ),
    "connections": tested(
        "connections beyond loopback in any command, alerts off and on",
        "0; only the named host",
        "tests/network",
    ),
}
