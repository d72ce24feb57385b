"""`doorstep console`: the desk and the notebooks on one address, this machine's own unless told."""

from __future__ import annotations

import socket
import webbrowser

import typer

from flows.desk.accounts import Accounts
from flows.desk.app import desk_app
from flows.desk.notebooks import notebook_app
from flows.errors import UsageError
from flows.home import Home

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def serve(
    home: Home, host: str = "127.0.0.1", port: int = 2718, open_browser: bool = False
) -> None:
    """Serve until interrupted."""
    import uvicorn

    listening = listen(host, port)
    app = desk_app(home, notebooks=notebook_app(home))
    link = f"http://{_bracketed(host)}:{listening.getsockname()[1]}/"
    if host not in LOOPBACK:
        typer.echo(
            f"注意:工作台在 {host} 上对本机以外开放,且未加密;请放在带 HTTPS 的代理之后。", err=True
        )
    if not Accounts(home.state / "accounts.json").all():
        typer.echo("还没有账号。请另开一个窗口运行 doorstep people add。", err=True)
    typer.echo(f"工作台已启动,按 Ctrl+C 结束。请打开:\n{link}")
    if open_browser:
        webbrowser.open_new_tab(link)
    # No access log: addresses say which household somebody looked at, and the trail says it better.
    # No log of its own: its tracebacks could quote a row; the house's log notes kind and place.
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """The address to serve on, or a line that says why not."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise UsageError(
            f"无法在 {host}:{port} 启动工作台:地址无效或端口已被占用,请用 --port 换一个端口"
        ) from error
    listening.listen()
    return listening


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
