"""The risk signals, one file each, found by listing this folder: to add one, add a file."""

import importlib
import pkgutil

from transforms.signal import Signal


def _found() -> dict[str, Signal]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: getattr(importlib.import_module(f"{__name__}.{name}"), name) for name in names}


SIGNALS = _found()
"""Every signal by name, in alphabetical order."""
