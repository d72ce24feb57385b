"""A night's list of inputs: written before work starts; the night is a function of it alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flows import files, reference
from flows.access.people import PEOPLE_FILE
from flows.arrivals import Arrivals, arrivals
from flows.home import CONFIG_FILE, Config, Home
from flows.ledger import Ledger
from flows.models import in_force
from flows.outlines import OUTLINES_FILE
from flows.program import code_version

LIST_FILE = "inputs.json"
_DECIDING_NOTHING = frozenset({PEOPLE_FILE, OUTLINES_FILE})
NOTE_SUFFIX = ".说明.txt"
"""A held or refused file lies beside a note that says why."""


@dataclass(frozen=True, kw_only=True)
class NewFile:
    """A file this night takes up: from the inbox, or a held one that a person released."""

    source: str
    file_name: str
    delivery: str
    sha256: str
    path: str
    released: bool = False
    control_rows: int | None = None
    announced_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Everything a night depends on."""

    night: date
    number: int
    baseline: bool
    known_arrivals: int
    ledger_position: int
    human_position: int
    new_files: tuple[NewFile, ...]
    settings: str
    tables: str
    code: str
    model: int = 0
    model_sha256: str = ""
    """The model in force; lists written before there were numbered models name none."""
    passed_over: tuple[str, ...] = ()
    """What lies in the inbox and cannot be taken, in sentences for the report."""

    @property
    def label(self) -> str:
        """The night's name on disk: its date, and its number where it is a supplement."""
        return f"{self.night}" if self.number == 1 else f"{self.night}-补充{self.number - 1}"

    @property
    def question(self) -> str:
        """One hash of what decides the outcome; equal questions have equal answers."""
        asked = asdict(self) | {"new_files": [file.delivery for file in self.new_files]}
        for name in ("number", "ledger_position", "passed_over"):
            asked.pop(name)
        return files.sha256(readable_json(asked).encode("utf-8"))


def folder_of(home: Home, night: date, number: int) -> Path:
    """Where a night keeps its list, run facts and unpublished results."""
    return home.state / "nights" / night.isoformat() / str(number)


def gather(home: Home, ledger: Ledger, night: date, *, number: int, baseline: bool) -> Inputs:
    """Look at everything once and say what this night will work on."""
    deliveries, position = ledger.deliveries(), ledger.position()
    model = in_force(home, ledger, position)
    inbox = arrivals(home.inbox, home.config.sources)
    return Inputs(
        night=night,
        number=number,
        baseline=baseline,
        known_arrivals=len(deliveries),
        ledger_position=position,
        human_position=ledger.human_position(),
        new_files=(*_released(home, ledger), *_arrived(home, inbox)),
        settings=keep_settings(home),
        tables=reference.fingerprint(),
        code=code_version(),
        model=model.number,
        model_sha256=model.sha256,
        passed_over=inbox.passed_over,
    )


def write_list(home: Home, inputs: Inputs) -> None:
    """Write the list before any work starts."""
    files.write(
        folder_of(home, inputs.night, inputs.number) / LIST_FILE, readable_json(asdict(inputs))
    )


def stored_list(home: Home, night: date, number: int) -> Inputs | None:
    """The list that a night was given, if there was such a night."""
    path = folder_of(home, night, number) / LIST_FILE
    if not path.exists():
        return None
    tree = json.loads(files.read_text(path))
    tree["night"] = date.fromisoformat(tree["night"])
    tree["new_files"] = tuple(NewFile(**file) for file in tree["new_files"])
    tree["passed_over"] = tuple(tree.get("passed_over", ()))
    return Inputs(**tree)


def numbers_of(home: Home, night: date) -> list[int]:
    """The numbers of the lists written for a date."""
    folder = home.state / "nights" / night.isoformat()
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(int(entry.name) for entry in found if (entry / LIST_FILE).exists())


def interrupted(home: Home, ledger: Ledger) -> Inputs | None:
    """The oldest list whose night never ended."""
    ended = {(row["night"], row["number"]) for row in ledger.nights()}
    root = home.state / "nights"
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        night = date.fromisoformat(folder.name)
        for number in numbers_of(home, night):
            if (folder.name, number) not in ended:
                return stored_list(home, night, number)
    return None


def keep_settings(home: Home) -> str:
    """Keep a copy of policy and doorstep.toml under their hash, so that a past night can be asked."""
    contents = settings_files(home)
    name = _fingerprint(home, contents)
    target = settings_folder(home, name)
    if not target.exists():
        files.write_folder(target, contents)
    return name


def _fingerprint(home: Home, contents: Mapping[str, bytes]) -> str:
    """One hash over what decides the outcome: threads, memory and the hour do not."""
    deciding: dict[str, Any] = {
        name: files.sha256(data) for name, data in contents.items() if name != CONFIG_FILE
    }
    deciding["site"] = asdict(home.config.site)
    deciding["sources"] = {name: asdict(one) for name, one in home.config.overlays.items()}
    return files.sha256(readable_json(deciding).encode())[:16]


def settings_files(home: Home) -> Mapping[str, bytes]:
    """The files a site is configured by; who may use it, and its map, decide nothing of a night."""
    policy = {
        f"policy/{path.name}": files.read(path)
        for path in files.listing(home.policy)
        if path.name not in _DECIDING_NOTHING
    }
    return {CONFIG_FILE: files.read(home.config_file), **policy}


def settings_folder(home: Home, name: str) -> Path:
    """Where a kept copy of the settings lies."""
    return home.archive / "settings" / name


def settings_of(home: Home, inputs: Inputs) -> tuple[Config, Path]:
    """The configuration and policy folder as they were when the list was written."""
    kept = settings_folder(home, inputs.settings)
    return Home(kept).config, kept / "policy"


def _arrived(home: Home, inbox: Arrivals) -> list[NewFile]:
    return [
        NewFile(
            source=one.source,
            file_name=one.path.name,
            delivery=one.sha256[:16],
            sha256=one.sha256,
            path=str(one.path.relative_to(home.root)),
            control_rows=one.control_rows,
            announced_sha256=one.announced_sha256,
        )
        for one in inbox.taken
    ]


def _released(home: Home, ledger: Ledger) -> list[NewFile]:
    wanted = ledger.released()
    accepted = {delivery.delivery for delivery in ledger.deliveries()}
    return [
        NewFile(
            source=path.parent.name,
            file_name=path.name.split("__", 1)[1],
            delivery=path.name.split("__", 1)[0],
            sha256=files.sha256(files.read(path)),
            path=str(path.relative_to(home.root)),
            released=True,
        )
        for source in home.config.sources
        for path in files.listing(home.held / source)
        if not path.name.endswith(NOTE_SUFFIX)
        and path.name.split("__", 1)[0] in set(wanted) - accepted
    ]


def readable_json(value: Any) -> str:
    """The same value always as the same text, one item a line."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, default=str)
