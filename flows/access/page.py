"""The table of roles as one Chinese page: docs/generated/roles.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows.access.columns import LEDGER, SNAPSHOT, classes
from flows.access.commands import COMMANDS, may_run
from flows.access.roles import DUTIES, SEES, Role, Sight
from flows.access.unmasking import COLUMNS
from flows.markdown import table

_PREFACE = """# 角色、命令与数据列

本页由 `flows/access/` 生成,不要手工修改;改了以后运行 `make docs`。

谁是什么角色,写在 `policy/people.csv`(账号、姓名、角色、乡镇代码)。没有这份文件时为单人模式:能登录本系统账号的人
可使用全部命令,`doctor` 会说明。不在下表中的命令谁也不能使用;被拒绝的尝试写入审计记录。
"""


def render_roles() -> str:
    """The duties, the commands by role, the classes of columns by role, and where columns lie."""
    return "\n".join(_parts())


def _parts() -> Iterator[str]:
    roles = tuple(role.value for role in Role)
    yield _PREFACE
    yield "## 角色\n"
    yield table(("角色", "职责"), ((role.value, DUTIES[role]) for role in Role))
    yield "## 命令\n"
    yield table(
        ("命令", *roles, "写入审计"),
        (
            (f"`{name}`", *(_mark(may_run(role, name)) for role in Role), _mark(rule.noted))
            for name, rule in COMMANDS.items()
            if not rule.anywhere
        ),
    )
    free = "、".join(f"`{name}`" for name, rule in COMMANDS.items() if rule.anywhere)
    yield f"不需要站点、不分角色的命令(只用本人的文件或建立新目录):{free}。\n"
    yield "`unmask` 自己写入审计,先记后看;乡镇经办只能看本乡镇工作单上的人。\n"
    yield "## 可以看到的数据\n"
    yield table(
        ("数据类别", *roles),
        ((sight.value, *(_mark(sight in SEES[role]) for role in Role)) for sight in Sight),
    )
    yield "`unmask` 可以查看:\n"
    yield table(
        ("列", *roles),
        (
            (
                f"`{name}`({one.title})",
                *(_mark(may_run(role, "unmask") and one.sight in SEES[role]) for role in Role),
            )
            for name, one in COLUMNS.items()
        ),
    )
    for title, tables in (("已发布库", SNAPSHOT), ("台账", LEDGER)):
        yield f"## {title}各列的类别\n"
        yield "一列有几个类别时,须全部可看才能看。\n"
        yield table(("表", "列", "类别"), _columns(tables))


def _columns(tables: Mapping[str, Mapping[Sight, str]]) -> Iterator[tuple[str, ...]]:
    for name, drawn in tables.items():
        by_class: dict[str, list[str]] = {}
        for column, sights in classes(drawn).items():
            told = "、".join(sight.value for sight in Sight if sight in sights)
            by_class.setdefault(told, []).append(f"`{column}`")
        for told, columns in by_class.items():
            yield f"`{name}`", "、".join(columns), told


def _mark(yes: bool) -> str:
    return "✓" if yes else ""
