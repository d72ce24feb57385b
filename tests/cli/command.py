"""Commands as a person runs them: in a process of their own, or in this one where that is enough."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from flows import cli
from flows.steps import plainly

ROOT = Path(__file__).parents[2]


class Ended(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """What a command finds around it: our code, and no home."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name != "DOORSTEP_HOME" and not name.startswith("PREFECT_")
    }
    return {**clean, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}


def doorstep(*arguments, cwd: Path | None = None, **environ: str) -> Ended:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "flows", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        cwd=cwd,
        env=environment(**environ),
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def doorstep_here(monkeypatch, capsys, *arguments) -> Ended:
    """Run a command in this process, its night without Prefect."""
    monkeypatch.setattr(
        "flows.orchestrate.in_prefect", lambda _home, _label, work: work(plainly), raising=True
    )
    monkeypatch.setattr(sys, "argv", ["doorstep", *map(str, arguments)])
    monkeypatch.setattr("flows.files.keep_private", lambda: None)
    capsys.readouterr()
    code = 0
    try:
        cli.main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    said = capsys.readouterr()
    return Ended(code, said.out, said.err)


def is_one_clear_line(text: str) -> bool:
    """One line in Chinese, and no traceback."""
    return (
        text.count("\n") == 1
        and "Traceback" not in text
        and any("一" <= character <= "鿿" for character in text)
    )
