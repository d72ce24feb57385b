"""Tables in Markdown, for the pages that are rendered from declarations."""

from __future__ import annotations

from collections.abc import Iterable


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table whose cells hold one line each; a bar inside a cell does not end it."""
    titles = tuple(heads)
    lines = [titles, ("---",) * len(titles), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
