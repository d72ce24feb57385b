"""docs/generated/dengbao3.md: the controls of level three and whose they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flows.assessor.control import Area, Control, Whose
from flows.assessor.managing import MANAGING
from flows.assessor.technical import TECHNICAL
from flows.markdown import table

AREAS: tuple[Area, ...] = (*TECHNICAL, *MANAGING)
_PREFACE = """# 等级保护第三级对照

本页由 `flows/assessor/` 生成,不要手工修改;改了以后运行 `make docs`。

逐项对照 GB/T 22239-2019 第 8.1 节(第三级安全通用要求)的控制点,供测评时参考,不是测评结论。
“本系统”一栏只写现有代码能证明的;某项所依靠的命令这个版本没有,就写“未覆盖”。云计算、移动互联、物联网、
工业控制各扩展要求不适用。
"""
_GUOMI = """## 密码应用(GB/T 39786-2021)

**未覆盖。** 加密用 AES,哈希用 SHA-256,消息鉴别用 HMAC-SHA-256;没有使用 SM2、SM3、SM4,也没有使用经认证的
密码模块。需要通过密码应用安全性评估的单位,可以:

- 把工作目录放在经认证的国密加密存储或加密卷上(存储机密性和完整性由该产品提供),不必改本系统;
- 文件封装集中在 `flows/sealing/container.py`,数据库加密集中在 `flows/sealing/databases.py`:前者可以换成调用
  国密模块的实现,后者取决于 DuckDB 和 SQLCipher 所支持的算法,目前没有 SM4;
- 传输由国密网关或 VPN 提供;
- 命令行的身份鉴别由操作系统接入国密 UKey,本系统按操作系统账号认人;工作台的第二因素目前是动态口令。

记录号、连接键和审计链所用的哈希写进了历史数据,更换算法须重建,目前没有这样的工具。
"""


def render_dengbao() -> str:
    """The whole page."""
    return "\n".join(_parts())


def _parts() -> Iterator[str]:
    yield _PREFACE
    controls = [control for area in AREAS for control in area.controls]
    counts = Counter(control.stands for control in controls)
    yield table(("由谁负责", "控制点"), ((whose.value, str(counts[whose])) for whose in Whose))
    for area in AREAS:
        yield f"## {area.clause} {area.title}\n"
        yield table(
            ("条款", "控制点", "由谁负责", "怎样做到", "在哪里可以看到"),
            (
                (f"{area.clause}.{place}", one.name, one.stands.value, _how(one), _shown(one))
                for place, one in enumerate(area.controls, start=1)
            ),
        )
    yield _GUOMI


def _how(control: Control) -> str:
    if control.missing:
        return f"这个版本没有命令 {'、'.join(f'`{one}`' for one in control.missing)}"
    return control.how


def _shown(control: Control) -> str:
    if control.missing:
        return ""
    named = [*control.shown, *(f"doorstep {one}" for one in control.commands)]
    return "、".join(f"`{one}`" for one in named)
