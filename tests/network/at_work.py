"""Every command as somebody uses it, one after the other on one county, and how each must end."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flows import files
from flows.ledger import Ledger
from flows.publish.work_orders import LISTS
from flows.review.asking import export_questions
from flows.site import deliver_night, synthetic_nights
from flows.start import Wish, start
from tests.cli.conftest import shortened
from tests.match.test_match_command import written
from tests.night import county
from tests.returns.returned import Copy
from tests.review.review_home import FIRST_LINE, Sheet

KEY, OTHER = "ab" * 32, "cd" * 32
WHY = "核对救助申请材料"
ASKED_AT = datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True)
class Use:
    """The words of a command and the rest of its line, the exit codes of work that was done.

    around: what its environment holds besides. slow: only among the long proofs.
    """

    words: str
    rest: tuple = ()
    codes: tuple = (0,)
    around: dict = field(default_factory=dict)
    slow: bool = False

    @property
    def line(self):
        return [*self.words.split(), *map(str, self.rest)]


def prepared(after_first_night, folder):
    """A county in which something waits for every command."""
    home = shortened(county.copy(after_first_night, folder / "home"))
    last = synthetic_nights(home)[1]
    start(home, Wish(on=last + timedelta(days=1)), prefect=False)
    listed = next((home.outbox / str(last) / LISTS).glob("*.csv"))
    copy = Copy(listed.read_text("utf-8-sig"))
    files.write(home.returns / listed.name, copy.fill(copy.rows[0][0], 走访日期=str(last)).saved())
    files.write(home.quarantine / "vehicle" / "2020-01-01_old.csv", "x")
    deliver_night(home, synthetic_nights(home)[2])
    return home


def uses(home, folder):
    """What is typed, in this order."""
    ledger = Ledger(home.ledger)
    order = ledger.orders(ledger.position())[0]
    person, site = order.printed["lead"], ("--home", home.root)
    (held,) = [one for one in files.inside(home.held) if one.suffix == ".csv"]
    questions, number = _answered(home, folder)
    night, month = synthetic_nights(home)[1], f"{order.issued_on:%Y-%m}"
    backed, sealed = folder / "backup", {"DOORSTEP_KEY": KEY}
    resealed = {"DOORSTEP_KEY": OTHER, "DOORSTEP_OLD_KEY": KEY}
    asked = ("--reason", WHY, *site)
    by = ("--who", "王敏")
    return [
        Use("init", (folder / "new",)),
        Use("synth", (folder / "synth", "--residents", 500, "--nights", 1)),
        Use("status", site),
        Use("doctor", site, (0, 3)),
        Use("contract check", (_archived(home, "vehicle"), "--source", "vehicle")),
        Use("rulebook", site),
        Use("links", ("--out", folder / "links.parquet", *site)),
        Use("findings", ("--out", folder / "findings.parquet", *site)),
        Use("why", (order.order_no, *site)),
        Use("unmask", (person, "--column", "phone", *asked)),
        Use("yield", site),
        Use("drift", site),
        Use("statistics", ("--out", folder / "month.csv", "--month", month, *site)),
        Use("match", (written(folder), "--out", folder / "matched.parquet")),
        Use("units", ("--out", folder / "units", *site)),
        Use("heartbeat check", site),
        Use("people add", ("liu", "--name", "刘", "--role", "officer", *site)),
        Use("people reset", ("liu", *site)),
        Use("people list", site),
        Use("people disable", ("liu", *site)),
        Use("review export", (folder / "more.xlsx", *site)),
        Use("review import", (questions, *by, *site)),
        Use("review undo", (number, *asked, *by)),
        Use("review status", site),
        Use("model list", site),
        Use("returns", site),
        Use("release", (held.name.partition("__")[0], *asked, *by)),
        Use("retention", ("--apply", *site)),
        Use("keys new-key", ("--out", folder / "site.key")),
        Use("audit verify", site),
        Use("audit show", site),
        Use("nightly", ("--date", synthetic_nights(home)[2], *site), (0, 3), slow=True),
        Use("plan", ("--policy", home.policy / "county.toml", *site), slow=True),
        Use("compare", (night, *site), slow=True),
        Use("model train", site, slow=True),
        Use("model diff", (1, *site), slow=True),
        Use("model adopt", (1, *asked, *by), slow=True),
        Use("keys rotate", (*asked, *by), slow=True),
        Use("rebuild", site, (0, 3), slow=True),
        Use("subject-report", (person, "--out", folder / "report", *asked), slow=True),
        Use("erase", (person, *asked, *by), slow=True),
        Use("backup", (backed, *site), slow=True),
        Use("restore", (backed, "--home", folder / "restored"), (0, 3), slow=True),
        Use("keys seal", site, around=sealed, slow=True),
        Use("keys drill", site, around=sealed, slow=True),
        Use(
            "keys open",
            (home.state / "secret", "--out", folder / "open", *asked),
            around=sealed,
            slow=True,
        ),
        Use("keys reseal", site, around=resealed, slow=True),
        Use("demo", ("--home", folder / "demo", "--residents", 500, "--nights", 1), slow=True),
    ]


def _archived(home, source):
    return next((home.archive / source).iterdir())


def _answered(home, folder):
    """A sheet of questions with its first one answered, and that question's number."""
    path = folder / "questions.xlsx"
    export_questions(home, path, 100, None, ASKED_AT)
    sheet = Sheet(path)
    sheet.sheet.cell(FIRST_LINE, sheet.columns()["您的判断"]).value = "不是"
    return sheet.save(), sheet.text(FIRST_LINE, "问题编号")
