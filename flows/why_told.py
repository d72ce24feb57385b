"""Why records were brought together, in words, from the table `decision`; no value of a row in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flows.engine import Engine
from matchers.why import sentence

_FIRST = ("name", "birth", "number", "sex", "phone", "address", "kin")
"""The order of the fields in a sentence; plain text fields follow."""

_CALLED = {"name_level": "name_evidence"}
"""`name_level` says how a verified number's row fits its holder; the evidence has its own column."""


def why_of(decision: Mapping[str, Any]) -> str | None:
    """The sentence of one row of `decision`; None where no evidence was weighed."""
    if decision.get("weight") is None or decision.get("candidate") is None:
        return None
    told: dict[str, Any] = {"probability": decision["probability"]}
    for name in _fields(decision):
        told[f"{name}_level"] = decision[_CALLED.get(f"{name}_level", f"{name}_level")]
        told[f"{name}_weight"] = decision[f"{name}_weight"]
    told["home_weight"] = decision.get("home_weight")
    return sentence({**told, "name_rarity": decision.get("name_rarity")})


def _fields(decision: Iterable[str]) -> list[str]:
    columns = list(decision)
    named = [name.removesuffix("_weight") for name in columns if name.endswith("_weight")]
    known = [name for name in named if _CALLED.get(f"{name}_level", f"{name}_level") in columns]
    return [
        *(name for name in _FIRST if name in known),
        *sorted(name for name in known if name not in _FIRST),
    ]


def whys(engine: Engine, records: str) -> dict[str, str]:
    """record_key to sentence, of records that evidence put where they are; `records` is a condition."""
    rows = engine.rows(
        "SELECT decision.* FROM decision JOIN link USING (record_key) "
        f"WHERE decision.candidate = decision.founder AND decision.weight IS NOT NULL AND {records}"
    )
    return {row["record_key"]: why for row in rows if (why := why_of(row))}
