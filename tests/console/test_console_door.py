import asyncio

import pytest

from flows.console import COOKIE, NOTEBOOK, Guard, _listen
from flows.errors import UsageError

TOKEN = "T" * 43


class Room:
    """The application behind the door; it remembers who came in."""

    def __init__(self):
        self.visits = []

    async def __call__(self, scope, receive, send):
        self.visits.append(scope["type"])
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"inside"})
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})


@pytest.fixture
def room():
    return Room()


def knock(room, kind="http", path="/", query="", method="GET", **headers):
    """What the door sends back."""
    sent = []
    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [
            (b"host", b"127.0.0.1:2718"),
            *((name.encode(), value.encode()) for name, value in headers.items()),
        ],
    }

    async def receive():
        return {"type": f"{kind}.connect" if kind == "websocket" else "http.request"}

    async def send(message):
        sent.append(message)

    asyncio.run(Guard(room, TOKEN)(scope, receive, send))
    return sent


def header(answer, name):
    return dict(answer[0]["headers"]).get(name.encode(), b"").decode()


WITH_COOKIE = {"cookie": f"other=1; {COOKIE}={TOKEN}"}


@pytest.mark.parametrize(
    "headers",
    [{}, {"cookie": f"{COOKIE}="}, {"cookie": f"{COOKIE}={TOKEN}x"}, {"cookie": f"other={TOKEN}"},
     {"cookie": "\x00;;=,"}, {"authorization": f"Bearer {TOKEN}"}],
)  # fmt: skip
def test_without_the_token_neither_page_nor_websocket_opens(room, headers):
    assert knock(room, **headers)[0]["status"] == 401
    assert knock(room, kind="websocket", **headers) == [{"type": "websocket.close", "code": 1008}]
    assert room.visits == []


@pytest.mark.parametrize("query", ["token=", "token=wrong", f"token={TOKEN}x", f"x={TOKEN}", "%ff"])
def test_a_wrong_link_opens_nothing(room, query):
    assert knock(room, query=query)[0]["status"] == 401
    assert room.visits == []


def test_the_link_becomes_a_cookie_that_scripts_cannot_read_and_leaves_the_address(room):
    answer = knock(room, path="/", query=f"household=H1&token={TOKEN}")
    assert answer[0]["status"] == 303
    assert header(answer, "location") == "/?household=H1"
    cookie = header(answer, "set-cookie")
    assert cookie.startswith(f"{COOKIE}={TOKEN};")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert room.visits == []


def test_the_link_never_sends_the_browser_to_another_host(room):
    answer = knock(room, path="//elsewhere.example/", query=f"token={TOKEN}")
    assert header(answer, "location") == "/elsewhere.example/"


def test_the_token_in_the_address_does_not_open_a_websocket_or_a_post(room):
    assert knock(room, kind="websocket", query=f"token={TOKEN}")[0]["type"] == "websocket.close"
    assert knock(room, method="POST", query=f"token={TOKEN}")[0]["status"] == 401
    assert room.visits == []


def test_with_the_cookie_page_and_websocket_open(room):
    assert knock(room, **WITH_COOKIE)[0]["status"] == 200
    assert knock(room, kind="websocket", **WITH_COOKIE) == [{"type": "websocket.accept"}]
    assert room.visits == ["http", "websocket"]


def test_another_sites_page_cannot_use_the_cookie(room):
    foreign = {**WITH_COOKIE, "origin": "http://127.0.0.1:8000"}
    own = {**WITH_COOKIE, "origin": "http://127.0.0.1:2718"}
    assert knock(room, kind="websocket", **foreign)[0]["type"] == "websocket.close"
    assert knock(room, method="POST", **foreign)[0]["status"] == 401
    assert knock(room, kind="websocket", **own) == [{"type": "websocket.accept"}]


def test_every_page_forbids_the_browser_to_load_from_elsewhere(room):
    policy = header(knock(room, **WITH_COOKIE), "content-security-policy")
    assert policy.startswith("default-src 'self'")
    assert "http" not in policy


def test_a_taken_port_is_said_in_one_line():
    with _listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"127.0.0.1:{port}.*--port"):
            _listen("127.0.0.1", port)


def test_the_notebook_lies_where_the_door_looks_for_it():
    assert NOTEBOOK.is_file()
