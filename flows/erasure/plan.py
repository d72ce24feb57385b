"""What an erasure is going to do, written down whole before anything is touched.

Old and new hash of every file stand in it, so that whoever goes on after a kill sees by a file's hash
whether its turn is over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flows import files
from flows.erasure.lists import Named
from flows.erasure.traces import Traces
from flows.home import Home


@dataclass(frozen=True, kw_only=True)
class Change:
    """A file that is written anew without some rows, or removed where it cannot be looked into.

    source: of a delivered file; '' for one that is known by the orders in it. rows: how many go.
    lines: where they begin, for a delivered file.
    """

    path: str
    source: str
    old: str
    new: str
    rows: int
    lines: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One erasure.

    numbers: rows of each delivery, as they were counted when it came. lists: how lists name the
    person, and traces: what must be found nowhere afterwards; both are nowhere once the plan is gone.
    """

    person_id: str
    ids: Sequence[str]
    keys: Sequence[str]
    lists: Named
    traces: Traces
    reason: str
    who: str
    at: str
    marks: Sequence[str]
    records: Mapping[str, Sequence[str]]
    numbers: Mapping[str, Sequence[int]]
    changes: Sequence[Change]
    mentions: int = 0
    """Rows of other people that name this person's phone as a contact's; they stay theirs."""

    @property
    def body(self) -> dict[str, Any]:
        """What the ledger keeps of it: hashes and counts."""
        return {
            "person": self.person_id,
            "reason": self.reason,
            "at": self.at,
            "marks": list(self.marks),
            "records": {source: list(marks) for source, marks in self.records.items()},
            "rows": {name: list(rows) for name, rows in self.numbers.items()},
            "files": [
                {"path": one.path, "old": one.old, "new": one.new, "rows": one.rows}
                for one in self.changes
            ],
        }


def write_plan(home: Home, plan: Plan) -> None:
    """From here on the erasure will be finished, whatever happens."""
    files.write(home.erasing, json.dumps(asdict(plan), ensure_ascii=False))


def read_plan(home: Home) -> Plan | None:
    """The erasure that is not finished, if there is one."""
    path = home.erasing
    if not path.exists():
        return None
    tree = json.loads(files.read_text(path))
    changes = tuple(Change(**one) for one in tree.pop("changes"))
    known = {"lists": Named(**tree["lists"]), "traces": Traces(**tree["traces"])}
    return Plan(**tree | known, changes=changes)
