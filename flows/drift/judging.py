"""Judge a delivery against the ones before it: what drifted is told, and held where it could harm.

The bands are compared here and not by Great Expectations: some sixty figures a delivery would cost it
longer than the rows themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import duckdb

from data_contracts.terms import Source
from flows.drift.bands import REMEMBERED
from flows.drift.change import Change
from flows.drift.column_changes import column_changes
from flows.drift.header_changes import form_changes, header_changes, timing_changes
from flows.drift.profile import Profile, profile_from, profile_of
from flows.drift.row_changes import row_changes
from flows.ledger import Outcome
from flows.receive.judgement import FailedExpectation, Judgement, Verdict


def changes(new: Profile, past: Sequence[Profile], source: Source) -> Iterator[Change]:
    """All that is not as it was; the first delivery is only learned from."""
    if not past:
        return
    yield from timing_changes(new, past[-1], source)
    yield from header_changes(new, past[-1], source)
    yield from form_changes(new, past[-1])
    yield from row_changes(new, past, source)
    yield from column_changes(new, past, source)


def with_drift(
    judgement: Judgement,
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    past: Sequence[Profile],
    *,
    on: date,
    released: bool,
    announced: bool,
    shares: Mapping[str, float],
) -> Judgement:
    """The judgement with the delivery's profile, what drifted, and the verdict that follows."""
    if judgement.verdict is Verdict.REFUSED:
        return judgement
    profile = profile_of(
        connection, source, judgement, on, shares, released=released, announced=announced
    )
    found = tuple(changes(profile, past, source))
    held = tuple(
        FailedExpectation(name=one.name, reason=one.sentence, reason_en=one.said_en)
        for one in found
        if one.holds
    )
    return replace(
        judgement,
        verdict=Verdict.HELD if held and not released else judgement.verdict,
        failed=(*judgement.failed, *held),
        profile=profile.as_json(),
        drift=tuple(one.as_json() for one in found),
    )


def remembered(accepted: Sequence[Outcome]) -> list[Profile]:
    """The profiles of the last deliveries; what a person released is the new normal from there on."""
    profiles = [
        profile_from(one.judgement["profile"]) for one in accepted if one.judgement.get("profile")
    ][-REMEMBERED:]
    released = [at for at, one in enumerate(profiles) if one.released]
    return profiles[released[-1] :] if released else profiles
