"""The risk signals, one file each, found by listing this folder: to add one, add a file."""

import importlib
import pkgutil

from transforms.signal import Dormant, Signal


def _declared() -> dict[str, Signal | Dormant]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: getattr(importlib.import_module(f"{__name__}.{name}"), name) for name in names}


_DECLARED = _declared()

SIGNALS = {name: one for name, one in _DECLARED.items() if isinstance(one, Signal)}
"""Every live signal by name, in alphabetical order."""

DORMANT = {name: one for name, one in _DECLARED.items() if isinstance(one, Dormant)}
"""The signals that sleep for want of an extract; they are rendered in the rulebook, never counted."""

PLAIN = {name: one for name, one in SIGNALS.items() if not one.is_compound}
COMPOUND = {name: one for name, one in SIGNALS.items() if one.is_compound}
"""A compound signal is asked once every plain one has answered, and reads no other compound."""
