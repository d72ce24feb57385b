"""What is known of people together with those they live with."""

from __future__ import annotations

from ibis.expr.types import Table

from transforms.living import alive, in_families


def with_households(rows: Table, people: Table) -> Table:
    """The rows about living members of family households, each with its household_id."""
    members = alive(in_families(people)).select("person_id", "household_id")
    return rows.join(members, "person_id")
