"""Python runs this first in every process that inherits PYTHONPATH: there is no network."""

import socket


def _closed(*_arguments, **_named):
    raise OSError("no network in this test")


for _name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, _name, _closed)
socket.getaddrinfo = _closed
