"""Every night at the configured time, by Prefect's own scheduler."""

from __future__ import annotations

import signal
import sys
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flows import logs
from flows.errors import DoorstepError, one_line
from flows.home import CONFIG_FILE, Home
from flows.leftovers import end_all
from flows.orchestrate import NightFailedError, set_environment
from flows.prefect_server import lasting_server
from flows.start import PATIENCE, Wish, start

ZONE = "Asia/Shanghai"


def serve_nights(home: Home) -> None:
    """Serve the nightly flow until stopped. A night that cannot run says so and waits for the next."""
    set_environment(home)
    _end_at_once_when_stopped()
    name = f"doorstep-{home.config.site.county}"
    times = schedule(home)
    with lasting_server(home):
        sys.stderr.write(f"按 {times.cron}({times.timezone})每晚运行;按 Ctrl+C 结束。\n")
        nightly_flow(home).serve(name, schedule=times, limit=1, print_starting_message=False)


def _end_at_once_when_stopped() -> None:
    """A stop ends all that we started: a night may be killed anywhere, and the next finishes it.

    Prefect 3.8 would wait for the night, and its handler of SIGTERM ends in a traceback.
    """
    from prefect.runner import Runner

    Runner.handle_sigterm = staticmethod(end_all)  # type: ignore[assignment, method-assign]
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, end_all)


def schedule(home: Home) -> Any:
    """When nights run: the site's cron line, always in Shanghai's time."""
    from prefect.schedules import Cron

    try:
        return Cron(home.config.night.cron, timezone=ZONE)
    except ValueError:
        raise DoorstepError(
            f'{CONFIG_FILE}:[night] 的 cron 写法不对。应为“分 时 日 月 周”,例如 "30 1 * * *"。'
        ) from None


def nightly_flow(home: Home) -> Any:
    """What the scheduler starts: today's night."""
    from prefect import flow

    @flow(name="doorstep-serve", persist_result=False)
    def tick() -> str:
        today = datetime.now(ZoneInfo(ZONE)).date()
        with logs.kept():  # Prefect starts every night in a process of its own
            logs.into(home.root, "serve")
            try:
                message = start(home, Wish(on=today), say=True, patience=PATIENCE).message
            except Exception as error:
                message = one_line(error)
                logs.note_error("serve.night_failed", error)
                sys.stderr.write(f"{message}\n")
            else:
                sys.stderr.write(f"{message}\n")
                return message
        raise NightFailedError

    return tick
