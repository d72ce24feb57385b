"""Pairs of which the truth is known, mixed among the desk's questions to see how good answers are.

Two records that bear valid numbers are one person if the numbers are equal, and two if not. With
number and birth date of one of them hidden the pair is a question like any other; only pairs that
the model would then leave to people are taken, so that nobody can tell. What people answer about them is kept
apart (ledger kind `desk_known_pair`) and changes no link.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from flows import files, lock
from flows.home import Home
from flows.identify import FEWEST_PEOPLE
from flows.review.likeness import Exact, Levels, exact, likenesses
from flows.review.pairs import pair_of, question_no
from flows.review.sides import Side
from matchers.model import RARITY_OF_LEVEL, Model, bits
from matchers.name_levels import NameLevel
from matchers.weighing import HOUSEHOLD_FIELDS
from matchers.why import sentence

KIND = "desk_known_pair"
LOOKED_AT = 300
"""Pairs of each kind that are weighed to find the few that look doubtful."""


@dataclass(frozen=True, kw_only=True)
class KnownPair:
    """Two records and whether they are one person; how a model without that number would see it."""

    record_key: str
    other_record_key: str
    same: bool
    probability: float
    why_zh: str

    @property
    def question_no(self) -> str:
        """The number under which it is asked."""
        return question_no(pair_of(self.record_key, self.other_record_key))


def known_pairs(home: Home, model: Model, seed: int) -> list[KnownPair]:
    """Known pairs that look doubtful, in the order of asking; another seed looks at others."""
    rows = _candidates(home, seed)
    levels = likenesses([(_exact(row, "one"), _exact(row, "other")) for row in rows])
    population = max((row["people"] for row in rows), default=0)
    model = replace(model, people=max(population, FEWEST_PEOPLE))
    found = [
        weighed_pair(row, one, model)
        for row, one in zip(rows, levels, strict=True)
        if "name" in one
    ]
    doubtful = [one for one in found if model.doubtful <= one.probability < model.decided]
    return alternating(doubtful, seed)


def alternating(pairs: Iterable[KnownPair], seed: int) -> list[KnownPair]:
    """Nearest to even odds first, one of each truth in turn; the seed says which begins."""
    ranked = sorted(pairs, key=lambda one: (abs(one.probability - 0.5), one.question_no))
    sides = [[one for one in ranked if one.same is (same == seed % 2)] for same in (1, 0)]
    both = zip_longest(*sides)
    return [one for pair in both for one in pair if one is not None]


def weighed_pair(row: Mapping[str, Any], levels: Levels, model: Model) -> KnownPair:
    """A pair with the weight of its levels, counted as matchers/weighing.py counts it."""
    rarity = min(bits(math.log2(model.people / max(row["bearers"], 1))), model.most_rarity)
    weights = {
        name: model.weights[name].get(level, 0)
        + (rarity if name == "name" and NameLevel(level) in RARITY_OF_LEVEL else 0)
        for name, level in levels.items()
    }
    near = sum(weights.get(name, 0) for name in HOUSEHOLD_FIELDS)
    others = sum(weight for name, weight in weights.items() if name not in HOUSEHOLD_FIELDS)
    total = others + min(near, model.most_household) + model.prior
    probability = 1 / (1 + 2 ** (-total / bits(1)))
    told: dict[str, Any] = {"probability": probability, "name_rarity": rarity}
    for name, level in levels.items():
        told |= {f"{name}_level": level, f"{name}_weight": weights[name]}
    return KnownPair(
        record_key=row["record_key"],
        other_record_key=row["other_record_key"],
        same=row["same"],
        probability=probability,
        why_zh=sentence(told),
    )


def with_less(side: Side) -> Side:
    """A side as if nobody had written its number and birth date."""
    known = side.exact and side.exact._replace(typed_number=None, number=None, birth=None)
    return replace(side, number="", birth_date="", exact=known)


def _exact(row: Mapping[str, Any], side: str) -> Exact:
    """One side of a candidate, as it is shown: the second one's number and birth date are hidden."""
    said = {name.removeprefix(f"{side}_"): row[name] for name in row if name.startswith(f"{side}_")}
    if side == "other":
        hidden = ("id_text", "id_clean", "birth_date", "id_birth_date")
        said |= dict.fromkeys(hidden)
    return exact(said)


def _candidates(home: Home, seed: int) -> list[dict[str, Any]]:
    with lock.only_one(home.lock):
        connection = files.duckdb_database(home.work, read_only=True)
        try:
            answer = connection.execute(_PAIRS, {"seed": seed, "most": LOOKED_AT})
            names = [column[0] for column in answer.description]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        finally:
            connection.close()


_COMPARED = (
    *("name_key", "former_name_key", "id_text", "id_clean", "birth_date", "id_birth_date"),
    *("sex", "id_sex", "phone_key", "address", "registered_address"),
)

_PAIRS = f"""
WITH known AS (
  SELECT * FROM identities
  WHERE known_to IS NULL AND id_status = 'valid' AND id_clean IS NOT NULL AND name_bag IS NOT NULL
), one AS (
  SELECT * FROM known WHERE record = 'resident' ORDER BY hash(record_key, $seed), record_key
  LIMIT 20 * $most
), same AS (
  SELECT one.record_key AS left_key, other.record_key AS right_key, true AS same
  FROM one JOIN known AS other ON other.id_clean = one.id_clean AND other.name_bag = one.name_bag
  WHERE other.record <> 'resident' ORDER BY hash(right_key, $seed), left_key, right_key LIMIT $most
), different AS (
  SELECT one.record_key AS left_key, other.record_key AS right_key, false AS same
  FROM one JOIN known AS other ON other.name_bag = one.name_bag AND other.id_sex = one.id_sex
  WHERE other.record = 'resident' AND other.record_key > one.record_key
    AND other.id_clean <> one.id_clean
    AND other.id_birth_date <> one.id_birth_date
    AND abs(year(other.id_birth_date) - year(one.id_birth_date)) <= 10
  ORDER BY hash(right_key, $seed), left_key, right_key LIMIT $most
)
SELECT pair.left_key AS record_key, pair.right_key AS other_record_key, pair.same,
  {", ".join(f"one.{name} AS one_{name}, other.{name} AS other_{name}" for name in _COMPARED)},
  (SELECT count(*) FROM known WHERE known.name_key = one.name_key AND known.record = 'resident')
    AS bearers,
  (SELECT count(*) FROM known WHERE record = 'resident') AS people
FROM (FROM same UNION ALL FROM different) AS pair
JOIN known AS one ON one.record_key = pair.left_key
JOIN known AS other ON other.record_key = pair.right_key
ORDER BY 1, 2
"""
"""Numbers are valid and names sound alike in both kinds: only then is the truth beyond doubt."""
