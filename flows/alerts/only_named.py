"""For as long as alerts are sent, this process reaches the named hosts and nothing else.

Settings are checked before; this holds for what a library does by itself: a redirect, a proxy of the
environment, a look for updates.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any


class NotNamedError(OSError):
    """Somebody tried to reach a host that [alerts] does not name."""


@contextmanager
def only_named(hosts: Iterable[str]) -> Iterator[None]:
    """Refuse every other host, by name and by address."""
    named = {host.lower() for host in hosts}
    reached = set(named)
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def careful_look_up(host: Any, *arguments: Any, **more: Any) -> Any:
        text = host.decode() if isinstance(host, bytes) else str(host)
        if text.lower() not in reached:
            raise NotNamedError("host is not named under [alerts]")
        found = look_up(host, *arguments, **more)
        reached.update(str(one[4][0]) for one in found)
        return found

    def careful_connect(self: socket.socket, address: Any) -> None:
        if not isinstance(address, tuple) or str(address[0]).lower() not in reached:
            raise NotNamedError("host is not named under [alerts]")
        connect(self, address)

    socket.getaddrinfo = careful_look_up
    socket.socket.connect = careful_connect  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        socket.getaddrinfo = look_up
        socket.socket.connect = connect  # type: ignore[method-assign]
