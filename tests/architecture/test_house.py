"""The rules of the house that a tool can hold."""

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import data_contracts
import flows
import matchers
import transforms

ROOT = Path(__file__).parents[2]
ROOMS = [Path(str(room.__file__)).parent for room in (data_contracts, transforms, matchers, flows)]
OWN_FILES = sorted(path for room in ROOMS for path in room.rglob("*.py"))
THE_FILE_DOOR = ROOT / "flows" / "files.py"
OPENERS = {"open", "write_text", "write_bytes", "read_text", "read_bytes", "unlink", "rmtree"}
BANNED_WORDS = [  # in parts, so that this file does not name them
    ("/wo", "rk/"),
    ("index", "-url"),
    ("find", "-links"),
    ("pypi", ".org"),
    ("files.python", "hosted"),
]
DATABASES = {("duckdb", "connect"), ("sqlite3", "connect")}


def calls(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_file_door_opens_files_and_databases(path):
    if path == THE_FILE_DOOR:
        pytest.skip("this is the door")
    opened = []
    for call in calls(path):
        function = call.func
        if isinstance(function, ast.Name) and function.id == "open":
            opened.append(call.lineno)
        if isinstance(function, ast.Attribute):
            base = function.value.id if isinstance(function.value, ast.Name) else ""
            if (base, function.attr) in DATABASES or (
                function.attr in OPENERS and base not in {"files", "os", "archive"}
            ):
                opened.append(call.lineno)
    assert opened == [], "go through flows/files.py"


def test_every_module_of_the_house_can_be_imported():
    for room in (data_contracts, transforms, matchers, flows):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def test_no_tracked_file_names_a_registry_or_a_path_of_a_machine():
    banned = ["".join(parts) for parts in BANNED_WORDS]
    suffixes = {".py", ".toml", ".md", ".in", ".lock", ".txt", ".j2", ".cfg", ""}
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if any(part.startswith(".") and part != ".ci" for part in parts) or "demo-home" in parts:
            continue
        if path.is_file() and path.suffix in suffixes:
            text = path.read_text(encoding="utf-8", errors="ignore")
            found = [word for word in banned if word in text]
            assert not found, f"{path.relative_to(ROOT)} names {found}"
