"""Pages are rendered here: everything is escaped, and a name that a template does not know is an error."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows.desk.words import translator
from flows.publish.cells import plain, typeset


@cache
def environment(language: str) -> Environment:
    """The templates in one language."""
    made = Environment(
        loader=PackageLoader("flows.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    say = translator(language)
    made.globals["_"] = made.globals["gettext"] = say
    made.filters |= {
        "said": _said,
        "prose": _prose,
        "figure": _figure,
        "thousands": _thousands,
        "words": say,
        "noted": say if language == "en" else str,  # officers' own words are not typeset
    }
    return made


def _said(value: Any) -> str:
    """A value as it stands on a page: unknown is a dash, money has its yuan."""
    if value is None or value == "":
        return "—"
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if isinstance(value, date):
        return value.isoformat()
    return plain(str(value))


def _figure(value: Decimal | None) -> str:
    """What a threshold was compared with: money, or a count, which has no cents."""
    if value is not None and value == value.to_integral_value():
        return f"{value:,.0f}"
    return _said(value)


def _thousands(value: int | None) -> str:
    return "—" if value is None else f"{value:,}"


def _prose(text: str | None) -> str:
    """A sentence that the night wrote, with the punctuation that belongs beside Chinese."""
    return typeset(plain(text))
