"""What became of every record: whose it is, how that was decided, how sure, who else it may be."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.linkage import Linked
from matchers.model import Model
from matchers.name_levels import NameLevel
from matchers.rules import decision_of


def outcomes(rows: ir.Table, linked: Linked, model: Model) -> ir.Table:
    """One row per record: rid, founder (rid), decision, how, probability, second, candidate (rid).

    The levels and weights behind it follow; they are null where a verified number decided.
    `candidate` is the founder of the best candidate, also where the record did not go to it.
    """
    founders = _founders(rows, linked)
    placed = rows.select("rid", "is_register", "name_key", "id_clean").join(linked.people, "rid")
    placed = placed.join(founders, "entity")
    fits = linked.proven.fits.select("rid", "name_level", fits_number=True)
    best = linked.decisions.rename(best_entity="entity", evidence_level="name_level")
    best = best.select(
        *(name for name in best.columns if name not in ("claim", *_SIDE)),
        claimed=best.claim.notnull(),
    )
    best = _with_candidate(best, founders)
    seen = _left(_left(placed, fits, "rid"), best, "rid")
    how = _how(seen, model)
    if linked.answered is not None:
        answered = linked.answered.select("rid", was_answered=True)
        seen = _left(seen, answered, "rid")
        how = ibis.ifelse(seen.was_answered.notnull(), "answered_same", _how(seen, model))
    sure = ibis.ifelse(
        seen.fits_number.notnull() | seen.probability.isnull(), 1.0, seen.probability
    )
    weights = [name for name in best.columns if name.endswith(("_level", "_weight"))]
    return seen.select(
        "rid",
        "founder",
        "entity",
        "candidate",
        *(name for name in weights if name != "evidence_level"),
        name_evidence=seen.evidence_level,
        weight=seen.weight,
        second_weight=seen.second,
        name_rarity=seen.name_rarity,
        how=how,
        decision=decision_of(how),
        probability=ibis.ifelse(how == "alone", 0.0, sure),
    )


_SIDE = (
    "claim_is_parent", "contact_is_self", "is_child", "is_parent", "is_contact", "is_offspring",
    "is_elder", "by_number", "borrowed", "bag_rarity",
    "surname_rarity",
)  # fmt: skip


def _founders(rows: ir.Table, linked: Linked) -> ir.Table:
    """Of each entity its eldest record, and whether the resident register knows it."""
    placed = rows.select("rid", "is_register").join(linked.people, "rid")
    return placed.group_by("entity").agg(
        founder=_.rid.min(),
        first_entry=_.rid.min(where=_.is_register),
        rows=_.count(),
        is_registered=_.is_register.max(),
    )


def _with_candidate(best: ir.Table, founders: ir.Table) -> ir.Table:
    known = founders.select(best_entity="entity", candidate="founder")
    return _left(best, known, "best_entity")


def _left(left: ir.Table, right: ir.Table, key: str) -> ir.Table:
    joined = left.left_join(right, key)
    return joined.drop(*(name for name in joined.columns if name.endswith("_right")))


def _how(row: ir.Table, model: Model) -> ir.StringValue:
    alike = row.name_level < int(NameLevel.VARIANT)
    doubt = (row.probability >= model.doubtful).fill_null(False)
    attached = (row.entity == row.best_entity).fill_null(False)
    return ibis.cases(
        (row.is_register & attached, "register_evidence"),
        (row.is_register & (row.rid == row.first_entry) & doubt, "register_namesake"),
        (row.is_register & (row.rid == row.first_entry), "register_entry"),
        (row.is_register & row.fits_number.notnull(), "register_number"),
        (row.fits_number.notnull() & ~row.is_registered, "number_new_person"),
        (row.fits_number.notnull() & row.name_key.isnull(), "number_alone"),
        (row.fits_number.notnull() & alike.fill_null(False), "number_and_similar_name"),
        (row.fits_number.notnull(), "number_and_name"),
        (attached & row.is_registered, "evidence"),
        (attached, "evidence_new_person"),
        (doubt, "doubt"),
        (row.claimed.fill_null(False), "number_of_another"),
        (row.rows > 1, "newcomers"),
        else_="alone",
    )
