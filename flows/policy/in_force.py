"""The values in force on a day; asking for a day before the first of them is an error."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from data_contracts.policy.shared import SHARED
from flows.errors import DoorstepError
from flows.policy.declared import DECLARED, file_of, full_name
from flows.policy.values import Value
from transforms.signal import Signal


class NotInForce(DoorstepError, LookupError):  # noqa: N818 - a state of the policy, and reads as one
    """A value was asked for on a day for which the policy states none."""


@dataclass(frozen=True, kw_only=True)
class PolicyValue:
    """One value, the day it came into force and the document that says so."""

    value: Value
    since: date
    document: str
    document_date: date


@dataclass(frozen=True)
class Policy:
    """All values a county states, by full name (`signal.parameter`, or the shared one's name)."""

    stated: Mapping[str, tuple[PolicyValue, ...]]

    def limits(self, signal: Signal, on: date) -> SimpleNamespace:
        """The values that a signal's parameters have on a day, shared ones among them."""
        return SimpleNamespace(
            **{
                each.name: self.value(full_name(signal, each), on).value
                for each in signal.parameters
            }
        )

    def shared(self, on: date) -> SimpleNamespace:
        """The values that the shared parameters have on a day."""
        return SimpleNamespace(**{name: self.value(name, on).value for name in SHARED})

    def value(self, name: str, on: date) -> PolicyValue:
        """What is in force on a day under a full name."""
        in_force = [each for each in self.stated.get(name, ()) if each.since <= on]
        if not in_force:
            raise NotInForce(_advice(name, on))
        return max(in_force, key=lambda each: each.since)

    def missing(self, on: date) -> list[str]:
        """The declared values that nothing states for a day, by full name."""
        return [name for name in DECLARED if not self._states(name, on)]

    @property
    def fingerprint(self) -> str:
        """The sha256 of what is stated, whatever the order and layout of the files."""
        content = {
            name: [_plain(each) for each in sorted(values, key=lambda each: each.since)]
            for name, values in self.stated.items()
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def _states(self, name: str, on: date) -> bool:
        return any(each.since <= on for each in self.stated.get(name, ()))


def _advice(name: str, on: date) -> str:
    return (
        f"policy/{file_of(name)} 没有写明 {on} 已生效的“{name}”:"
        f"请在该文件加一段 [[{name}]],写上 from(不晚于 {on})、value、document、document_date"
    )


def _plain(value: PolicyValue) -> list[Any]:
    stated = value.value
    plain = list(stated) if isinstance(stated, tuple) else str(stated)
    return [value.since.isoformat(), plain, value.document, value.document_date.isoformat()]
