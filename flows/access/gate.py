"""The gate in front of every command: is it in the table, may this person, and write it down."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.access.commands import COMMANDS, Rule, may_run
from flows.errors import NotPermittedError, UsageError

if TYPE_CHECKING:
    from flows.access.people import Person

_MEANT = {
    "asked": re.compile(r"[PH][0-9]{8,9}|ZF[0-9]{6}-[0-9]{8}-[0-9]{4,6}-[0-9A-Z]"),
    "delivery": re.compile(r"[0-9a-f]{16}"),
    "number": re.compile(r"[0-9]{1,6}"),
}
"""What a command is about, and what our own names for it look like; nothing else typed is noted."""

_OURS = re.compile(
    r"(archive|held|refused|quarantine)/[a-z_]+/([0-9]{4}-[0-9]{2}-[0-9]{2}_)?[0-9a-f]{16}(?![0-9a-f])"
    r"|state/(?!.*[0-9]{8})[a-z0-9_/.-]+$"
)
"""Where we put files, by the part of their path that we name ourselves."""

_OUT_OF_A_BACKUP = "restore"

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def guarded(command: Any, name: str = "") -> Any:
    """The command line with the gate in front of every command in it."""
    below: Mapping[str, Any] = getattr(command, "commands", {})
    for word, one in below.items():
        guarded(one, f"{name} {word}".strip())
    if not below:
        command.invoke = partial(_admitted, name, command.invoke)
    return command


def _admitted(name: str, invoke: Callable[[Any], Any], context: Any) -> Any:
    """Run a command for those who may; a refusal is written down, too."""
    rule = COMMANDS.get(name)
    if rule is None:
        raise NotPermittedError(
            f"命令 {name} 没有登记在权限表中,谁也不能使用。请把它写进 flows/access/commands.py。"
        )
    home = None if rule.anywhere else _home(context.params)
    if home is not None:
        _admit(home, name, rule, context)
    if name == _OUT_OF_A_BACKUP:
        _admit_by_backup(name, context.params)
    return invoke(context)


def _home(params: Mapping[str, Any]) -> Any:
    """The HOME that a command is about; one that is none is left to the command to refuse."""
    from flows.home import Home

    given = params.get("home")
    home = Home(Path(given).resolve()) if given is not None else None
    return home if home is not None and home.config_file.is_file() else None


def _admit(home: Any, name: str, rule: Rule, context: Any) -> None:
    from flows.access.people import acting
    from flows.audit.entries import Deed
    from flows.audit.noting import note

    who = acting(home)
    if who.alone or (who.person and may_run(who.person.role, name)):
        if rule.signed and who.person:
            _sign(who.person, context)
        if rule.noted:
            note(home, _deed(home, name, context.params))
        return
    note(home, Deed(what="refused", on=name))
    raise NotPermittedError(
        f"{who.account}({who.role})不能使用 doorstep {name},这次尝试已记录。"
        "谁能使用见 docs/generated/roles.md;角色写在 policy/people.csv,由管理员修改。"
    )


def _admit_by_backup(name: str, params: Mapping[str, Any]) -> None:
    """The new folder is no HOME yet and has no trail: who may fill it, the backup itself says."""
    from flows.backup.admitting import acting_in

    who = acting_in(params["src"], params["home"], params["label"])
    if not who.alone and not (who.person and may_run(who.person.role, name)):
        raise NotPermittedError(
            f"{who.account}({who.role})不能使用 doorstep {name}:按备份中的 policy/people.csv,"
            "只有管理员可以恢复。没有恢复任何内容。"
        )


def _sign(person: Person, context: Any) -> None:
    """Put the person's name under what they do; nobody signs for somebody else."""
    typed = context.get_parameter_source("who").name == "COMMANDLINE"
    if typed and context.params["who"].strip() not in {person.name, person.account}:
        raise UsageError(
            f"--who 与当前账号 {person.account} 登记的姓名不符;请不写 --who,或写 policy/people.csv 中本人的姓名。"
        )
    context.params["who"] = person.name


def _deed(home: Any, name: str, params: Mapping[str, Any]) -> Any:
    """What is written down of a run: ids, days, numbers, and which file came in or was opened."""
    from flows import files
    from flows.audit.entries import Deed
    from flows.review.notes import why_not_kept

    meant = [
        str(params[one]) for one, form in _MEANT.items() if form.fullmatch(str(params.get(one)))
    ]
    reason = str(params.get("reason") or "").strip()
    brought = [params[one] for one in ("file", "policy") if isinstance(params.get(one), Path)]
    return Deed(
        what=name,
        on=meant[0] if meant else _place(home, params.get("file")),
        reason="(含号码,不保存)" if why_not_kept(reason) else reason,
        filter=";".join(
            f"{key}={value}" for key, value in sorted(params.items()) if _is_safe(value)
        ),
        sha256=files.sha256(files.read(brought[0])) if brought and brought[0].is_file() else "",
    )


def _place(home: Any, file: Any) -> str:
    """Where a file of HOME lies, as far as that is our own naming; what a sender called it is left out."""
    if not isinstance(file, Path) or not file.is_file():
        return ""
    place = file.resolve()
    inside = place.relative_to(home.root) if place.is_relative_to(home.root) else Path()
    ours = _OURS.match(inside.as_posix())
    return ours.group() if ours else ""


def _is_safe(value: Any) -> bool:
    """Whether an option's value can be about nobody: a number, a switch that is on, a day."""
    if isinstance(value, bool | int):
        return value is not False
    return isinstance(value, str) and bool(_DAY.fullmatch(value))
