"""The offices whose extracts the county sends, one file each, found by listing this folder."""

import importlib
import pkgutil

from flows.synth.departments.terms import Department


def _found() -> dict[str, Department]:
    names = sorted(
        module.name for module in pkgutil.iter_modules(__path__) if module.name != "terms"
    )
    return {name: importlib.import_module(f"{__name__}.{name}").department for name in names}


DEPARTMENTS = _found()
"""Every office by the name of the source it fills."""
