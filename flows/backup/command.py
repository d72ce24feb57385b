"""`doorstep backup` and `doorstep restore`: what they say and how they end."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from flows import files
from flows.audit.entries import Deed
from flows.audit.noting import note
from flows.backup.drilling import drill
from flows.backup.making import back_up
from flows.backup.restoring import home_in, restore
from flows.errors import Exit
from flows.home import Home
from flows.rebuild.command import told_of_rebuild
from flows.steps import Timed


def backup_home(
    home: Home, dest: Path, now: datetime, *, with_keys: bool, with_drill: bool
) -> tuple[Exit, list[str]]:
    """Make a backup and, where asked, find out whether it can be restored."""
    made = back_up(home, dest, now=now, with_keys=with_keys)
    lines = [
        f"已备份 {len(made.manifest.files)} 个文件(其中新复制 {made.copied} 个,"
        f"{made.bytes / 1e6:,.1f} MB)到 {dest};编号 {made.manifest.label}。",
        "备份已加密,恢复时需要加密密钥。"
        if made.manifest.key
        else "注意:没有配置密钥,备份未加密,含个人信息。",
    ]
    if made.dropped:
        lines.append(f"按保存期限删除了 {made.dropped} 份旧备份。")
    if not with_drill:
        return Exit.DONE, lines
    found = drill(home, dest, Timed(say=True))
    lines.append(
        f"演练:恢复 {found.files} 个文件并重建,{found.minutes:.1f} 分钟;"
        f"不同的字节 {found.bytes},不同的表 {len(found.differing)}/{found.tables}"
        f"{(':' + '、'.join(found.differing)) if found.differing else ''}。"
    )
    well = not found.bytes and not found.differing
    return (Exit.DONE if well else Exit.FAILED), lines


def restore_home(src: Path, root: Path, label: str | None) -> tuple[Exit, list[str]]:
    """Restore a backup into a new folder."""
    step = Timed(say=True)
    key = files.site_key(root)
    manifest, rebuilt = restore(src, root, label, key, step)
    note(home_in(root), Deed(what="restored", on=manifest.label, count=len(manifest.files)))
    lines = [
        f"已由备份 {manifest.label}(最近一夜 {manifest.night or '无'})恢复 "
        f"{len(manifest.files)} 个文件到 {root}。"
    ]
    if rebuilt is None:
        return Exit.DONE, lines
    lines += told_of_rebuild(rebuilt, sum(step.seconds.values()))
    lines.append("请运行 doorstep doctor;名单口令等没有放进备份的,请另行放回。")
    return (Exit.DONE if rebuilt.equal else Exit.WARNINGS), lines
