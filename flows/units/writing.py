"""`doorstep units --out DIR`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flows import files
from flows.errors import DoorstepError
from flows.home import Home
from flows.units.checking import asked_systemd, wrongs
from flows.units.rendering import render_units


def write_units(home: Home, out: Path, user: str, key_file: Path | None) -> Iterator[str]:
    """Write all files, say where, and say who judged them."""
    texts = render_units(home, user, key_file)
    if wrongs(texts):
        raise DoorstepError(
            "生成的服务配置格式不对,未写出。请把 doorstep.toml 的 [night] 告知维护人员。"
        )
    for name, text in texts.items():
        files.write(out / name, text)
    yield f"已写出 {len(texts)} 个文件到 {out}。安装步骤见 {out / '说明.txt'}。"
    said = asked_systemd(out, [name for name in texts if name.endswith((".service", ".timer"))])
    if said is None:
        yield "本机没有 systemd-analyze:格式只按程序自带的规则检查过。"
    elif said:
        yield from said
    else:
        yield "格式已由 systemd-analyze verify 检查,没有问题。"
