"""Run a night in a process of its own and kill -9 it at a chosen moment."""

import multiprocessing
import os
import signal
from datetime import date
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["flows.night", "great_expectations", "tests.night.killing"])

BETWEEN_COMMIT_AND_LEDGER = "between the rows' commit and the ledger"
BEFORE_THE_LEDGER_ENDS_THE_NIGHT = "before the ledger takes the night"
BEFORE_PUBLISHING = "between the ledger and the outbox"
INSIDE_PUBLISHING = "between the outbox and the snapshot"

MOMENTS = (
    BETWEEN_COMMIT_AND_LEDGER,
    BEFORE_THE_LEDGER_ENDS_THE_NIGHT,
    BEFORE_PUBLISHING,
    INSIDE_PUBLISHING,
)


def ends_with(target, *arguments) -> int:
    """Run a function in a fresh process; returns its exit code, -9 where it was killed."""
    process = _CONTEXT.Process(target=target, args=arguments)
    process.start()
    process.join(120)
    assert process.exitcode is not None, "the night hangs"
    return process.exitcode


def die(*_arguments, **_named):
    os.kill(os.getpid(), signal.SIGKILL)


def killed_at_step(root: Path, night: date, step_name: str) -> None:
    """The night dies when the step begins."""
    from flows.home import Home
    from flows.night import run
    from flows.start import Wish

    def step(name, work):
        return die() if name == step_name else work()

    run(Home(root), Wish(on=night), around=lambda _home, _label, work: work(step))


def killed_at_moment(root: Path, night: date, moment: str) -> None:
    """The night dies inside a step, where two stores could disagree."""
    from flows import intake, outbox
    from flows import night as nightly
    from flows.home import Home
    from flows.ledger import Ledger
    from flows.start import Wish

    if moment == BETWEEN_COMMIT_AND_LEDGER:
        intake._note_accepted = die
    elif moment == BEFORE_THE_LEDGER_ENDS_THE_NIGHT:
        Ledger.end_night = die
    elif moment == BEFORE_PUBLISHING:
        end = Ledger.end_night
        Ledger.end_night = lambda self, ended: (end(self, ended), die())
    else:
        move = outbox.files.move
        outbox.files.move = lambda path, to: (move(path, to), die()) if to.name == str(night) else 0
    nightly.run(Home(root), Wish(on=night))


def finished(root: Path, night: date) -> None:
    """What the next start does."""
    from flows.home import Home
    from flows.start import Wish, start

    start(Home(root), Wish(on=night), prefect=False)


BEFORE_THE_LEDGER_HAS_THE_KEYS = "before the ledger has the new keys"
BEFORE_THE_SECRET_IS_IN_FORCE = "between the ledger and the secret"
BEFORE_THE_HASHES = "between the secret and the working database"
ROTATING = (
    BEFORE_THE_LEDGER_HAS_THE_KEYS,
    BEFORE_THE_SECRET_IS_IN_FORCE,
    BEFORE_THE_HASHES,
)


def killed_while_rotating(root: Path, moment: str) -> None:
    """The rotation of keys dies where stores could disagree."""
    from flows import keys
    from flows.home import Home
    from flows.ledger import Ledger

    if moment == BEFORE_THE_LEDGER_HAS_THE_KEYS:
        Ledger.rotate_keys = die
    elif moment == BEFORE_THE_SECRET_IS_IN_FORCE:
        rotate = Ledger.rotate_keys
        Ledger.rotate_keys = lambda self, *told: (rotate(self, *told), die())
    else:
        remove = keys.files.remove
        keys.files.remove = lambda path: (remove(path), die())
    keys.rotate_keys(Home(root), "王", "例行", "2026-11-20T10:00:00")
