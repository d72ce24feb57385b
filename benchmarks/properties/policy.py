"""The limits that rules are tried under: the synthetic county's."""

from __future__ import annotations

from pathlib import Path

from flows.policy import load

POLICY = load(Path(__file__).parents[2] / "flows" / "synth" / "policy")
