"""Whether a stay in hospital was for a listed disease, by prefixes of ICD-10 codes.

Hospitals write a code as N18.0, n18.0, N180 or N18.900x003; only its letters and digits count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import ibis
import ibis.expr.types as ir
from ibis.expr.types import Table

DIAGNOSES = ("diagnosis_main", "diagnosis_2", "diagnosis_3", "diagnosis_4")
_NOISE = "[^A-Z0-9]"


def with_listed_disease(admission: Table, prefixes: Iterable[str]) -> Table:
    """The stays of which any diagnosis begins with one of `prefixes`."""
    pattern = _pattern(prefixes)
    if not pattern:
        return admission.limit(0)
    return admission.filter(ibis.or_(*(_begins(admission[name], pattern) for name in DIAGNOSES)))


def is_listed(code: str, prefixes: Iterable[str]) -> bool:
    """Whether a code begins with one of `prefixes`."""
    pattern = _pattern(prefixes)
    return bool(pattern) and re.search(pattern, re.sub(_NOISE, "", code.upper())) is not None


def _begins(code: ir.StringValue, pattern: str) -> ir.BooleanValue:
    return code.upper().re_replace(_NOISE, "").re_search(pattern).fill_null(False)


def _pattern(prefixes: Iterable[str]) -> str:
    cleaned = sorted({re.sub(_NOISE, "", prefix.upper()) for prefix in prefixes} - {""})
    return f"^({'|'.join(cleaned)})" if cleaned else ""
