"""The canonical records the house speaks, one file each, found by listing this folder."""

import importlib
import pkgutil

from data_contracts.terms import Record


def _found() -> dict[str, Record]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: getattr(importlib.import_module(f"{__name__}.{name}"), name) for name in names}


ALL = _found()
IDENTITY = ALL["identity"]
RECORDS = {name: record for name, record in ALL.items() if name != "identity"}
"""Every fact record by name; who the rows are about is IDENTITY, kept apart."""
