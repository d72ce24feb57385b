"""A small home that wants alerts, and a gateway on loopback that takes them."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from flows.home import existing_home
from flows.site import init_home


def wanting(folder, **alerts):
    """A new home whose doorstep.toml has this [alerts]."""
    if not folder.exists():
        init_home(folder)
    config = folder / "doorstep.toml"
    text = config.read_text("utf-8").split("\n[alerts]")[0]
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in alerts.items())
    config.write_text("\n".join([text, "[alerts]", *lines, ""]), "utf-8")
    return existing_home(folder)


class Gateway:
    """What arrived, and with what it is answered."""

    def __init__(self, port):
        self.port = port
        self.arrived = []
        self.answer = 200
        self.leads_to = None

    def url(self, host="127.0.0.1"):
        return f"json://{host}:{self.port}/alerts"


@contextmanager
def gateway(address="127.0.0.1"):
    """A gateway for short messages on loopback."""

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known.arrived.append(json.loads(body))
            self._answered()

        def do_GET(self):
            known.arrived.append(self.path)
            self._answered()

        def _answered(self):
            self.send_response(known.answer)
            if known.leads_to:
                self.send_header("Location", known.leads_to)
            self.end_headers()

        def log_message(self, *_said):
            pass

    with ThreadingHTTPServer((address, 0), Takes) as server:
        known = Gateway(server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield known
        finally:
            server.shutdown()
