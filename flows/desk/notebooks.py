"""The marimo notebooks as one application, without their code; the desk's guard stands before it."""

from __future__ import annotations

import ast
import os
from pathlib import Path

from starlette.types import ASGIApp

from flows import files
from flows.home import Home

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"


def notebook_titles() -> dict[str, str]:
    """Every notebook by its name, with the first line of what it says of itself."""
    found = {}
    for path in files.listing(FOLDER):
        if path.suffix == ".py" and path.stem != "__init__":
            said = ast.get_docstring(ast.parse(files.read_text(path))) or path.stem
            found[path.stem] = said.splitlines()[0]
    return found


def notebook_app(home: Home) -> ASGIApp:
    """Every notebook at its name, reading the published snapshot and nothing else."""
    os.environ["DOORSTEP_SNAPSHOT"] = str(home.snapshot.resolve())
    os.environ["DO_NOT_TRACK"] = "1"
    os.environ["MARIMO_SKIP_UPDATE_CHECK"] = "1"
    import marimo

    made = marimo.create_asgi_app(quiet=True, include_code=False)
    for name in notebook_titles():
        made = made.with_app(path=f"/{name}", root=str(FOLDER / f"{name}.py"))
    return made.build()
