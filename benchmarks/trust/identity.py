"""On which code a row was seen: the program, what its pages are made of, this benchmark, the row's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from benchmarks.trust.row import Row
from benchmarks.trust.tested import Tested
from flows import files
from flows.program import code_version

_ROOMS = ("data_contracts", "transforms", "matchers", "flows")


def code_of(case: Callable[..., Row]) -> str:
    """One name for all that a row depends on; it changes with any of it."""
    return _code(case.paths if isinstance(case, Tested) else ())


@cache
def _code(paths: tuple[str, ...]) -> str:
    found = sorted({*_shared(), *(_tests(paths) if paths else ())})
    hashes = "".join(f"{path} {files.sha256(files.read(path))}\n" for path in found)
    return f"{code_version()}/{files.sha256(hashes.encode())[:12]}"


def _shared() -> Iterator[Path]:
    """This benchmark, and templates, pictures and words beside the program's code."""
    yield from Path("benchmarks/trust").glob("*.py")
    for room in _ROOMS:
        beside = (path for path in files.inside(Path(room)) if path.suffix not in {".py", ".pyc"})
        yield from beside


def _tests(paths: tuple[str, ...]) -> Iterator[Path]:
    """The tests under the paths, and whatever any test may lean on."""
    for path in map(Path, paths):
        yield from (path,) if path.is_file() else path.rglob("*.py")
    yield from (path for path in Path("tests").rglob("*.py") if not path.name.startswith("test_"))
