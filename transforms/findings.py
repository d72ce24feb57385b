"""From the rows that prove something to one finding per signal and person."""

from __future__ import annotations

from ibis import _
from ibis.expr.types import Table

from transforms.known import FINDINGS


def findings(proofs: Table, people: Table) -> Table:
    """One row per signal and known person: the worst severity, newest date and most measured."""
    found = proofs.group_by("signal", "person_id").aggregate(
        severity=_.severity.max(),
        occurred_on=_.occurred_on.max(),
        measure=_.measure.max(),
        proof_count=_.record_key.nunique(),
    )
    known = found.join(people.select("person_id", "household_id"), "person_id")
    return known.select(*FINDINGS).cast(FINDINGS)
