"""The extracts, one file each, found by listing this folder: adding a source is adding a file."""

import importlib
import pkgutil

from data_contracts.terms import Source


def _found() -> dict[str, Source]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: getattr(importlib.import_module(f"{__name__}.{name}"), name) for name in names}


SOURCES = _found()
"""Every source by name, in alphabetical order: the order in which deliveries are received."""
