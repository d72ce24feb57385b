"""Make a site's folder, and the few things a person decides about it."""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path

from data_contracts.sources import SOURCES
from flows import files
from flows.errors import DoorstepError, UsageError
from flows.home import CONFIG_FILE, Home
from flows.ledger import Ledger
from flows.policy import template
from flows.sealing.commands import seal_from_birth

_CONFIG = """\
# Doorstep 站点配置。改动从下一夜起生效。 / Settings of this site; changes count from the next night.

[site]
name = "{name}"            # 县(市、区)名称
county = "{county}"        # 6 位行政区划代码
contact = "{contact}"      # 印在工作单上的联系方式

[night]
cron = "30 1 * * *"        # 每晚 01:30(Asia/Shanghai)
threads = 2
memory_gb = 4
temp_gb = 20

# [alerts]                 # 失败、迟到、久无动静时告诉谁;不写 hosts 则什么也不发送
# hosts = ["qyapi.weixin.qq.com"]
# urls_file = "alert_urls" # 每行一个地址,chmod 600;写法见 docs/guides/engineer.md

# 各来源与契约不同之处写在这里,不用改代码。 complete_since:从哪一天起,该来源对其人群是完整的;
# 不写表示“不知道”,则任何“没有记录”都不当作“没有”。
"""


def init_home(root: Path) -> str:
    """Make the folders, a doorstep.toml to fill in and policy templates without values."""
    home = _new_home(root)
    config = _CONFIG.format(name="", county="", contact="")
    overlays = "\n".join(
        f"# [sources.{name}]            # {source.title}\n# complete_since = 2024-01-01\n"
        for name, source in SOURCES.items()
    )
    files.write(home.config_file, config + "\n" + overlays)
    for name, text in template().items():
        files.write(home.policy / name, text)
    _make_folders(home)
    return (
        f"已建立 {home.root}。下一步:1) 填写 {CONFIG_FILE};2) 在 policy/ 填写政策数值及其文件依据;"
        "3) 把各部门文件放入 inbox/来源名/;4) 运行 doorstep doctor,再运行 doorstep nightly --baseline。"
    )


def synthetic_home(root: Path, *, residents: int, nights: int, seed: int) -> str:
    """Make a synthetic county: its files night by night, its policy, its truth."""
    from flows import synth

    home = _new_home(root)
    _make_folders(home)
    county = synth.synthesise(home.root, residents=residents, nights=nights, seed=seed)
    config = _CONFIG.format(
        name=county.county_name, county=county.county_code, contact="虚构县民政局(演示)"
    )
    overlays = "\n".join(
        f"[sources.{name}]\ncomplete_since = {since.isoformat()}\n"
        for name, since in sorted(county.complete_since.items())
    )
    files.write(home.config_file, config + "\n" + overlays)
    for path in files.listing(Path(synth.__file__).parent / "policy"):
        files.write(home.policy / path.name, files.read(path))
    for path, purpose in ((home.state / "secret", ""), (home.join_secret_file, " join keys")):
        files.write(path, files.sha256(f"synthetic county {seed}{purpose}".encode()))
    return (
        f"已生成虚构县 {home.root}:{residents} 人,首夜 {county.first_night} 之后 {nights} 夜。"
        "文件在 inbox-by-night/,真值在 truth/。"
    )


def deliver_night(home: Home, night: date) -> int:
    """Move a synthetic night's files into the inbox; returns how many."""
    folder = home.root / "inbox-by-night" / night.isoformat()
    moved = 0
    for source in SOURCES:
        for path in files.listing(folder / source):
            files.move(path, home.inbox / source / path.name)
            moved += 1
    return moved


def synthetic_nights(home: Home) -> list[date]:
    """The nights a synthetic county has files for; the first is the baseline."""
    folder = home.root / "inbox-by-night"
    return sorted(date.fromisoformat(entry.name) for entry in folder.iterdir())


def release_delivery(home: Home, delivery: str, reason: str, who: str) -> str:
    """Note that a person lets a held delivery in."""
    if not reason.strip():
        raise UsageError("请用 --reason 写明放行理由。")
    if not who.strip():
        raise UsageError("请用 --who 写明放行人。")
    held = {
        path.name.split("__", 1)[0]: path.parent.name
        for source in SOURCES
        for path in files.listing(home.held / source)
    }
    if delivery not in held:
        waiting = "、".join(sorted(held)) or "无"
        raise UsageError(f"没有批次号为 {delivery} 的暂缓文件。现有暂缓批次:{waiting}。")
    Ledger(home.ledger).release(delivery, reason.strip(), who.strip())
    return f"已放行 {held[delivery]} 的批次 {delivery},下一次夜间任务将装载它。"


def _new_home(root: Path) -> Home:
    home = Home(root.resolve())
    if home.config_file.exists():
        raise DoorstepError(f"{home.root} 已经是一个工作目录,未做任何改动。请换一个目录。")
    files.folder(home.root)
    seal_from_birth(home)
    return home


def _make_folders(home: Home) -> None:
    for source in SOURCES:
        files.folder(home.inbox / source)
    for folder in (home.outbox, home.archive, home.state, home.quarantine, home.policy):
        files.folder(folder)
    files.folder(home.root / "returns")
    _ = home.secret
    files.write(home.join_secret_file, secrets.token_hex(32))
