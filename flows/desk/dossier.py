"""Everything the snapshot and the ledger know of one household, for its page."""

from __future__ import annotations

from datetime import date
from typing import Any

from flows import reference
from flows.case_frames import STATE_WORDS
from flows.cases import outcome_of
from flows.desk.decisions import history
from flows.desk.page import Visit
from flows.errors import UsageError
from flows.last_visits import in_words
from flows.policy import load
from flows.publish.wording import Figures, township_sentence
from transforms.categories import possible_kinds
from transforms.programmes import programmes_for
from transforms.signals import SIGNALS


def resolved(visit: Visit, asked: str) -> str:
    """The id that a household bears now; nothing typed is repeated in a refusal."""
    household = visit.ledger.resolve_household(asked)
    for table in ("worklist", "situation", "link"):  # the large one last
        sql = f"SELECT 1 FROM {table} WHERE household_id = ? LIMIT 1"
        if visit.snapshot.one(sql, household):
            return household
    raise UsageError("没有这一户。它可能已并入别的户,或编号有误。请在名单中查找。")


def dossier(visit: Visit, household: str) -> dict[str, Any]:
    """The parts of the page by name."""
    rows = visit.snapshot.rows
    members = rows(_MEMBERS, household)
    findings = [_finding(one) for one in rows(_FINDINGS, household)]
    proofs = rows(_PROOFS, household)
    for one in findings:
        one["proofs"] = [
            row
            for row in proofs
            if (row["signal"], row["person_id"]) == (one["signal"], one["person_id"])
        ]
    timeline = rows(_TIMELINE, household, household)
    return {
        "listed": visit.snapshot.one("SELECT * FROM worklist WHERE household_id = ?", household),
        "members": members,
        "findings": findings,
        "timeline": timeline,
        "contacts": rows(_CONTACTS, household),
        "cases": rows(
            'SELECT * FROM "case" WHERE household_id = ? ORDER BY issued_on DESC, order_no DESC',
            household,
        ),
        "help": [row for row in timeline if row["record"] == "assistance"],
        "kinds": _kinds(visit, household),
        "programmes": programmes_for(one["signal"] for one in findings),
        "verify": sorted({one["verify"] for one in findings if one["verify"]}),
        "townships": reference.townships(visit.home.config.site.county),
    }


def _finding(row: dict[str, Any]) -> dict[str, Any]:
    """A finding with the sentence that may be read to the family; a sensitive one has none."""
    known = None if row.get("is_sensitive", True) else SIGNALS.get(row["signal"])
    sentence = known.township_sentence if known else None
    told = township_sentence(sentence, Figures.of(row)) if sentence else None
    return {**row, "to_the_family": told, "parameters": (row["parameters"] or "").splitlines()}


def _kinds(visit: Visit, household: str) -> list[dict[str, str]]:
    """The categories that what is known does not exclude; only possible, verified by people."""
    known = visit.snapshot.one("SELECT * FROM situation WHERE household_id = ?", household)
    if known is None:
        return []
    limits: Any = load(visit.home.policy).shared(visit.night)
    return [{"title": one.title, "verify": one.verify} for one in possible_kinds(known, limits)]


def nights_of(visit: Visit) -> list[str]:
    """Every night that ended, newest first, each once."""
    return sorted({row["night"] for row in visit.ledger.nights()}, reverse=True)


def as_of(visit: Visit, persons: set[str], night: str) -> dict[str, Any]:
    """What people had decided and relied on when a past night ended: the ledger forgets nothing."""
    ended = [row for row in visit.ledger.nights() if row["night"] <= night]
    position = ended[-1]["entry"] if ended else 0
    into = visit.ledger.merged_persons(visit.ledger.position())
    visits = visit.ledger.visits(position)
    orders = [
        {
            "order_no": order.order_no,
            "issued_on": order.issued_on,
            "severity": order.severity,
            "reasons": order.printed.get("reasons", []),
            "due": order.printed.get("due"),
            "visitor": order.printed.get("visitor"),
            "state": STATE_WORDS[outcome_of(told) if told else None],
            "visit": in_words(told) if told else None,
        }
        for order in visit.ledger.orders(position)
        if persons & {into.get(person, person) for person in order.members}
        for told in [visits.get(order.order_no)]
    ]
    seen = visit.ledger.seen(position).filter(_of(persons))
    return {
        "night": night,
        "orders": orders,
        "signals": [
            {
                "title": SIGNALS[row["signal"]].title
                if row["signal"] in SIGNALS
                else row["signal"],
                "first_found": row["first_found"],
            }
            for row in seen.sort("first_found", "signal", "person_id").iter_rows(named=True)
        ],
        "decisions": history(visit, persons, position),
    }


def _of(persons: set[str]) -> Any:
    import polars as pl

    return pl.col("person_id").is_in(sorted(persons))


def a_night(text: str, nights: list[str]) -> str | None:
    """The past night that an address asks for, if there was such a night."""
    try:
        asked = date.fromisoformat(text).isoformat()
    except ValueError:
        return None
    return asked if asked in nights else None


_MEMBERS = """
SELECT member.*, source_status.title AS place_title, township.name AS township_name
FROM member LEFT JOIN source_status ON source_status.source = member.place_source
LEFT JOIN township ON township.code = member.township_code
WHERE household_id = ?
ORDER BY relation = 'head' DESC NULLS LAST, age DESC NULLS LAST, person_id
"""

_FINDINGS = """
SELECT finding.*, member.name, member.age FROM finding
LEFT JOIN member USING (household_id, person_id)
WHERE household_id = ? ORDER BY severity DESC, signal, person_id
"""

_PROOFS = """
SELECT proof.* FROM proof JOIN finding USING (signal, person_id)
WHERE finding.household_id = ? ORDER BY happened_on, source_title, record_key
"""

_TIMELINE = """
WITH proved AS (
  SELECT record_key, string_agg(DISTINCT title, '、' ORDER BY title) AS proves
  FROM finding JOIN proof USING (signal, person_id) WHERE household_id = ? GROUP BY record_key
)
SELECT timeline.*, member.name, proves
FROM timeline LEFT JOIN member USING (household_id, person_id) LEFT JOIN proved USING (record_key)
WHERE household_id = ? ORDER BY happened_on DESC NULLS LAST, source, record_key
"""

_CONTACTS = """
SELECT contact.*, member.name FROM contact LEFT JOIN member USING (household_id, person_id)
WHERE household_id = ?
ORDER BY person_id, kind, is_best DESC, is_registered, dated DESC NULLS LAST, record_key
"""
