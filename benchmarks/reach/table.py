"""The table: visits, precision, recall, and what single signals yield."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benchmarks.reach.truth import Need, Truth
from benchmarks.reach.visitor import Call


@dataclass(frozen=True)
class Reach:
    """What one way of choosing doors came to."""

    name: str
    calls: list[Call]

    @property
    def reached(self) -> set[int]:
        """The households that were in need when they were met."""
        return {
            one.household
            for one in self.calls
            if one.met and one.in_need and one.household is not None
        }


def reach_table(ways: Iterable[Reach], truth: Truth) -> str:
    """Every way beside the others; recall also by severity and by whether a source shows the need."""
    groups = {
        "all": set(truth.needs),
        **{f"sev {grade}": _with(truth.needs, severity=grade) for grade in (1, 2, 3)},
        "visible": _with(truth.needs, visible=True),
        "hidden": _with(truth.needs, visible=False),
    }
    head = f"{'':18}{'visits':>7}{'met':>6}{'needy':>7}{'precision':>11}"
    lines = [head + "".join(f"{name:>9}" for name in groups)]
    lines.append(
        f"{'truly needy':18}{'':31}" + "".join(f"{len(group):9}" for group in groups.values())
    )
    for way in ways:
        found, visits = way.reached, max(len(way.calls), 1)
        met = sum(one.met for one in way.calls)
        told = f"{way.name:18}{len(way.calls):7}{met:6}{len(found):7}{len(found) / visits:11.1%}"
        shares = (len(found & group) / max(len(group), 1) for group in groups.values())
        lines.append(told + "".join(f"{share:9.1%}" for share in shares))
    return "\n".join(lines)


def _with(needs: Mapping[int, Need], **wanted: object) -> set[int]:
    return {
        household
        for household, need in needs.items()
        if all(getattr(need, name) == value for name, value in wanted.items())
    }


def yield_table(flagged: Mapping[str, set[int]], truth: Truth) -> str:
    """Each signal's flagged households and the share of them truly in need, the most telling first."""
    told = {name: (len(found), len(found & truth.needs.keys())) for name, found in flagged.items()}
    order = sorted(told, key=lambda name: (-told[name][1] / told[name][0], name))
    lines = [f"{'signal':34}{'flagged':>8}{'needy':>7}{'yield':>8}"]
    for name in order:
        count, needy = told[name]
        lines.append(f"{name:34}{count:8}{needy:7}{needy / count:8.1%}")
    return "\n".join(lines)
