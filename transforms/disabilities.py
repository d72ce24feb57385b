"""Who is severely disabled on a day, as valid cards say.

A card counts while it is valid; of unknown status, kind, grade or day of issue it proves nothing.
Multiple disabilities are graded by the gravest, which the card does not name, so that grade three
and four of them are not taken for a disability of the mind.
"""

from __future__ import annotations

from datetime import date

from ibis import _
from ibis.expr.types import Table

SEVERE = ("1", "2")
OF_THE_MIND = ("intellectual", "mental")


def severe(disability: Table, on: date, *of_the_mind: str) -> Table:
    """The valid cards of grade one or two; of intellectual or mental disability also `of_the_mind`."""
    grave = _.disability_grade.isin(SEVERE) | (
        _.disability.isin(OF_THE_MIND) & _.disability_grade.isin([*SEVERE, *of_the_mind])
    )
    return disability.filter(_.card_status == "valid", _.issued_on <= on, grave)
