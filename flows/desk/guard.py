"""The desk's one door, on http and websocket alike: whoever has no open session gets no further.

Pure ASGI on purpose: middleware made for http alone leaves the notebooks' websocket open.
"""

from __future__ import annotations

import asyncio
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from flows.desk.accounts import Account, Accounts
from flows.desk.permissions import Need, is_allowed
from flows.desk.sessions import COOKIE, LANGUAGE_COOKIE, Session, Sessions
from flows.desk.words import N_, translator
from flows.errors import DoorstepError

LARGEST_BODY = 32 * 1024 * 1024
NOTEBOOKS = "/notebooks"
LOOK_EVERY = 20.0
"""Seconds between two looks at whether the reader of an open notebook may still be there."""

_CLOSE: Message = {"type": "websocket.close", "code": 1008}
_OPEN = ("/login", "/static/")

PAGES_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# marimo needs inline code, workers and evaluation; nothing may come from or go to another host.
NOTEBOOKS_POLICY = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; "
    "connect-src 'self' data: blob:; frame-ancestors 'none'; form-action 'self'"
)
_GUARDING = (
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


class Guard:
    """Finds the session of a request, or sends the reader to the login."""

    def __init__(self, app: ASGIApp, sessions: Sessions, accounts: Accounts) -> None:
        self._app = app
        self._sessions = sessions
        self._accounts = accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Admit, send to the login, or refuse."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        key = cookie(headers, COOKIE)
        if is_same_origin(headers) and self._may_stay(key, touch=True):
            await self._while_allowed(scope, receive, _until_closed(send), key)
        else:
            await receive()
            await send(_CLOSE)

    async def _while_allowed(self, scope: Scope, receive: Receive, send: Send, key: str) -> None:
        """Serve a notebook's stream; it ends with its session, even if nobody says a word."""

        async def received() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and not self._may_stay(key, touch=True):
                await send(_CLOSE)
                return {"type": "websocket.disconnect", "code": _CLOSE["code"]}
            return message

        serving = asyncio.ensure_future(self._app(scope, received, send))
        try:
            while not (await asyncio.wait({serving}, timeout=LOOK_EVERY))[0]:
                if not self._may_stay(key):
                    if scope["type"] == "websocket":
                        await send(_CLOSE)
                    return
            serving.result()
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

    def _may_stay(self, key: str, *, touch: bool = False) -> bool:
        """Whether a session is open to somebody who may read notebooks; to look prolongs nothing."""
        try:
            _, account = self._who(key, touch=touch)
        except DoorstepError:
            return False
        return account is not None and is_allowed(account.role, Need.NOTEBOOKS)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_notebook = scope["path"].startswith(NOTEBOOKS)
        headers = Headers(scope=scope)
        guarded = _with_headers(send, NOTEBOOKS_POLICY if is_notebook else PAGES_POLICY)
        try:
            session, account = self._who(cookie(headers, COOKIE))
        except DoorstepError as error:  # such as a home that was sealed anew while people work
            await in_a_line(headers, str(error), 503)(scope, receive, guarded)
            return
        if session is None and not scope["path"].startswith(_OPEN):
            await _to_login(scope, headers)(scope, receive, guarded)
        elif scope["method"] not in ("GET", "HEAD") and not is_same_origin(headers):
            await in_a_line(headers, N_("请求来自别的网页,未受理。"), 403)(scope, receive, guarded)
        elif is_notebook and not (account and is_allowed(account.role, Need.NOTEBOOKS)):
            await in_a_line(headers, N_("您的角色不能打开分析笔记。"), 403)(scope, receive, guarded)
        elif _announced(headers) > LARGEST_BODY:
            await in_a_line(headers, N_("上传的内容太大,未受理。"), 413)(scope, receive, guarded)
        else:
            scope.setdefault("state", {}).update(session=session, account=account)
            if session and is_notebook:  # marimo answers with events without an end, too
                await self._while_allowed(scope, _bounded(receive), guarded, session.key)
            else:
                await self._app(scope, _bounded(receive), guarded)

    def _who(self, key: str, *, touch: bool = True) -> tuple[Session | None, Account | None]:
        session = self._sessions.find(key, touch=touch)
        account = self._accounts.active(session.login) if session else None
        if session and account is None:
            self._sessions.end(session.key)
            return None, None
        return session, account


def cookie(headers: Headers, name: str) -> str:
    """A cookie's value; empty where there is none."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def is_same_origin(headers: Headers) -> bool:
    """Whether a page of this very desk sent it; of what changes something browsers always say so."""
    return urlsplit(headers.get("origin", "")).netloc == headers.get("host", "?")


def in_a_line(headers: Headers, text: str, status: int) -> Response:
    """A refusal without a page around it, in the reader's language."""
    said = translator(cookie(headers, LANGUAGE_COOKIE))(text)
    return PlainTextResponse(f"{said}\n", status)


def _to_login(scope: Scope, headers: Headers) -> Response:
    if scope["method"] != "GET":
        return in_a_line(headers, N_("登录已失效,请重新登录。"), 401)
    asked = scope["path"] + (
        f"?{scope['query_string'].decode('latin-1')}" * bool(scope["query_string"])
    )
    place = "/login" if asked == "/" else f"/login?next={quote(asked, safe='')}"
    return RedirectResponse(place, status_code=303)


def _announced(headers: Headers) -> int:
    text = headers.get("content-length", "0")
    return int(text) if text.isdigit() else LARGEST_BODY + 1


class BodyTooLargeError(Exception):
    """More came than was announced or allowed."""


def _bounded(receive: Receive) -> Receive:
    taken = 0

    async def received() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_BODY:
            raise BodyTooLargeError
        return message

    return received


def _until_closed(send: Send) -> Send:
    """Whichever side of the guard closes first: nothing can be sent after that."""
    is_closed = False

    async def sent(message: Message) -> None:
        nonlocal is_closed
        if not is_closed:
            is_closed = message["type"] == "websocket.close"
            await send(message)

    return sent


def _with_headers(send: Send, policy: str) -> Send:
    own = (*_GUARDING, (b"content-security-policy", policy.encode()))

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *own]}
        await send(message)

    return sent
