"""审计: who did what, about whom and why; whether the trail is whole; its present anchor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from starlette.responses import Response

from flows.audit.anchors import anchor_at, read_anchor
from flows.audit.entries import Entry, read_line
from flows.audit.verifying import Verdict, verified
from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.desk.words import N_

MOST_SHOWN = 300


def audit(visit: Visit) -> Response:
    """The newest entries, of all or about one id, and on a click the verdict on the whole trail."""
    about, lines = visit.asked("on"), visit.desk.trail.lines()
    entries = list(islice(_newest(lines, about), MOST_SHOWN))
    visit.note("view audit", on=about if entries else "")  # what no entry names may be anything
    last = next(_newest(lines), None)
    return visit.show(
        "audit.html.j2",
        about=about,
        printed=visit.asked("anchor"),
        entries=entries,
        is_cut=len(entries) == MOST_SHOWN,
        verdict=_verdict(visit, lines) if "anchor" in visit.request.query_params else None,
        anchor=anchor_at(last.number, last.hash) if last else None,
    )


def _newest(lines: Sequence[bytes], about: str = "") -> Iterator[Entry]:
    """The entries from the last to the first: all that can be read, or those about one id."""
    for line in reversed(lines):
        entry = read_line(line) if about.encode() in line else None
        if entry and (not about or about in str(entry.on).split()):
            yield entry


def _verdict(visit: Visit, lines: Sequence[bytes]) -> Verdict:
    """By the chain, the seals, the anchors kept here and the one typed off a report, if any."""
    trail, printed = visit.desk.trail, visit.asked("anchor").strip()
    typed = [read_anchor(printed)] if printed else []
    return verified(lines, trail.key, [*trail.anchors(), *typed])


PAGES = (Page("/audit", audit, needs=Need.AUDIT, title=N_("审计"), menu=8),)
