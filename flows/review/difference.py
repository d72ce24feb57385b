"""Where two texts differ, so that the eye finds a changed character among thirty."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import groupby, zip_longest

Stretches = list[tuple[str, bool]]
"""The text in pieces, each with whether the other text lacks it."""


def differences(left: str, right: str) -> tuple[Stretches, Stretches]:
    """Both texts in pieces, line compared with line; nothing differs from a line that is not there."""
    found: tuple[Stretches, Stretches] = ([], [])
    for at, lines in enumerate(zip_longest(left.split("\n"), right.split("\n"))):
        for pieces, line, told in zip(found, lines, _of_line(*lines), strict=True):
            if line is not None:
                pieces += [("\n", False)] if at else []
                pieces += told
    return _joined(found[0]), _joined(found[1])


def _of_line(left: str | None, right: str | None) -> tuple[Stretches, Stretches]:
    if not left or not right:
        return [(left or "", False)], [(right or "", False)]
    found: tuple[Stretches, Stretches] = ([], [])
    matcher = SequenceMatcher(a=left, b=right, autojunk=False)
    for what, from_left, to_left, from_right, to_right in matcher.get_opcodes():
        found[0].append((left[from_left:to_left], what != "equal"))
        found[1].append((right[from_right:to_right], what != "equal"))
    return found


def _joined(pieces: Stretches) -> Stretches:
    """The pieces without empty ones, neighbours of one kind as one."""
    said = [piece for piece in pieces if piece[0]]
    runs = groupby(said, key=lambda piece: piece[1])
    return [("".join(text for text, _ in run), differs) for differs, run in runs] or [("", False)]
