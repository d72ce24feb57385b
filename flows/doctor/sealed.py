"""Encryption at rest: whether there is a key, whether it lies apart, and what is not encrypted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flows import files
from flows.doctor.finding import Finding
from flows.home import CONFIG_FILE, Home
from flows.sealing.unsealed import unsealed_files


def key(home: Home, today: date) -> Iterator[Finding]:
    """A key is configured, and not inside the home that it seals."""
    yield Finding(
        what="加密密钥",
        well=files.site_key(home.root) is not None,
        mend="没有配置密钥,数据在磁盘上未加密。doorstep keys new-key --out 文件,写入 [secret] key_file,"
        "再运行 doorstep keys seal",
        mend_en="no key, so nothing is encrypted: doorstep keys new-key --out FILE, name it as key_file "
        "under [secret], then doorstep keys seal",
    )
    stated = home.config.secret.key_file
    if stated:
        yield Finding(
            what="密钥与数据分开存放",
            well=not (home.root / stated).resolve().is_relative_to(home.root.resolve()),
            mend=f"key_file 指向工作目录之内,备份会把密钥一起带走;请移到别处并改 {CONFIG_FILE}",
            mend_en=f"key_file lies inside HOME, so backups carry it along; move it and edit {CONFIG_FILE}",
        )


def places(home: Home, today: date) -> Iterator[Finding]:
    """Nothing lies open where a sealed home keeps it sealed; each place with what does."""
    found = unsealed_files(home)
    told = "、".join(f"{place} {count} 份" for place, count in sorted(found.items()))
    yield Finding(
        what="静态加密",
        well=not found,
        mend=f"未加密:{told}。配置密钥后运行 doorstep keys seal",
        mend_en="files lie open: configure a key, then doorstep keys seal",
    )
