"""Every command: who may run it, what it lets them see, whether a run is written into the trail."""

from __future__ import annotations

from dataclasses import dataclass

from flows.access.roles import SEES, Role, Sight

OPERATOR, OFFICER, REVIEWER = Role.OPERATOR, Role.OFFICER, Role.REVIEWER
TOWNSHIP, AUDITOR, ADMINISTRATOR = Role.TOWNSHIP, Role.AUDITOR, Role.ADMINISTRATOR


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`noted`: every run is an entry of the trail; what notes itself, or shows no rows, is not.

    `anywhere`: needs no HOME (the caller's own files, public text), so nobody's role is asked.
    `signed`: its --who is the name that the table of people has for the account, and no other.
    """

    who: frozenset[Role] = frozenset()
    shows: frozenset[Sight] = frozenset()
    noted: bool = True
    anywhere: bool = False
    signed: bool = False


def _by(
    *who: Role, shows: tuple[Sight, ...] = (), noted: bool = True, signed: bool = False
) -> Rule:
    seen = frozenset({Sight.PLAIN, *shows})
    return Rule(who=frozenset(who), shows=seen, noted=noted, signed=signed)


_ANYWHERE = Rule(anywhere=True, noted=False)
_EVERYBODY = tuple(Role)
_CASE = (
    *(Sight.KEY, Sight.PLACE, Sight.PERSONAL, Sight.AMOUNT, Sight.DIAGNOSIS),
    *(Sight.SIGNAL, Sight.SENSITIVE, Sight.POLICE, Sight.NOTE),
)

COMMANDS: dict[str, Rule] = {
    "init": _ANYWHERE,
    "synth": _ANYWHERE,
    "demo": _ANYWHERE,
    "match": _ANYWHERE,
    "units": _by(OPERATOR, ADMINISTRATOR),
    "contract check": _by(OPERATOR, OFFICER),
    "rulebook": _by(*_EVERYBODY, noted=False),
    "nightly": _by(OPERATOR, OFFICER),
    "serve": _by(OPERATOR),
    "drift": _by(OPERATOR, OFFICER, AUDITOR, ADMINISTRATOR, noted=False),
    "status": _by(OPERATOR, OFFICER, AUDITOR, ADMINISTRATOR, noted=False),
    "doctor": _by(OPERATOR, OFFICER, AUDITOR, ADMINISTRATOR, noted=False),
    "alert test": _by(OPERATOR, ADMINISTRATOR),
    "alert send": _by(OPERATOR, noted=False),
    "heartbeat check": _by(OPERATOR, noted=False),
    "returns": _by(OPERATOR, OFFICER),
    "release": _by(OFFICER, signed=True),
    "why": _by(OFFICER, shows=_CASE),
    "rebuild": _by(OPERATOR, ADMINISTRATOR),
    "backup": _by(OPERATOR, ADMINISTRATOR),
    "restore": _by(ADMINISTRATOR),
    "retention": _by(OPERATOR, ADMINISTRATOR),
    "erase": _by(OFFICER, signed=True),
    "subject-report": _by(OFFICER, shows=tuple(Sight), noted=False),
    "unmask": _by(OFFICER, REVIEWER, TOWNSHIP, noted=False),
    "yield": _by(OFFICER, AUDITOR),
    "statistics": _by(OFFICER),
    "links": _by(OFFICER, shows=(Sight.KEY, Sight.SCORE)),
    "findings": _by(
        OFFICER, shows=(Sight.KEY, Sight.SIGNAL, Sight.SENSITIVE, Sight.POLICE, Sight.AMOUNT)
    ),
    "plan": _by(OFFICER, shows=(Sight.KEY, Sight.PLACE, Sight.SIGNAL)),
    "compare": _by(OFFICER, shows=_CASE),
    "console": _by(OPERATOR, ADMINISTRATOR, OFFICER),
    "people add": _by(ADMINISTRATOR),
    "people reset": _by(ADMINISTRATOR),
    "people disable": _by(ADMINISTRATOR),
    "people list": _by(ADMINISTRATOR, AUDITOR),
    "review export": _by(
        OFFICER,
        REVIEWER,
        shows=(
            *(Sight.KEY, Sight.MASKED, Sight.NAME, Sight.ADDRESS),
            *(Sight.PERSONAL, Sight.SCORE, Sight.SIGNAL),
        ),
    ),
    "review import": _by(OFFICER, REVIEWER),
    "review undo": _by(OFFICER, REVIEWER, signed=True),
    "review status": _by(OFFICER, REVIEWER, AUDITOR, noted=False),
    "model train": _by(OFFICER, OPERATOR),
    "model diff": _by(OFFICER, shows=(Sight.KEY, Sight.SCORE)),
    "model adopt": _by(OFFICER, signed=True),
    "model list": _by(OFFICER, OPERATOR, AUDITOR, noted=False),
    "keys rotate": _by(ADMINISTRATOR, signed=True),
    "keys new-key": _ANYWHERE,
    "keys seal": _by(ADMINISTRATOR, noted=False),
    "keys reseal": _by(ADMINISTRATOR, noted=False),
    "keys open": _by(OFFICER, shows=tuple(Sight)),
    "keys drill": _by(ADMINISTRATOR, AUDITOR),
    "audit verify": _by(AUDITOR, ADMINISTRATOR),
    "audit show": _by(AUDITOR, shows=(Sight.KEY,)),
}
"""A command that does not stand here runs for nobody."""


def may_run(role: Role, command: str) -> bool:
    """Whether the table lets a role run a command: it is named, and may see all that is shown."""
    rule = COMMANDS.get(command)
    return rule is not None and role in rule.who and rule.shows <= SEES[role]
