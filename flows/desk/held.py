"""Deliveries that wait for a person to let them in, as they lie in HOME/held."""

from __future__ import annotations

from dataclasses import dataclass

from flows import files
from flows.home import Home


@dataclass(frozen=True, kw_only=True)
class Held:
    """One delivery outside its band; `reason` is what the night wrote beside it."""

    delivery: str
    source: str
    title: str
    file_name: str
    reason: str
    is_released: bool


def held_deliveries(home: Home, released: frozenset[str]) -> list[Held]:
    """Every held delivery by source; one that was let in waits there for the next night."""
    found = []
    for source in home.config.sources.values():
        for path in files.listing(home.held / source.name):
            delivery, parted, file_name = path.name.partition("__")
            if parted and not path.name.endswith(".txt"):
                note = path.with_name(f"{path.name}.说明.txt")
                found.append(
                    Held(
                        delivery=delivery,
                        source=source.name,
                        title=source.title,
                        file_name=file_name,
                        reason=files.read_text(note).strip() if note.exists() else "",
                        is_released=delivery in released,
                    )
                )
    return found
