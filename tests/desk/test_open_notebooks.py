"""An open notebook ends with its session, though the server does all the talking."""

import asyncio
from dataclasses import replace

import pytest
from starlette.websockets import WebSocketDisconnect

from flows.access.roles import Role
from flows.desk import guard
from flows.desk.people import disable_person
from flows.desk.sessions import IDLE_SECONDS, LONGEST_SECONDS
from tests.desk.desk_client import HOST, Desk, send

SOME, MANY = 50, 2000
"""Ticks of the room: enough for several looks, and more than any end may take."""


class Room:
    """Stands for the notebooks: says a word every few milliseconds, and remembers what it hears."""

    def __init__(self):
        self.is_empty, self.heard = True, []

    async def __call__(self, scope, receive, send):
        self.is_empty = False
        if scope["type"] == "http":
            await self.events(send)
            return
        await receive()
        await send({"type": "websocket.accept"})
        ticking = asyncio.ensure_future(self.tick(send))
        try:
            while (message := await receive())["type"] != "websocket.disconnect":
                self.heard.append(message["text"])
        finally:
            ticking.cancel()
            self.is_empty = True

    async def events(self, send):
        """An answer that is never complete, as marimo gives it at /sse."""
        try:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            for tick in range(MANY):
                await send({"type": "http.response.body", "body": b"tick", "more_body": True})
                await asyncio.sleep(0.005)
                if tick == SOME:
                    self.meanwhile()
        finally:
            self.is_empty = True

    async def tick(self, send):
        while True:
            await asyncio.sleep(0.005)
            await send({"type": "websocket.send", "text": "tick"})


@pytest.fixture
def room():
    return Room()


@pytest.fixture
def desk(own_desk, room, monkeypatch):
    """A desk with notebooks that looks every few ticks."""
    monkeypatch.setattr(guard, "LOOK_EVERY", 0.02)
    return Desk(own_desk.home, notebooks=room, roles=(Role.OFFICER,))


def notebook(browser):
    return browser.websocket_connect("ws://desk/notebooks/console/ws", headers={"origin": HOST})


def heard(socket, ticks):
    """What an open notebook said; an end of it goes up."""
    return [socket.receive_text() for _ in range(ticks)]


def turn(desk, seconds):
    desk.clock.now += seconds


def demote(desk):
    account = desk.accounts.all()["officer"]
    desk.accounts.change(account, replace(account, role=Role.AUDITOR))


ENDS = {
    "nobody clicks": lambda desk, browser: turn(desk, IDLE_SECONDS),
    "ten hours are over": lambda desk, browser: turn(desk, LONGEST_SECONDS),
    "logged out elsewhere": lambda desk, browser: send(browser, "/logout"),
    "disabled": lambda desk, browser: disable_person(desk.home, "officer"),
    "demoted": lambda desk, browser: demote(desk),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_an_open_notebook_ends_with_its_session_and_its_account(desk, room, end):
    browser = desk.browser()
    with notebook(browser) as socket:
        assert set(heard(socket, SOME)) == {"tick"}
        end(desk, browser)
        with pytest.raises(WebSocketDisconnect) as ended:
            heard(socket, MANY)
    assert ended.value.code == 1008
    assert room.is_empty


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_stream_of_events_ends_with_them_too(desk, room, end):
    browser = desk.browser()
    other = desk.stranger()
    other.cookies.update(browser.cookies)
    room.meanwhile = lambda: end(desk, other)
    said = browser.get("/notebooks/console/sse").content
    assert SOME * len(b"tick") < len(said) < MANY * len(b"tick")
    assert room.is_empty


def test_what_the_server_says_does_not_keep_a_session_awake(desk):
    browser = desk.browser()
    with notebook(browser) as socket:
        turn(desk, IDLE_SECONDS - 1)
        heard(socket, SOME)
        turn(desk, 1)
        with pytest.raises(WebSocketDisconnect):
            heard(socket, MANY)
    assert browser.get("/me").status_code == 303


def test_what_the_reader_says_keeps_it_awake(desk, room):
    browser = desk.browser()
    with notebook(browser) as socket:
        turn(desk, IDLE_SECONDS - 1)
        socket.send_text("a click")
        heard(socket, SOME)
        assert room.heard == ["a click"]
        turn(desk, IDLE_SECONDS - 1)
        assert set(heard(socket, SOME)) == {"tick"}


def test_the_first_word_after_the_end_is_not_passed_on(desk, room, monkeypatch):
    monkeypatch.setattr(guard, "LOOK_EVERY", 3600)
    with notebook(desk.browser()) as socket:
        turn(desk, IDLE_SECONDS)
        socket.send_text("too late")
        with pytest.raises(WebSocketDisconnect) as ended:
            heard(socket, MANY)
    assert ended.value.code == 1008
    assert room.heard == []
    assert room.is_empty
