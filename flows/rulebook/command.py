"""`doorstep rulebook`: the rulebook for an official to sign."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flows import files
from flows.home import Home
from flows.policy import load
from flows.rulebook.book import render_rulebook
from flows.rulebook.issued import Issued


def rulebook(home: Home | None, on: date, out: Path | None) -> str:
    """The page itself, or, with `out`, where it was written."""
    page = render_rulebook(_issued(home, on) if home else None)
    if out is None:
        return page.rstrip("\n")
    files.write(out, page)
    return f"已写出规则手册:{out}"


def _issued(home: Home, on: date) -> Issued:
    site = home.config.site
    return Issued(name=site.name, county=site.county, on=on, policy=load(home.policy))
