"""The console's door: the notebook as a local web application that only its link opens."""

from __future__ import annotations

import hmac
import os
import secrets
import socket
import webbrowser
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import typer
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from flows.errors import UsageError

NOTEBOOK = Path(__file__).resolve().parent.parent / "notebooks" / "console.py"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
COOKIE = "doorstep_console"

# The page may load from its own server only; marimo needs inline code, workers and evaluation.
POLICY = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; "
    "connect-src 'self' data: blob:; frame-ancestors 'none'; form-action 'self'"
)
GUARDING = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


class Guard:
    """Lets through only who carries the session's token, on http and on websockets alike.

    A middleware for http alone would leave the websocket open, and the websocket carries the data.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Admit, turn the link into a cookie, or refuse."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._is_admitted(scope):
            await self._app(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._has_link(scope):
            await self._hand_out_cookie(scope)(scope, receive, send)
        elif self._is_admitted(scope):
            await self._app(scope, receive, _with_guarding_headers(send))
        else:
            refusal = "请使用启动 doorstep console 时显示的完整链接打开本页。\n"
            await PlainTextResponse(refusal, status_code=401)(scope, receive, send)

    def _is_admitted(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        return _from_own_page(headers) and self._is_token(_cookie_of(headers))

    def _has_link(self, scope: Scope) -> bool:
        given = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        return scope["method"] == "GET" and self._is_token(given.get("token", ""))

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self._token.encode())

    def _hand_out_cookie(self, scope: Scope) -> RedirectResponse:
        kept = [pair for pair in parse_qsl(scope["query_string"].decode()) if pair[0] != "token"]
        # A leading `//` would send the browser to another host.
        place = "/" + scope["path"].lstrip("/") + (f"?{urlencode(kept)}" if kept else "")
        answer = RedirectResponse(
            place, status_code=303, headers={"referrer-policy": "no-referrer"}
        )
        answer.set_cookie(COOKIE, self._token, httponly=True, samesite="lax", path="/")
        return answer


def _from_own_page(headers: Headers) -> bool:
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def _cookie_of(headers: Headers) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _with_guarding_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *GUARDING]}
        await send(message)

    return sent


def guarded_app(snapshot: Path, token: str) -> ASGIApp:
    """The console over `snapshot`, closed to everybody without `token`."""
    os.environ["DOORSTEP_SNAPSHOT"] = str(snapshot.resolve())
    os.environ["DO_NOT_TRACK"] = "1"
    os.environ["MARIMO_SKIP_UPDATE_CHECK"] = "1"
    import marimo

    notebook = marimo.create_asgi_app(quiet=True, include_code=False)
    return Guard(notebook.with_app(path="/", root=str(NOTEBOOK)).build(), token)


def serve(
    snapshot: Path, host: str = "127.0.0.1", port: int = 2718, open_browser: bool = False
) -> None:
    """Show `snapshot` until interrupted; the link with this session's token is printed once."""
    import uvicorn

    listening = _listen(host, port)
    token = secrets.token_urlsafe(32)
    app = guarded_app(snapshot, token)
    link = f"http://{_bracketed(host)}:{listening.getsockname()[1]}/?token={token}"
    if host not in LOOPBACK:
        typer.echo(f"注意:查看台在 {host} 上对本机以外开放,且未加密。", err=True)
    typer.echo(f"查看台已启动,按 Ctrl+C 结束。请打开:\n{link}")
    if open_browser:
        webbrowser.open_new_tab(link)
    # No access log: it would write the token of the first request.
    config = uvicorn.Config(app, log_level="warning", access_log=False, ws="websockets-sansio")
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise UsageError(
            f"无法在 {host}:{port} 启动查看台:地址无效或端口已被占用,请用 --port 换一个端口"
        ) from error
    listening.listen()
    return listening


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
