"""The marimo notebooks as one application, without their code; the desk's guard stands before it."""

from __future__ import annotations

import ast
import os
from pathlib import Path

from starlette.types import ASGIApp

from flows import files
from flows.home import Home

_STYLE = Path(__file__).parent / "static" / "notebooks.css"
FOLDER = Path(__file__).resolve().parents[2] / "notebooks"


def notebook_titles() -> dict[str, str]:
    """Every notebook by its name, with its `app_title`."""
    return {
        path.stem: str(ast.literal_eval(node.value))
        for path in files.listing(FOLDER)
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(files.read_text(path)))
        if isinstance(node, ast.keyword) and node.arg == "app_title"
    }


def notebook_app(home: Home) -> ASGIApp:
    """Every notebook at its name, reading the published snapshot and nothing else."""
    os.environ["DOORSTEP_SNAPSHOT"] = str(home.snapshot.resolve())
    os.environ["DO_NOT_TRACK"] = "1"
    os.environ["MARIMO_SKIP_UPDATE_CHECK"] = "1"
    import marimo

    made = marimo.create_asgi_app(quiet=True, include_code=False, html_head=_head())
    for name in notebook_titles():
        made = made.with_app(path=f"/{name}", root=str(FOLDER / f"{name}.py"))
    return made.build()


def _head() -> str:
    """Our own style; of this title marimo takes it into its tables, which are documents of their own."""
    return f'<style title="marimo">{files.read_text(_STYLE)}</style>'
