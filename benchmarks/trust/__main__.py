"""The table of trust: python -m benchmarks.trust [case ...] [--again | --show] [--out FILE].

The whole takes hours. A row that was seen on this very code is not run again, so that the whole can be
stopped and taken up; --again runs it all the same, --show runs nothing. Every row says when it last ran,
and on which code where that is another. --out writes the table between the marks of a page, or makes the
file.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.trust.cases import CASES
from benchmarks.trust.identity import code_of
from flows import files

_SEEN = Path("build/trust.json")
_BEGIN, _END = "<!-- table -->", "<!-- end of table -->"


def main() -> int:
    """Run what is asked and not yet seen, and print the whole table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("cases", nargs="*", help=", ".join(CASES))
    asked.add_argument("--again", action="store_true")
    asked.add_argument("--show", action="store_true")
    asked.add_argument("--out", type=Path)
    wish = asked.parse_args()
    unknown = sorted(set(wish.cases) - set(CASES))
    if unknown:
        sys.stderr.write(f"no such case: {', '.join(unknown)}\n")
        return 2
    seen = _seen()
    for name in () if wish.show else wish.cases or CASES:
        if wish.again or seen.get(name, {}).get("code") != code_of(CASES[name]):
            seen[name] = _run(name)
            files.write(_SEEN, json.dumps(seen, ensure_ascii=False, indent=1))
    table = "\n".join(_table(seen)) + "\n"
    sys.stdout.write(table)
    if wish.out:
        files.write(wish.out, page_with(table, wish.out))
    return 0 if all(seen.get(name, {}).get("passed") for name in CASES) else 1


def page_with(table: str, page: Path) -> str:
    """The page with the table in the place that is marked for it; the table alone where none is."""
    text = files.read_text(page) if page.exists() else ""
    before, begun, rest = text.partition(_BEGIN)
    _, ended, after = rest.partition(_END)
    return f"{before}{begun}\n{table}{ended}{after}" if begun and ended else table


def _seen() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(files.read_text(_SEEN)) if _SEEN.exists() else {}
    return found


def _run(name: str) -> dict[str, Any]:
    started = time.perf_counter()
    row = CASES[name]()
    return asdict(row) | {
        "on": datetime.now(UTC).isoformat(timespec="minutes"),
        "seconds": round(time.perf_counter() - started),
        "code": code_of(CASES[name]),
    }


def _table(seen: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield "| case | asked | seen | passed | last run |"
    yield "| --- | --- | --- | --- | --- |"
    for name in CASES:
        row = seen.get(name)
        if row is None:
            yield f"| {name} | | | not run | |"
            continue
        other = "" if row["code"] == code_of(CASES[name]) else ", other code"
        told = f"{row['on']}, {row['seconds']} s{other}"
        yield (
            f"| {row['case']} | {row['asked']} | {row['seen']} "
            f"| {'yes' if row['passed'] else 'NO'} | {told} |"
        )


if __name__ == "__main__":
    sys.exit(main())
