"""Exact figures where the HOME is synthetic and the truth of every row is known.

A link is right when record and founder are of one person. A person of n records needs n - 1 links;
what is lacking of them is missed. By group: of a department's records about registered people, how
many came to their own person, and how many to somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis.expr.types as ir
from ibis import _

from flows.engine import Engine
from flows.linkage_report.identifiers import fetched
from flows.linkage_report.terms import GROUPINGS, Linkage, rate


def known(
    engine: Engine, records: ir.Table, night: Linkage, expected: Mapping[str, Any]
) -> dict[str, Any] | None:
    """None where nothing is known of any record.

    `as_expected`: whether the counts lie in the intervals that the probabilities gave.
    """
    if night.truth is None:
        return None
    truth = night.truth.filter(_.truth_person.notnull()).select("record_key", "truth_person")
    founders = truth.select(founder="record_key", found_person="truth_person")
    seen = records.inner_join(truth, "record_key").left_join(founders, "founder")
    registered = truth.semi_join(records.filter(_.is_register), "record_key")
    rows = engine.keep(
        "linkage_known",
        seen.mutate(
            right=_.is_link & (_.found_person == _.truth_person).fill_null(False),
            attachable=~_.is_register & _.truth_person.isin(registered.truth_person),
        ).drop("founder_right"),
    )
    whole = _counted(engine, rows)
    if not whole["records"]:
        return None
    return {
        **whole,
        "as_expected": {
            "false": _is_in(whole["false_by_evidence"], expected["false"]),
            "missed": _is_in(whole["missed"], expected["missed"]),
        },
        "without_usable_number": _attached(engine, rows.filter(_.number != "usable"))[0],
        "by_group": {name: _attached(engine, rows, name) for name in GROUPINGS},
    }


def _is_in(count: int, interval: Mapping[str, float]) -> bool:
    return interval["low"] <= count <= interval["high"]


def _counted(engine: Engine, rows: ir.Table) -> dict[str, Any]:
    (row,) = fetched(
        engine,
        rows.agg(
            records=_.count(),
            persons=_.truth_person.nunique(),
            links=_.is_link.sum(),
            right=_.right.sum(),
            false_by_evidence=(_.attached & _.is_link & ~_.right).sum(),
        ),
    )
    found = {name: int(value or 0) for name, value in row.items()}
    needed = found["records"] - found["persons"]
    return {
        **found,
        "false": found["links"] - found["right"],
        "needed": needed,
        "missed": needed - found["right"],
        "precision": rate(found["right"], found["links"]),
        "recall": rate(found["right"], needed),
    }


def _attached(engine: Engine, rows: ir.Table, name: str | None = None) -> list[dict[str, Any]]:
    groups = {"group": rows[name]} if name else {}
    seeking = rows.filter(~_.is_register)
    counted = (seeking.group_by(**groups) if name else seeking).agg(
        records=_.count(),
        attachable=_.attachable.sum(),
        right=(_.attachable & _.right).sum(),
        wrong=(_.is_link & ~_.right).sum(),
    )
    ordered = counted.order_by("group") if name else counted
    return [
        {
            **{name: value if name == "group" else int(value or 0) for name, value in row.items()},
            "right_rate": rate(int(row["right"] or 0), int(row["attachable"] or 0)),
            "wrong_rate": rate(int(row["wrong"] or 0), row["records"]),
        }
        for row in fetched(engine, ordered)
    ]
