"""Python runs this first in every process that inherits PYTHONPATH: who talks beyond us is noted and stopped."""

import errno
import ipaddress
import os
import socket

_NOTES = os.environ["DOORSTEP_TEST_CONNECTIONS"]
_OURSELVES = {None, "", b"", "localhost", b"localhost"}


def _note(kind, target):
    line = f"{kind} {target!r} {os.getpid()}\n".encode()
    descriptor = os.open(_NOTES, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(descriptor, line)
    os.close(descriptor)


def _is_ours(host):
    if host in _OURSELVES:
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


def _watched(kind, original):
    def wrapped(self, *arguments):
        target = arguments[-1]
        if isinstance(target, tuple) and not _is_ours(target[0]):
            _note(kind, target)
            raise OSError(errno.ENETUNREACH, "the tests allow no connection beyond this machine")
        return original(self, *arguments)

    return wrapped


def _watched_names(original):
    def wrapped(host, *arguments, **named):
        if not _is_ours(host):
            _note("getaddrinfo", host)
            raise socket.gaierror(socket.EAI_NONAME, "the tests allow no name beyond this machine")
        return original(host, *arguments, **named)

    return wrapped


for _kind in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, _kind, _watched(_kind, getattr(socket.socket, _kind)))
socket.getaddrinfo = _watched_names(socket.getaddrinfo)
