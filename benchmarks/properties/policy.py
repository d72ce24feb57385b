"""The limits that rules are tried under: the synthetic county's, and room below its pension floor."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from flows.policy import Policy, load

_FLOOR = "elder_alone_without_pension.pension_floor"


def _synthetic() -> Policy:
    policy = load(Path(__file__).parents[2] / "flows" / "synth" / "policy")
    floor = tuple(replace(each, value=Decimal("100.00")) for each in policy.stated[_FLOOR])
    return replace(policy, stated={**policy.stated, _FLOOR: floor})


POLICY = _synthetic()
