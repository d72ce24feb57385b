"""How findings are told: lines for a person, JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from flows.doctor.finding import Finding


def as_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """A mark, what was looked at, and how to mend it; English below Chinese."""
    for one in findings:
        yield f"✓ {one.what}" if one.well else f"✗ {one.what}:{one.mend}"
        if not one.well and one.mend_en:
            yield f"    {one.mend_en}"


def as_text(findings: Sequence[Finding]) -> str:
    """The same as JSON; what is well needs no advice."""
    told = [asdict(one) if not one.well else {"what": one.what, "well": True} for one in findings]
    well = all(one.well for one in findings)
    return json.dumps(
        {"schema_version": 1, "well": well, "findings": told}, ensure_ascii=False, indent=1
    )
