"""Every night at the configured time, by Prefect's own scheduler."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flows.errors import DoorstepError
from flows.home import Home
from flows.orchestrate import set_environment
from flows.start import Wish, start

ZONE = "Asia/Shanghai"


def serve_nights(home: Home) -> None:
    """Serve the nightly flow until stopped. A night that cannot run says so and waits for the next."""
    set_environment(home)
    from prefect import flow
    from prefect.schedules import Cron

    @flow(name="doorstep-serve", persist_result=False)
    def tick() -> str:
        today = datetime.now(ZoneInfo(ZONE)).date()
        try:
            return start(home, Wish(on=today), prefect=False, say=True).message
        except DoorstepError as error:
            return str(error)

    cron = Cron(home.config.night.cron, timezone=ZONE)
    tick.serve(name=f"doorstep-{home.config.site.county}", schedule=cron, limit=1)
