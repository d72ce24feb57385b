"""The licence of every locked package, as the installed package states it.

`python -m supply.licences` prints the page docs/generated/licences.md.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from supply.check import Check, State
from supply.lock import RUNTIME, read_lock

EXPLAINED = {
    "docutils": "public domain and BSD-2-Clause; GPL covers an Emacs file that is not imported",
    "text-unidecode": "to be had under the Artistic License or the GPL; taken under the former",
    "sqlcipher3": "its metadata names none; the licence file in the package is zlib's, SQLCipher's is BSD-3-Clause",
}
"""Packages whose stated licence is not plain, and how a person read it."""

_STRONG = re.compile(
    r"(?<!L)\b(A?GPL|(AFFERO )?GENERAL PUBLIC)|(?<!LESSER )GENERAL PUBLIC", re.IGNORECASE
)
_WEAK = re.compile(r"\b(LGPL|MPL)|LESSER GENERAL|MOZILLA", re.IGNORECASE)
_LONG = 60


@dataclass(frozen=True)
class Licence:
    """A package, what it states (None: nothing, or not installed here), and what kind that is."""

    name: str
    version: str
    states: str | None

    @property
    def kind(self) -> str:
        """permissive, weak copyleft, strong copyleft or unknown."""
        if not self.states:
            return "unknown"
        if _STRONG.search(self.states.replace("Lesser General", "")):
            return "strong copyleft"
        return "weak copyleft" if _WEAK.search(self.states) else "permissive"


def licences(root: Path) -> list[Licence]:
    """Of every package a county installs, by name."""
    packages = sorted(read_lock(root, RUNTIME).packages, key=lambda one: one.name)
    return [Licence(one.name, one.version, stated(one.name)) for one in packages]


def stated(name: str) -> str | None:
    """What the installed package says: SPDX expression, else classifiers, else the licence line."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    if expression := told.get_all("License-Expression"):
        return str(expression[0])
    classifiers = told.get_all("Classifier") or []
    named = [one.split(" :: ")[-1] for one in classifiers if one.startswith("License :: OSI")]
    line = (told.get_all("License") or [""])[0].partition("\n")[0]
    return "; ".join(named) or (line if 0 < len(line) <= _LONG else None)


def licence_check(root: Path) -> Check:
    """Strong copyleft and unknown ones are problems unless a person has explained them."""
    found = licences(root)
    if not any(one.states for one in found):
        return Check("licences", State.NOT_CHECKED, "no package is installed here")
    odd = [one for one in found if one.kind in {"strong copyleft", "unknown"}]
    problems = [
        f"{one.name}: {one.states or 'unknown'}" for one in odd if one.name not in EXPLAINED
    ]
    weak = sum(one.kind == "weak copyleft" for one in found)
    return Check.of(
        "licences", f"{len(found)} packages, {weak} weak copyleft, {len(odd)} explained", problems
    )


def page(root: Path) -> str:
    """The list as Markdown."""
    rows = "".join(
        f"| {one.name} | {one.version} | {one.states or '(none stated)'} | {one.kind} | "
        f"{EXPLAINED.get(one.name, '')} |\n"
        for one in licences(root)
    )
    return _HEAD + rows


_HEAD = """# Licences of what is installed beside Doorstep

Made by `make docs` from requirements.lock and the packages installed here. Doorstep is Apache-2.0 and
ships none of them; they are used unmodified and each can be replaced, which is what the weak copyleft
licences (LGPL, MPL) ask for. No package is used under a strong copyleft licence (GPL, AGPL).

| package | version | states | kind | remark |
| --- | --- | --- | --- | --- |
"""

if __name__ == "__main__":
    sys.stdout.write(page(Path.cwd()))
