"""Which values a county must state, and in which file each is expected."""

from __future__ import annotations

from data_contracts.policy.shared import SHARED
from data_contracts.policy.terms import Parameter
from transforms.signal import Signal
from transforms.signals import SIGNALS

SIGNALS_FILE = "signals.toml"
COUNTY_FILE = "county.toml"


def full_name(signal: Signal, parameter: Parameter) -> str:
    """What a parameter is called in the files: a signal's own one carries the signal's name."""
    return parameter.name if parameter.shared else f"{signal.name}.{parameter.name}"


def file_of(name: str) -> str:
    """The file in which a full name is expected."""
    return COUNTY_FILE if name in SHARED else SIGNALS_FILE


DECLARED: dict[str, Parameter] = {
    **SHARED,
    **{
        full_name(signal, each): each
        for signal in SIGNALS.values()
        for each in signal.parameters
        if not each.shared
    },
}
"""Every parameter by full name."""
