"""A synthetic county, its baseline and its nights, and what came of one visit, in one process."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flows.demo_village import VILLAGE, send_back
from flows.errors import Exit, UsageError
from flows.home import Home, existing_home
from flows.site import deliver_night, synthetic_home, synthetic_nights
from flows.start import Wish, start


def run_demo(
    root: Path, *, residents: int, nights: int, seed: int, say: Callable[[str], None]
) -> None:
    """Make the county, run the baseline and every night, and say where to look."""
    if root.exists() and any(root.iterdir()):
        raise UsageError(f"{root} 已存在且不为空。请删除它,或用 --home 指定新的目录。")
    started = time.perf_counter()
    say(synthetic_home(root, residents=residents, nights=nights, seed=seed))
    made = time.perf_counter()
    say(f"生成用时 {made - started:.0f} 秒 / made in {made - started:.0f} s")
    home = existing_home(root)
    ended = run_all(home, say)
    say(f"{len(ended)} 夜用时 {time.perf_counter() - made:.0f} 秒 / nights took this long")
    show_the_way_back(home, say)
    _where_to_look(home, say)


def show_the_way_back(home: Home, say: Callable[[str], None]) -> None:
    """Let the village send its list back, run the night after, and say what is known of the visit."""
    from flows.why_household import why_household

    last = synthetic_nights(home)[-1]
    order = send_back(home, last)
    if order is None:
        return
    say(f"{VILLAGE}走访后寄回反馈({order}) / the village sends its list back")
    done = start(home, Wish(on=last + timedelta(days=2)))
    say(f"{last + timedelta(days=2)} {done.message}")
    for line in why_household(home, order):
        say(f"  {line}")


def run_all(home: Home, say: Callable[[str], None]) -> list[int]:
    """Run every synthetic night in order, as the schedule would; returns their exit codes."""
    exits = []
    for place, night in enumerate(synthetic_nights(home)):
        deliver_night(home, night)
        done = start(home, Wish(on=night, baseline=place == 0))
        say(f"{night} {'首夜 ' if place == 0 else ''}{done.message}")
        exits.append(int(done.exit))
    return [code for code in exits if code in (Exit.DONE, Exit.WARNINGS)]


def _where_to_look(home: Home, say: Callable[[str], None]) -> None:
    latest = home.outbox / synthetic_nights(home)[-1].isoformat()
    say("")
    say(f"工作单 lists:    {latest / '工作单'}")
    say(f"晨报 report:     {latest / '晨报.html'}")
    say(f"控制台 console:  doorstep console --home {home.root}")
