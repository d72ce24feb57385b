"""Who is meant by a person's id, and everything by which they are known in this house."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from flows import files
from flows.engine import Engine
from flows.erasure.lists import Named
from flows.erasure.marks import Said, is_marked, marks_of, record_mark
from flows.erasure.traces import Traces
from flows.errors import UsageError
from flows.home import Home
from flows.inputs import folder_of
from flows.ledger import Ledger, WorkOrder
from flows.links_before import LINKS_FILE
from flows.publish.wording import masked_name

_WHOLE = 18
"""Characters of an identity number as it has been since 1999."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One person.

    ids: every id they ever bore. records: source, key and words of every version of every record
    that is or was theirs. numbers: usable numbers that are their own. names: as delivered and as
    read. orders: those made out to them, and those that name them among others. lists: how lists
    name them.
    """

    person_id: str
    ids: frozenset[str]
    records: Sequence[tuple[str, str, Said]]
    numbers: frozenset[str]
    names: frozenset[str]
    led: Sequence[WorkOrder]
    named: Sequence[WorkOrder]
    lists: Named

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all their records."""
        return frozenset(key for _, key, _ in self.records)

    @property
    def traces(self) -> Traces:
        """What must be found nowhere once they are erased."""
        said = [one for _, _, one in self.records]
        return Traces(
            numbers=self.lists.numbers,
            names=sorted(self.names),
            births=sorted({one.born.isoformat() for one in said if one.born}),
            phones=sorted({one.phone for one in said if one.phone}),
        )

    def marks(self, secret: bytes) -> frozenset[str]:
        """By what their rows are known again; another's number is not theirs."""
        own = (
            said
            for _, _, said in self.records
            if said.number is None or said.number in self.numbers
        )
        return frozenset(mark for one in own for mark in marks_of(one, secret))

    def unmarked(self, secret: bytes) -> dict[str, list[str]]:
        """By source the records that those marks would not find, by marks of their own."""
        marks = self.marks(secret)
        found: dict[str, set[str]] = defaultdict(set)
        for source, key, said in self.records:
            if not is_marked(said, marks, secret):
                found[source].add(record_mark(key, secret))
        return {source: sorted(kept) for source, kept in sorted(found.items())}


def subject_of(home: Home, ledger: Ledger, working: Engine, asked: str) -> Subject:
    """The person of an id; the working database must hold everything that was accepted."""
    person_id = ledger.resolve(asked.strip())
    into = ledger.merged_persons(ledger.position())
    ids = frozenset({person_id, *(old for old, new in into.items() if new == person_id)})
    keys = _keys_of(home, ledger, ids)
    if not keys:
        raise UsageError("没有这个人员编号,或其记录已删除。请从控制台或工作单上照抄编号。")
    identities = _identities(working, keys)
    orders = ledger.orders(ledger.position())
    led = [one for one in orders if str(one.printed.get("lead")) in ids]
    leading = {one.order_no for one in led}
    numbers = _own_numbers(ledger, identities, ids)
    return Subject(
        person_id=person_id,
        ids=ids,
        records=[(row["source"], row["record_key"], _said(row)) for row in identities],
        numbers=numbers,
        names=frozenset(
            row[name] for row in identities for name in ("name", "name_key") if row[name]
        ),
        led=led,
        named=[one for one in orders if ids & set(one.members) and one.order_no not in leading],
        lists=Named(
            orders=sorted(leading),
            numbers=_forms(numbers),
            households=sorted(_households(ledger, ids)),
            masked=sorted({masked_name(row["name"]) for row in identities if row["name"]}),
        ),
    )


def _keys_of(home: Home, ledger: Ledger, ids: frozenset[str]) -> list[str]:
    """Every record whose last person, as some night left it, is this one; also of rows long gone."""
    last: dict[str, str] = {}
    for row in ledger.nights():
        path = folder_of(home, date.fromisoformat(row["night"]), row["number"]) / LINKS_FILE
        if path.exists():
            links = files.read_parquet(path).filter(pl.col("person_id").is_not_null())
            last |= dict(links.select("record_key", "person_id").iter_rows())
    into = ledger.merged_persons(ledger.position())
    return sorted(key for key, person in last.items() if into.get(person, person) in ids)


def _identities(working: Engine, keys: Sequence[str]) -> list[dict[str, Any]]:
    """All that all versions of their records ever said of who they are."""
    return working.rows(
        "SELECT DISTINCT source, record_key, name, id_clean, number_hash, name_key, name_pinyin, "
        "coalesce(birth_date, id_birth_date) AS born, phone_key FROM identities "
        "WHERE list_contains(?, record_key) ORDER BY ALL",
        [list(keys)],
    )


def _said(row: Mapping[str, Any]) -> Said:
    return Said(
        number=row["id_clean"],
        name=row["name_key"],
        pinyin=row["name_pinyin"],
        born=row["born"],
        phone=row["phone_key"],
    )


def _forms(numbers: frozenset[str]) -> list[str]:
    """An 18-digit number may stand somewhere in its old form of 15 digits."""
    old = {one[:6] + one[8:17] for one in numbers if len(one) == _WHOLE}
    return sorted(numbers | old)


def _households(ledger: Ledger, ids: frozenset[str]) -> frozenset[str]:
    """Every household they ever belonged to, as orders and the last note of them say."""
    position = ledger.position()
    members = ledger.household_members(position).filter(pl.col("person_id").is_in(list(ids)))
    noted = {name for name in members["household_id"].to_list() if name}
    ordered = {one.household_id for one in ledger.orders(position) if ids & set(one.members)}
    return frozenset(noted | ordered)


def _own_numbers(
    ledger: Ledger, identities: Sequence[Mapping[str, Any]], ids: frozenset[str]
) -> frozenset[str]:
    """The numbers that lead to this person; a guardian's number in their row leads to the guardian."""
    leading = dict(ledger.person_keys(ledger.position()).iter_rows())
    into = ledger.merged_persons(ledger.position())
    return frozenset(
        row["id_clean"]
        for row in identities
        if row["number_hash"]
        and (person := leading.get(f"n{row['number_hash']}"))
        and into.get(person, person) in ids
    )
