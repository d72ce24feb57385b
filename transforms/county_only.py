"""Which rows tell of an illness that the county alone may hear of, and which findings they prove.

A stay in hospital bears its diagnoses and a disability card its kind. A bill bears neither: all that
the data say of an inpatient bill is its day, so it is put to the last stay that had begun by then.
Other bills tell of no illness, and a card of several disabilities does not say which.
"""

from __future__ import annotations

from collections.abc import Iterable

import ibis
from ibis import _
from ibis.expr.types import Table

from transforms.diagnoses import is_listed, with_listed_disease

_INTELLECTUAL = "F79"
"""ICD-10 for what a card calls an intellectual disability and says no more of."""


def county_only(
    admission: Table, settlement: Table, disability: Table, diagnoses: Iterable[str]
) -> Table:
    """The record_key of every such row; `diagnoses` are prefixes of ICD-10 codes."""
    listed = tuple(diagnoses)
    stays = with_listed_disease(admission, listed)
    kinds = ["mental", "intellectual"] if is_listed(_INTELLECTUAL, listed) else ["mental"]
    told = (
        stays,
        _bills_of(stays, admission, settlement),
        disability.filter(_.disability.isin(kinds)),
    )
    return ibis.union(*(each.select("record_key") for each in told), distinct=True)


def with_sensitivity(
    findings: Table, proofs: Table, rows: Table, sensitive_signals: Iterable[str]
) -> Table:
    """The findings with `is_sensitive`: of a sensitive kind, or proved by one of `rows`."""
    finding = ["signal", "person_id"]
    telling = proofs.semi_join(rows, "record_key").select(*finding).distinct()
    marked = findings.left_join(telling.mutate(is_telling=ibis.literal(True)), finding)
    is_sensitive = _.signal.isin(sorted(sensitive_signals)) | _.is_telling.fill_null(False)
    return marked.mutate(is_sensitive=is_sensitive).select(*findings.columns, "is_sensitive")


def _bills_of(stays: Table, admission: Table, settlement: Table) -> Table:
    """The inpatient bills since some of `stays` began, as long as nobody was admitted anew since."""
    bills = settlement.filter(_.visit_kind == "inpatient").select(
        "record_key", "person_id", "settled_on"
    )
    since = bills.join(_periods(stays), "person_id").filter(_.settled_on >= _.begun)
    last = since.group_by("record_key", "person_id", "settled_on").aggregate(left=_.ended.max())
    later = last.join(_periods(admission), "person_id").filter(
        _.begun > _.left, _.begun <= _.settled_on
    )
    return last.anti_join(later, "record_key")


def _periods(stays: Table) -> Table:
    """From when to when somebody was in hospital; of an unknown beginning the last day."""
    return stays.select(
        "person_id",
        begun=ibis.coalesce(_.admitted_on, _.discharged_on),
        ended=_.discharged_on,
    )
