"""A Prefect server of our own, for as long as nights are served: the ephemeral one keeps no time."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import urlopen

import psutil

from flows.errors import DoorstepError
from flows.home import Home
from flows.leftovers import end_leftovers, note
from flows.sealing.key import without_keys

_API = "PREFECT_API_URL"
_PATIENCE_SECONDS = 180


@contextmanager
def lasting_server(home: Home) -> Iterator[None]:
    """Have a server that schedules, on loopback; one that is configured is used instead."""
    if os.environ.get(_API):
        yield
        return
    noted = home.state / "prefect-server.json"
    end_leftovers(noted)
    port = _free_port()
    server = _started(port)
    try:
        note(noted, [psutil.Process(), psutil.Process(server.pid)])
        address = f"http://127.0.0.1:{port}/api"
        _wait_for(server, address)
        os.environ[_API] = address
        yield
    finally:
        os.environ.pop(_API, None)
        _stop(server)


def _started(port: int) -> subprocess.Popen[bytes]:
    """In a session of its own: an interrupt from the keyboard ends us first, then we end it."""
    return subprocess.Popen(  # noqa: S603
        [
            *(sys.executable, "-m", "prefect", "server", "start", "--no-ui"),
            *("--host", "127.0.0.1", "--port", str(port)),
        ],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        env=without_keys(dict(os.environ)),
    )


def _wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"{address}/health", timeout=10):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)
    raise DoorstepError("Prefect 的本机服务未能启动。请运行 doorstep doctor 检查后重试。")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
