"""doorstep keys seal, reseal, new-key, open: what a person does about encryption at rest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from flows import files
from flows.errors import UsageError
from flows.home import CONFIG_FILE, Home
from flows.sealing.converting import bring_under
from flows.sealing.key import KEY, OLD_KEY, SealingKey, new_key
from flows.sealing.marker import Marker
from flows.sealing.places import MARKER, sealed_root

_OLD_BLOCKS = "原来的明文已被替换,但磁盘上可能仍有残留块;需要时请按等保要求擦除磁盘空闲空间。"


def seal_from_birth(home: Home) -> None:
    """A new home is sealed before its first file where a key is configured, and open otherwise."""
    key = files.site_key(home.root)
    if key is not None:
        files.write_raw(home.root / MARKER, Marker(key=key.id).written().encode("ascii"))


def seal_home(home: Home) -> str:
    """Seal an open home where it lies, or go on where that was interrupted; again changes nothing."""
    key, marker = _key(home), files.seal_marker(home.root)
    if marker is not None and marker.key != key.id:
        raise UsageError(
            f"工作目录已用另一把密钥({marker.key})加密。要换成现在这把({key.id}),"
            "请运行 doorstep keys reseal。"
        )
    if marker is not None and marker.before:
        raise UsageError("上一次更换密钥没有完成。请运行 doorstep keys reseal 补完。")
    changed = bring_under(home, key, None)
    if not changed:
        return f"已经全部加密(密钥 {key.id}),没有要做的。"
    return f"已加密(密钥 {key.id}):{_told(changed)}。{_OLD_BLOCKS}"


def reseal_home(home: Home) -> str:
    """Seal a sealed home anew with another key: everything is written again, nothing stays under the old."""
    key, before, marker = _key(home), files.former_key(), files.seal_marker(home.root)
    if marker is None:
        raise UsageError("工作目录尚未加密。请运行 doorstep keys seal。")
    if marker.finished and marker.key == key.id:
        return f"现用的就是这把密钥({key.id}),没有要做的。"
    if not marker.finished and marker.key != key.id:
        raise UsageError(f"上一次没有换完的新密钥是 {marker.key},请先用它补完。")
    wanted = marker.key if marker.finished else marker.before
    if not wanted:
        raise UsageError("上一次加密没有完成。请运行 doorstep keys seal 补完。")
    if before is None or before.id != wanted:
        raise UsageError(
            f"更换密钥还需要原来的那把({wanted})。请设置 {OLD_KEY} 或 {OLD_KEY}_FILE。"
        )
    changed = bring_under(home, key, before)
    return f"已改用密钥 {key.id}:{_told(changed)}。旧密钥只有旧备份还需要。"


def make_key(out: Path | None) -> str:
    """A new key: shown, or written to a file that only its owner can read."""
    if out is None:
        return new_key()
    if out.exists():
        raise UsageError(f"{out.name} 已存在,没有覆盖。密钥一旦丢失,数据无法恢复。")
    files.write(out, new_key() + "\n")
    return (
        f"已写入 {out}(仅所有者可读)。请另存一份在别处:丢了它,数据无法恢复。"
        f"然后在 {CONFIG_FILE} 的 [secret] 写 key_file,再运行 doorstep keys seal。"
    )


def take_out(home: Home, path: Path, out: Path) -> str:
    """An open copy of a sealed file, for a department to be mailed or a file to be looked at."""
    if not path.is_file():
        raise UsageError(f"没有 {path.name} 这个文件。")
    if path.suffix in {".duckdb", ".sqlite"}:
        raise UsageError("数据库不能整份取出。请用 doorstep 的查询和导出命令。")
    if sealed_root(path) != home.root:
        raise UsageError(f"{path.name} 不在这个工作目录的加密位置,本来就可以直接打开。")
    if out.exists():
        raise UsageError(f"{out.name} 已存在,没有覆盖。请换一个文件名。")
    if sealed_root(out) is not None:
        raise UsageError("取出的文件不能放在加密的位置里。请换一个地方。")
    files.write(out, files.read(path))
    return f"已取出到 {out}(未加密)。用完请删除。"


def refuse_open_with_key(home: Home) -> None:
    """A key that is configured is meant: no night writes rows in the open beside it."""
    if files.seal_marker(home.root) is None and files.site_key(home.root) is not None:
        raise UsageError("已配置加密密钥,但工作目录还没有加密。请先运行 doorstep keys seal。")


def _key(home: Home) -> SealingKey:
    key = files.site_key(home.root)
    if key is None:
        raise UsageError(
            f"没有配置密钥。可用 doorstep keys new-key --out 文件 生成,然后设置 {KEY}_FILE "
            f"或 {CONFIG_FILE} 的 [secret] key_file。"
        )
    return key


def _told(changed: Mapping[str, int]) -> str:
    return "、".join(f"{place} {count} 份" for place, count in sorted(changed.items()))
