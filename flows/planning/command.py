"""`doorstep plan`: what other policy values would have changed on the last published night."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows import files, inputs, reference
from flows.errors import UsageError
from flows.home import Home
from flows.ledger import Ledger
from flows.night import recollected
from flows.planning.compared import Comparison, compared
from flows.planning.evaluation import Evaluated, evaluated, kept_still, ledger_of
from flows.planning.overlay import Overlaid, overlaid
from flows.planning.words import plan_lines
from flows.policy import Policy, load, parse
from flows.policy.declared import DECLARED
from flows.rulebook.meanings import said
from flows.steps import Step, plainly
from flows.tonight import Tonight


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A night as it is and as it would be; `head` says which values were tried."""

    night: date
    head: tuple[str, ...]
    found: Comparison
    before: Evaluated
    after: Evaluated
    townships: Mapping[str, str]

    @property
    def lines(self) -> list[str]:
        """What `doorstep plan` prints."""
        return [
            *self.head,
            *plan_lines(self.found, self.before, self.after, self.townships),
            "以上只是试算:没有派单,没有发布,也没有记入台账。",
        ]


def plan(home: Home, path: Path, step: Step = plainly) -> list[str]:
    """The lines that `doorstep plan` prints. `path` is a policy file with the values to try."""
    return planned(home, path, step).lines


def planned(home: Home, path: Path, step: Step = plainly) -> Planned:
    """The last published night asked twice: under the policy in force, and under a file's values."""
    if not path.is_file():
        raise UsageError(f"没有文件 {path}。请写明要试的政策文件。")
    tried = parse({path.name: files.read(path)})
    in_force = load(home.policy)
    ledger = ledger_of(home)
    with kept_still(home, ledger, "试算") as working:
        asked = _last(home, ledger)
        trial = overlaid(in_force, tried, asked.night)
        if not trial.tried:
            raise UsageError(
                f"{path.name} 没有在 {asked.night} 已生效的值。要试的值请把 from 写成不晚于这一天。"
            )
        known = recollected(home, ledger, asked, working, step)
        before = evaluated(known, in_force, step)
        after = evaluated(known, trial.policy, step)
    return Planned(
        night=asked.night,
        head=tuple(_head(trial, in_force, known)),
        found=compared(before, after),
        before=before,
        after=after,
        townships=reference.townships(home.config.site.county),
    )


def _last(home: Home, ledger: Ledger) -> inputs.Inputs:
    """The list of the newest night that ended."""
    last = max(ledger.nights(), key=lambda row: (row["night"], row["number"]))
    asked = inputs.stored_list(home, date.fromisoformat(last["night"]), last["number"])
    if asked is None:
        raise UsageError("上一夜的清单不在了,无法试算。请先运行 doorstep nightly。")
    return asked


def _head(trial: Overlaid, in_force: Policy, known: Tonight) -> Iterator[str]:
    night = known.inputs.night
    yield f"以 {night} 夜的数据试算:"
    for name in trial.tried:
        parameter = DECLARED[name]
        stated = any(entry.since <= night for entry in in_force.stated.get(name, ()))
        was = said(parameter, in_force.value(name, night).value) if stated else "未写明"
        will_be = said(parameter, trial.policy.value(name, night).value)
        yield f"  {name}({parameter.means}):{was} → {will_be}"
    if trial.later:
        yield f"  到 {night} 尚未生效、没有计入:{'、'.join(trial.later)}"
    if known.question.policy.fingerprint != in_force.fingerprint:
        yield "  policy/ 在这一夜之后改过;“现行”按现在的文件算,与当夜发布的可能不同。"
