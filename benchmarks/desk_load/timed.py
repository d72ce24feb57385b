"""The desk, saying in every answer how long it took to make.

    python -m benchmarks.desk_load.timed HOME PORT

The time runs from the request to the first byte of the answer, and pages are made whole before that.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from flows.desk.app import desk_app
from flows.home import existing_home


class Timed:
    """Around the whole application, guard and waiting for a thread included."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the milliseconds in a header."""
        began = time.perf_counter()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                spent = f"desk;dur={1000 * (time.perf_counter() - began):.1f}".encode()
                message = {**message, "headers": [*message["headers"], (b"server-timing", spent)]}
            await send(message)

        await self._app(scope, receive, sent)


if __name__ == "__main__":
    app = Timed(desk_app(existing_home(Path(sys.argv[1]))))
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="warning", access_log=False)
