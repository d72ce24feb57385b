"""Policy drafts: values that somebody would like to see in force, and a second person's yes or no.

A draft lies in HOME/policy/drafts, where no night reads it; who drafted it and its hash stand in the
ledger. Only when a colleague has adopted it, and the ledger says so, is it copied into HOME/policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from flows import files
from flows.errors import UsageError
from flows.home import Home
from flows.ledger import Ledger
from flows.policy.in_force import Policy
from flows.policy.reading import parse
from flows.policy.values import Value

DRAFTED, ADOPTED, REJECTED = "policy_drafted", "policy_adopted", "policy_rejected"
_ID_LENGTH = 12


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft and what became of it.

    values: full names with their values as the file states them, as text. figures: what the trial said.
    decided: the kind of the entry that ended it, and by whom, when and why; empty while it waits.
    """

    draft: str
    sha256: str
    since: date
    document: str
    document_date: date
    values: Mapping[str, str]
    figures: Mapping[str, Any]
    reason: str
    who: str
    at: str
    decided: str = ""
    decided_by: str = ""
    decided_at: str = ""
    decided_why: str = ""


def folder_of(home: Home) -> Path:
    """Where drafts lie."""
    return home.policy / "drafts"


def adopted_file(home: Home, draft: str) -> Path:
    """Where an adopted draft is in force from its day on."""
    return home.policy / f"adopted-{draft}.toml"


def draft_text(values: Mapping[str, Value], since: date, document: str, dated: date) -> str:
    """The values as a policy file; only numbers can be drafted at the desk."""
    return "\n".join(
        f"[[{name}]]\nfrom = {since}\nvalue = {value}\n"
        f"document = {_quoted(document)}\ndocument_date = {dated}\n"
        for name, value in sorted(values.items())
    )


def save_draft(
    home: Home,
    values: Mapping[str, Value],
    *,
    since: date,
    document: str,
    document_date: date,
    reason: str,
    figures: Mapping[str, Any],
    who: str,
    at: str,
) -> Draft:
    """Keep values with their day and document as a draft; the same text is the same draft."""
    text = draft_text(values, since, document, document_date)
    parse({"draft.toml": text.encode()})
    digest = files.sha256(text.encode())
    draft = digest[:_ID_LENGTH]
    ledger = Ledger(home.ledger)
    if draft in drafts(ledger):
        raise UsageError("同样的草案已经有了。")
    body = {
        "draft": draft,
        "sha256": digest,
        "since": since.isoformat(),
        "document": document,
        "document_date": document_date.isoformat(),
        "values": {name: str(value) for name, value in values.items()},
        "figures": dict(figures),
        "reason": reason,
        "who": who,
        "at": at,
    }
    files.write(folder_of(home) / f"{draft}.toml", text)
    ledger.note(DRAFTED, body)
    return drafts(ledger)[draft]


def drafts(ledger: Ledger) -> dict[str, Draft]:
    """Every draft by its number, the oldest first."""
    found: dict[str, Draft] = {}
    for row in ledger.notes((DRAFTED, ADOPTED, REJECTED)):
        body = dict(row["body"])
        if row["kind"] == DRAFTED:
            for name in ("since", "document_date"):
                body[name] = date.fromisoformat(body[name])
            found[body["draft"]] = Draft(**body)
        else:
            found[body["draft"]] = replace(
                found[body["draft"]],
                decided=row["kind"],
                decided_by=row["who"],
                decided_at=body["at"],
                decided_why=body["reason"],
            )
    return found


def refuse_unfit(home: Home, one: Draft, who: str, night: date) -> bytes:
    """The draft's text, if `who` may adopt it after `night`; else a line that says why not."""
    if one.decided == REJECTED:
        raise UsageError("这份草案已经决定不采纳。请重新起草。")
    if one.who == who:
        raise UsageError("起草人不能采纳自己的草案,请另一位经办人来办。")
    path = folder_of(home) / f"{one.draft}.toml"
    content = files.read(path) if path.is_file() else b""
    if files.sha256(content) != one.sha256:
        raise UsageError("草案文件不在了,或起草后被改动过,不能采纳。请重新起草。")
    if one.since <= night and not one.decided:
        raise UsageError(f"生效日 {one.since} 已过,过去的夜晚不能改。请重新起草。")
    return content


def adopt(home: Home, one: Draft, *, who: str, reason: str, at: str, night: date) -> None:
    """Put a draft in force from its day on: into the ledger first, then into the policy's folder.

    If the machine stopped between the two, adopting again writes the file and no second entry.
    """
    content = refuse_unfit(home, one, who, night)
    target = adopted_file(home, one.draft)
    _parsed_with(home, target.name, content)
    if not one.decided:
        body = {"draft": one.draft, "sha256": one.sha256, "reason": reason, "at": at}
        Ledger(home.ledger).note(ADOPTED, body, who)
    head = f"# 在工作台起草({one.who})并经另一人采纳({who}),{at};依据见各段。\n\n"
    files.write(target, head.encode() + content)


def reject(home: Home, one: Draft, *, who: str, reason: str, at: str) -> None:
    """Decide that a draft is not wanted; the drafter may do so, too."""
    if one.decided:
        raise UsageError("这份草案已经有了结论。")
    body = {"draft": one.draft, "sha256": one.sha256, "reason": reason, "at": at}
    Ledger(home.ledger).note(REJECTED, body, who)


def _parsed_with(home: Home, name: str, content: bytes) -> Policy:
    """The policy with one more file: a clash of days is found before anything is written."""
    kept = {path.name: files.read(path) for path in sorted(home.policy.glob("*.toml"))}
    return parse({**kept, name: content})


def _quoted(text: str) -> str:
    """A TOML string on one line."""
    told = "".join(letter if letter.isprintable() else " " for letter in text)
    return '"' + told.replace("\\", "\\\\").replace('"', '\\"') + '"'
