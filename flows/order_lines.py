"""Turn the worklist's chosen households into work orders: who, where, why, what to verify.

This is one of the three places that may read `identities`; it takes what the sheet needs and
nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flows import reference
from flows.cases import Case
from flows.desk_honoured import named_visitors
from flows.last_visits import last_visits
from flows.ledger import WorkOrder
from flows.publish.order_numbers import order_number
from flows.publish.outgoing import check_outgoing, withheld, without_leaks
from flows.publish.wording import Figures, last4, township_sentence
from flows.publish.work_orders import OrderLine
from flows.publish.working_days import Due, due_date
from flows.sample import SAMPLE, SAMPLE_REASON, SAMPLE_VERIFY, SAMPLED
from flows.tonight import Tonight
from flows.visit_places import VISIT, VISIT_TITLE
from flows.visitors import assigned
from transforms.programmes import programmes_for
from transforms.signals import SIGNALS

COUNTY_NAME = "县级"
_WITHHELD_REASON = "原因由县级民政部门另行告知"
_UNNAMED_SOURCE = "部门登记"
"""Stands for a source whose very name may not be read out, as the police's."""

_TELLING_SOURCES = {"hospital_discharge", "disability_register", "incident"}
"""Sources whose name alone says something of a person that a neighbour need not know."""


_SENSITIVE_REASON = "涉及不宜写在单上的情形,请在县级控制台查看"
MOST_OFFERS = 3


@dataclass(frozen=True, kw_only=True)
class Orders:
    """The night's orders as printed and as the ledger keeps them."""

    lines: tuple[OrderLine, ...]
    ledger: tuple[WorkOrder, ...]
    withheld: int


def write_orders(tonight: Tonight, known: list[Case]) -> Orders:
    """The orders of tonight, townships by code, each in the order of visiting, the county last.

    Needs `best_name`, which `best_identity` makes.
    """
    if tonight.inputs.baseline:
        return Orders(lines=(), ledger=(), withheld=0)
    findings, notes = _findings_by_household(tonight), _notes_by_person(tonight)
    due = _due_dates(tonight)
    first = _next_sequence(tonight)
    chosen = _chosen(tonight)
    visited = last_visits(tonight, known)
    going = assigned(
        tonight.visitors,
        [(row["township_code"] or "", row["village_code"]) for row in chosen],
        named_visitors(tonight, [row["household_id"] for row in chosen]),
    )
    lines, kept, held_back = [], [], 0
    for place, (row, visitor) in enumerate(zip(chosen, going, strict=True), start=first):
        number = order_number(tonight.config.site.county, tonight.inputs.night, place)
        told = _told(row, findings[row["household_id"]])
        line = _line(tonight, number, row, told, due)
        line = replace(line, visitor=visitor, last_visit=visited.get(row["household_id"]))
        line = replace(line, note=_note(row, notes[row["lead_person_id"]]))
        if withheld(line):
            held_back += 1
            line = _for_the_county(tonight, line)
        lines.append(line)
        kept.append(_kept(tonight, line, row, told))
    lines.sort(key=lambda line: line.township_code == tonight.config.site.county)
    return Orders(lines=tuple(lines), ledger=tuple(kept), withheld=held_back)


def best_identity(tonight: Tonight) -> None:
    """Make `best_name` (one row per listed person): name and number from the register first.

    The phone is the one given most recently, whichever source gave it.
    """
    tonight.engine.duckdb.execute(
        """
        CREATE OR REPLACE TEMP TABLE listed_identity AS
        SELECT link.person_id, identity.*
        FROM link JOIN known_identities AS identity USING (record_key)
        WHERE link.household_id IN (
          SELECT household_id FROM finding UNION SELECT household_id FROM worklist)
        """
    )
    tonight.engine.duckdb.execute(
        """
        CREATE OR REPLACE TEMP TABLE best_name AS
        WITH named AS (
          SELECT person_id, name, id_clean, row_number() OVER (
            PARTITION BY person_id ORDER BY name IS NULL, record <> 'resident', id_clean IS NULL,
            dated DESC NULLS LAST, record_key) AS place
          FROM listed_identity
        ), called AS (
          SELECT person_id, phone, row_number() OVER (
            PARTITION BY person_id ORDER BY dated DESC NULLS LAST, record_key) AS place
          FROM (SELECT person_id, phone, dated, record_key FROM listed_identity
                UNION ALL SELECT person_id, phone, visited_on, record_key FROM visit_told)
          WHERE phone IS NOT NULL
        )
        SELECT named.person_id, named.name, named.id_clean, called.phone
        FROM named LEFT JOIN called ON called.person_id = named.person_id AND called.place = 1
        WHERE named.place = 1
        """
    )


def _chosen(tonight: Tonight) -> list[dict[str, Any]]:
    """The households that get an order tonight, with what is printed of them."""
    capacity = tonight.question.policy.shared(tonight.inputs.night).township_capacity
    return tonight.rows(
        f"""
        WITH county AS (
          SELECT household_id, row_number() OVER (
            ORDER BY severity DESC, need DESC, first_found, household_id) AS place
          FROM worklist WHERE state = 'county'
        )
        SELECT worklist.*, best_name.name, best_name.id_clean, best_name.phone,
               people.sex, people.age, place.place_source, place.place_on,
               coalesce(visit_told.address, identity.address, identity.registered_address) AS address,
               members.size AS household_size
        FROM worklist
        JOIN people ON people.person_id = worklist.lead_person_id
        JOIN best_name ON best_name.person_id = worklist.lead_person_id
        LEFT JOIN people AS place ON place.person_id = worklist.place_person_id
        LEFT JOIN known_identities AS identity ON identity.record_key = place.place_record_key
        LEFT JOIN visit_told ON visit_told.record_key = place.place_record_key
        JOIN (SELECT household_id, count(*) FILTER (WHERE life_status <> 'dead') AS size
              FROM people GROUP BY household_id) AS members
          ON members.household_id = worklist.household_id
        LEFT JOIN county ON county.household_id = worklist.household_id
        WHERE worklist.state IN ('issued', '{SAMPLED}') OR county.place <= {int(capacity)}
        ORDER BY worklist.state = 'county', worklist.township_code, worklist.position NULLS LAST,
          county.place, worklist.household_id
        """
    )


def _findings_by_household(tonight: Tonight) -> dict[str, list[dict[str, Any]]]:
    """Each household's findings that nobody sees to yet, worst first, with a sentence's figures."""
    found = defaultdict(list)
    for row in tonight.rows(
        "SELECT finding.*, people.age FROM finding_weighed AS finding JOIN people USING (person_id) "
        "WHERE NOT finding.answered AND NOT finding.covered ORDER BY finding.household_id, finding.severity DESC, finding.signal, finding.person_id"
    ):
        found[row["household_id"]].append(row)
    return found


def _told(row: dict[str, Any], findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The findings an order is issued for; a township's knows nothing of the sensitive ones."""
    if row["state"] == "county":
        return findings
    return [one for one in findings if not one["is_sensitive"]]


def _line(
    tonight: Tonight,
    number: str,
    row: dict[str, Any],
    findings: list[dict[str, Any]],
    due: dict[int, Due],
) -> OrderLine:
    county = tonight.config.site.county
    township = county if row["state"] == "county" else row["township_code"]
    names = reference.townships(county) | {county: COUNTY_NAME}
    villages = reference.villages(county)
    until = due[row["severity"]]
    return OrderLine(
        order_no=number,
        severity=row["severity"],
        township_code=township,
        township_name=names.get(township, township),
        village_code=row["village_code"],
        village_name=villages.get(row["village_code"] or ""),
        person_name=row["name"] or "(姓名不详)",
        sex=row["sex"],
        age=row["age"],
        number_last4=last4(row["id_clean"]) if row["id_clean"] else None,
        household_size=row["household_size"],
        phone=row["phone"],
        address=row["address"],
        address_basis=_address_basis(tonight, row["place_source"], row["place_on"]),
        reasons=_distinct(_sentences(findings)) or (SAMPLE_REASON,),
        verify=_distinct(SIGNALS[one["signal"]].verify for one in findings) or (SAMPLE_VERIFY,),
        offers=_offers(findings),
        due_on=until.on,
        due_provisional=until.provisional,
        first_found=row["first_found"],
    )


def _notes_by_person(tonight: Tonight) -> dict[str, list[str]]:
    """What findings that lead to no visit of their own tell of a person to whom one goes."""
    told: dict[str, list[str]] = defaultdict(list)
    for row in tonight.rows(
        "SELECT finding.*, people.age FROM finding_note AS finding JOIN people USING (person_id) "
        "WHERE NOT finding.is_sensitive ORDER BY finding.person_id, finding.signal"
    ):
        told[row["person_id"]] += _sentences([row])
    return told


def _note(row: dict[str, Any], notes: list[str]) -> str | None:
    """What the visitor must know beforehand about where to go."""
    told = list(notes)
    if row["state"] == "county":
        told.insert(0, str(row["state_reason"]))
    elif row["place_person_id"] != row["lead_person_id"]:
        told.insert(0, "本人住址不详,按其他家庭成员的住址派单")
    return ";".join(told) or None


def _sentences(findings: list[dict[str, Any]]) -> Iterator[str]:
    """What may be read out of each finding; a sensitive one is only pointed at, for the county."""
    for one in findings:
        sentence = None if one["is_sensitive"] else SIGNALS[one["signal"]].township_sentence
        yield township_sentence(sentence, Figures.of(one)) if sentence else _SENSITIVE_REASON


def _offers(findings: list[dict[str, Any]]) -> tuple[str, ...]:
    """The programmes that may answer what was found, the surest first; hints, never decisions."""
    fitting = programmes_for(one["signal"] for one in findings)[:MOST_OFFERS]
    return tuple(f"{one.title}({one.ask})" for one in fitting)


def _for_the_county(tonight: Tonight, line: OrderLine) -> OrderLine:
    """A line whose wording may not leave the county goes to the county's own list, without it."""
    return replace(
        without_leaks(line),
        township_code=tonight.config.site.county,
        township_name=COUNTY_NAME,
        reasons=(_WITHHELD_REASON,),
        verify=("由县级核实",),
        note="文字未通过外发检查",
    )


def _kept(
    tonight: Tonight, line: OrderLine, row: dict[str, Any], findings: list[dict[str, Any]]
) -> WorkOrder:
    members = tonight.rows(
        "SELECT person_id FROM people WHERE household_id = ? ORDER BY person_id",
        [row["household_id"]],
    )
    return WorkOrder(
        order_no=line.order_no,
        issued_on=tonight.inputs.night,
        household_id=row["household_id"],
        township_code=line.township_code,
        severity=line.severity,
        signals=sorted({one["signal"] for one in findings}) or [SAMPLE],
        members=[member["person_id"] for member in members],
        printed={
            "lead": row["lead_person_id"],
            "village": row["village_code"],
            "visitor": line.visitor,
            "address": line.address,
            "reasons": list(line.reasons),
            "due": line.due_on,
            "measures": _measures(findings),
        },
    )


def _measures(findings: list[dict[str, Any]]) -> dict[str, str]:
    """The largest measure of each signal, as new evidence will be compared with it."""
    largest: dict[str, Any] = {}
    for one in findings:
        if one["measure"] is not None:
            largest[one["signal"]] = max(one["measure"], largest.get(one["signal"], 0))
    return {signal: str(measure) for signal, measure in sorted(largest.items())}


def _due_dates(tonight: Tonight) -> dict[int, Due]:
    limits = tonight.question.policy.shared(tonight.inputs.night)
    days = {
        3: limits.red_due_working_days,
        2: limits.yellow_due_working_days,
        1: limits.blue_due_working_days,
    }
    return {severity: due_date(tonight.inputs.night, count) for severity, count in days.items()}


def _next_sequence(tonight: Tonight) -> int:
    """Supplements of one date go on counting where its earlier lists ended."""
    return 1 + sum(order.issued_on == tonight.inputs.night for order in tonight.issued)


def _address_basis(tonight: Tonight, source: str | None, on: date | None) -> str | None:
    if source is None:
        return None
    title = VISIT_TITLE if source == VISIT else tonight.config.sources[source].title
    if source in _TELLING_SOURCES or check_outgoing(title):
        title = _UNNAMED_SOURCE
    return f"{title} {on.year}-{on.month:02d}" if on else title


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
