"""What every notebook needs: the published snapshot, the reader's language, and tables in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.desk.sessions import LANGUAGE_COOKIE
from flows.desk.words import N_, translator

if TYPE_CHECKING:
    import polars as pl

NOTHING = N_("还没有发布过任何一夜。请先运行 doorstep nightly,完成后刷新本页。")


def published_snapshot() -> Path | None:
    """The snapshot that is shown, or nothing before the first published night."""
    path = Path(os.environ.get("DOORSTEP_SNAPSHOT", "snapshot.duckdb"))
    return path if path.is_file() else None


def reader_words() -> Callable[[str], str]:
    """What turns our texts into the language that the reader chose at the desk."""
    import marimo

    request = marimo.app_meta().request
    return translator(request.cookies.get(LANGUAGE_COOKIE, "") if request else "")


def shown_table(rows: pl.DataFrame, titles: Mapping[str, str], say: Callable[[str], str]) -> Any:
    """A table to look at: the columns named in `titles` under their titles, texts of ours in `say`."""
    import marimo

    return marimo.ui.table(in_words(rows, titles, say), selection=None, show_download=False)


def in_words(
    rows: pl.DataFrame, titles: Mapping[str, str], say: Callable[[str], str]
) -> pl.DataFrame:
    """The columns named in `titles`, in their order, heads and texts as `say` says them."""
    import polars as pl

    texts = pl.selectors.string().map_elements(say, return_dtype=pl.String)
    return rows.select(*titles).with_columns(texts).rename(lambda name: say(titles[name]))
