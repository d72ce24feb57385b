"""The list's question: which households an address asks for, how many there are of each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flows.desk.published import Snapshot
from flows.desk.words import N_
from flows.publish.work_orders import SEVERITY_WORDS

STATES = {
    "issued": N_("本夜派单"),
    "sampled": N_("随机走访"),
    "carried": N_("顺延"),
    "open": N_("走访中"),
    "resting": N_("冷却期"),
    "suppressed": N_("暂不派单"),
    "county": N_("县级处理"),
}
AGES = {
    "0": N_("今夜新发现"),
    "7": N_("一周内"),
    "30": N_("一月内"),
    "90": N_("一季度内"),
    "more": N_("更早"),
}
MARKS = {
    "": N_("无"),
    "desk_snooze": N_("经办人暂缓"),
    "desk_close": N_("经办人结案"),
}
NOBODY = "—"

FACETS = {
    "township": N_("乡镇"),
    "village": N_("村(社区)"),
    "signal": N_("预警"),
    "severity": N_("等级"),
    "source": N_("数据来源"),
    "age": N_("发现多久"),
    "state": N_("状态"),
    "visitor": N_("走访人"),
    "mark": N_("经办人意见"),
}
"""What the list can be narrowed by, in the order of the page; each is a parameter of the address."""

_CONDITIONS = {
    "township": "coalesce(township_code, '') = ?",
    "village": "concat_ws('|', township_code, village_name) = ?",
    "signal": "list_contains(string_split(signals, ','), ?)",
    "severity": "severity = TRY_CAST(? AS TINYINT)",
    "source": "household_id IN (SELECT household_id FROM household_source WHERE source = ?)",
    "age": "age = ?",
    "state": "state = ?",
    "visitor": "visitor = ?",
    "mark": "mark = ?",
}
_COUNTED = {
    "township": "SELECT coalesce(township_code, '') AS value, max(township_name) AS word",
    "village": "SELECT concat_ws('|', township_code, village_name) AS value, "
    "trim(concat_ws(' ', max(township_name), max(village_name))) AS word",
    "severity": "SELECT CAST(severity AS VARCHAR) AS value, '' AS word",
    "age": "SELECT age AS value, '' AS word",
    "state": "SELECT state AS value, '' AS word",
    "visitor": "SELECT visitor AS value, visitor AS word",
    "mark": "SELECT mark AS value, '' AS word",
}
_WORDS: dict[str, Mapping[str, str]] = {
    "severity": {str(level): word for level, word in SEVERITY_WORDS.items()},
    "age": AGES,
    "state": STATES,
    "mark": MARKS,
}

ORDERS = {
    "rank": "severity DESC, position NULLS LAST, household_id",
    "found": "first_found DESC, household_id",
    "oldest": "first_found, household_id",
    "due": "due_on NULLS LAST, household_id",
    "place": "township_code NULLS LAST, village_name, position NULLS LAST, household_id",
    "need": "need DESC, household_id",
}
"""The ways to sort; every one ends with the id, so that no two households change places by chance."""

PAGE_SIZE = 50
MOST_VALUES = 60
"""Values of a facet that a page offers."""
MOST_HOUSEHOLDS = 2000
"""Households that one decision may be about."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an address asks of the list; `found` are the households of a search, best first."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    order: str = "rank"
    page: int = 1
    search: str = ""
    found: Sequence[str] | None = None

    @property
    def query(self) -> str:
        """The filter as an address, without the page: what a saved list keeps."""
        pairs = [(name, self.chosen[name]) for name in FACETS if self.chosen.get(name) is not None]
        pairs += [("order", self.order)] * (self.order != "rank")
        return urlencode(pairs + [("search", self.search)] * bool(self.search))

    @property
    def lasting(self) -> Asked:
        """What of it holds beyond a session: all but the search."""
        return Asked(chosen=self.chosen, order=self.order)

    def without(self, name: str) -> Asked:
        """The same without one filter."""
        kept = {key: value for key, value in self.chosen.items() if key != name}
        return Asked(chosen=kept, order=self.order, search=self.search, found=self.found)

    def with_(self, name: str, value: str) -> Asked:
        """The same with one filter more."""
        return Asked(
            chosen={**self.chosen, name: value},
            order=self.order,
            search=self.search,
            found=self.found,
        )


def read_asked(parameters: Mapping[str, str]) -> Asked:
    """What an address asks for; what it names and nobody knows is left out."""
    page = parameters.get("page", "1")
    order = parameters.get("order", "rank")
    return Asked(
        chosen={name: parameters[name] for name in FACETS if name in parameters},
        order=order if order in ORDERS else "rank",
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        search=parameters.get("search", ""),
    )


def prepare(
    snapshot: Snapshot, decision: int, pauses: Sequence[Any], named: Mapping[str, str]
) -> None:
    """Make `listed`: the worklist with what stands beside each household since the last decision.

    `pauses`: (person, kind, until, reason) in the order of decision; `named`: visitors by person.
    It is made once a decision, for all readers: at a city's size it costs most of a click.
    """

    def make_ready() -> None:
        columns = "person_id VARCHAR, kind VARCHAR, until DATE, reason VARCHAR, nth BIGINT"
        snapshot.keep("desk_pause", columns, [(*one, nth) for nth, one in enumerate(pauses)])
        snapshot.keep("desk_named", "person_id VARCHAR, visitor VARCHAR", sorted(named.items()))

    name = f"listed_{decision}"
    snapshot.once(name, _LISTED, make_ready)
    snapshot.rows(f"CREATE OR REPLACE TEMP VIEW listed AS FROM memory.main.{name}")


_LISTED = """
WITH home AS (
  SELECT household_id, person_id FROM member
  UNION SELECT household_id, lead_person_id FROM worklist
), pause AS (
  SELECT household_id, arg_max(kind, nth) AS mark, arg_max(until, nth) AS mark_until,
         arg_max(reason, nth) AS mark_reason
  FROM desk_pause JOIN home USING (person_id) GROUP BY household_id
), named AS (
  SELECT household_id, min(visitor) AS visitor
  FROM desk_named JOIN home USING (person_id) GROUP BY household_id
), sent AS (
  SELECT household_id, arg_max(visitor, (issued_on, order_no)) AS visitor
  FROM "case" GROUP BY household_id
)
SELECT worklist.*, coalesce(named.visitor, sent.visitor, '—') AS visitor,
       named.visitor IS NOT NULL AS is_named, coalesce(pause.mark, '') AS mark,
       pause.mark_until, pause.mark_reason,
       CASE WHEN night."on" - first_found <= 0 THEN '0' WHEN night."on" - first_found <= 7 THEN '7'
            WHEN night."on" - first_found <= 30 THEN '30'
            WHEN night."on" - first_found <= 90 THEN '90' ELSE 'more' END AS age
FROM worklist CROSS JOIN night
LEFT JOIN pause USING (household_id) LEFT JOIN named USING (household_id)
LEFT JOIN sent USING (household_id)
"""


def count(snapshot: Snapshot, asked: Asked) -> int:
    """How many households the filter leaves."""
    where, values = _where(asked)
    return int(snapshot.rows(f"SELECT count(*) AS n FROM listed {where}", *values)[0]["n"])


def rows(snapshot: Snapshot, asked: Asked, *, all_of_them: bool = False) -> list[dict[str, Any]]:
    """One page of households, or all of them."""
    where, values = _where(asked)
    order = ORDERS[asked.order]
    if asked.found is not None and asked.order == "rank":
        order = f"list_position(?, household_id), {order}"
        values = [*values, list(asked.found)]
    cut = "" if all_of_them else f"LIMIT {PAGE_SIZE} OFFSET {(asked.page - 1) * PAGE_SIZE}"
    return snapshot.rows(f"SELECT * FROM listed {where} ORDER BY {order} {cut}", *values)


def facets(snapshot: Snapshot, asked: Asked) -> dict[str, list[dict[str, Any]]]:
    """Of each facet its values, their words, and how many households the other filters leave."""
    return {name: _facet(snapshot, asked, name) for name in FACETS}


def _facet(snapshot: Snapshot, asked: Asked, name: str) -> list[dict[str, Any]]:
    where, values = _where(asked.without(name))
    if name == "signal":
        sql = (
            "SELECT signal.name AS value, max(signal.title) AS word, count(*) AS n FROM ("
            f"SELECT unnest(string_split(signals, ',')) AS name FROM listed {where}) AS one "
            "JOIN signal USING (name) GROUP BY 1"
        )
    elif name == "source":
        sql = (
            "SELECT source AS value, max(title) AS word, count(*) AS n FROM household_source "
            f"JOIN (SELECT household_id FROM listed {where}) USING (household_id) GROUP BY 1"
        )
    else:
        sql = f"{_COUNTED[name]}, count(*) AS n FROM listed {where} GROUP BY 1"
    found = snapshot.rows(sql, *values)
    words = _WORDS.get(name, {})
    told = [
        {**row, "word": words.get(row["value"], row["word"])}
        for row in found
        if row["value"] is not None
    ]
    if words and name != "severity":
        places = list(words)
        return sorted(told, key=lambda row: places.index(row["value"]))
    if name == "severity":
        return sorted(told, key=lambda row: row["value"], reverse=True)
    return sorted(told, key=lambda row: (-row["n"], str(row["value"])))


def _where(asked: Asked) -> tuple[str, list[Any]]:
    parts = [_CONDITIONS[name] for name in FACETS if name in asked.chosen]
    values: list[Any] = [asked.chosen[name] for name in FACETS if name in asked.chosen]
    if asked.found is not None:
        # A join, not list_contains: that compares every household with every one that was found.
        parts.append("household_id IN (SELECT unnest(?))")
        values.append(list(asked.found))
    return ("WHERE " + " AND ".join(parts)) if parts else "", values
