"""Each role runs each command on a county: what it may not run is refused and on record, and of what
it may not see nothing is printed or written."""

import csv
import io

import openpyxl
import polars as pl
import pytest
from typer.main import get_command

from flows import cli, files
from flows.access.commands import COMMANDS, may_run
from flows.access.roles import SEES, Role, Sight
from flows.audit.entries import read_line
from flows.audit.trail import Trail
from flows.errors import Exit
from flows.ledger import Ledger
from flows.site import synthetic_nights
from tests.access.sights import leaked, values_of
from tests.privacy.looking import hits

ACCOUNTS = {
    Role.OPERATOR: "op",
    Role.OFFICER: "officer",
    Role.REVIEWER: "reviewer",
    Role.TOWNSHIP: "clerk",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "admin",
}
READING = {
    "status": (),
    "doctor": (),
    "why": ("{household}",),
    "yield": (),
    "links": ("--out", "{out}.parquet"),
    "findings": ("--out", "{out}.parquet"),
    "review export": ("{out}.xlsx",),
    "review status": (),
    "model list": (),
    "rulebook": (),
    "audit show": (),
    "audit verify": (),
    "plan": ("--policy", "{policy}"),
    "compare": ("{night}",),
    "model diff": ("0",),
    "subject-report": ("{person}", "--reason", "本人书面申请查阅", "--out", "{out}"),
    "keys open": ("{policy}", "--out", "{out}", "--reason", "寄回更正"),
}
"""The commands that read, with arguments that make them show something."""


@pytest.fixture
def seen(home):
    """By class: values of the county that stand for it."""
    return values_of(home)


@pytest.fixture
def household(home):
    """A household that has a finding."""
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        return snapshot.execute("SELECT min(household_id) FROM finding").fetchone()[0]


def texts_of(path):
    """What a written file shows."""
    if path.suffix == ".parquet":
        return [str(value) for row in pl.read_parquet(path).iter_rows() for value in row]
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return [
            str(cell.value)
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
    return [files.read_text(path)]


def test_the_search_finds_what_the_officer_may_see(home, household, seen, run_as, tmp_path):
    out = tmp_path / "questions.xlsx"
    told = [run_as("officer", "why", household, "--home", home.root).out]
    run_as("officer", "findings", "--out", tmp_path / "f.parquet", "--home", home.root)
    told += texts_of(tmp_path / "f.parquet")
    for sight in (Sight.KEY, Sight.SIGNAL, Sight.AMOUNT):
        assert leaked(seen[sight], told), sight
    run_as("officer", "review", "export", out, "--home", home.root)
    assert leaked(seen[Sight.NAME], texts_of(out))
    assert leaked({"139A"}, ["x 139A"]) == {"139A"}


@pytest.mark.parametrize("role", Role, ids=lambda role: role.name.lower())
def test_no_role_gets_to_see_what_is_not_its_to_see(role, home, household, seen, run_as, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    asked = {
        "household": household,
        "person": Ledger(home.ledger).orders(10**9)[0].members[0],
        "night": synthetic_nights(home)[1],
        "policy": home.policy / "county.toml",
    }
    for name, arguments in READING.items():
        given = [one.format(**asked, out=out / "file") for one in arguments]
        ended = run_as(ACCOUNTS[role], *name.split(), *given, "--home", home.root)
        allowed = may_run(role, name)
        assert (ended.code == Exit.NOT_PERMITTED) is not allowed, (name, ended.err)
        written = [path for path in sorted(out.rglob("*")) if path.is_file()]
        assert allowed or not written
        shown = [ended.out, ended.err, *(text for path in written for text in texts_of(path))]
        for sight, values in seen.items():
            public = name == "rulebook" and sight is Sight.SENSITIVE
            if sight not in SEES[role] and not public:
                assert leaked(values, shown) == set(), (name, sight)
        for path in written:
            path.unlink()


def test_every_refusal_is_on_record_with_who_and_what(home, run_as):
    ended = run_as("op", "why", "H00000001", "--home", home.root)
    assert ended.code == Exit.NOT_PERMITTED
    assert ended.err.count("\n") == 1
    last = read_line(Trail(home).lines()[-1])
    assert (last.who, last.role, last.what, last.on) == ("op", "运维员", "refused", "why")


class TestSigning:
    """Whose name stands under a decision is not for the one who decides to choose."""

    def rotate(self, run_as, home, *who):
        asked = ("keys", "rotate", *who, "--reason", "定期更换", "--home", home.root)
        return run_as("admin", *asked)

    @pytest.mark.parametrize("who", [(), ("--who", "己"), ("--who", "admin")])
    def test_the_name_of_the_table_stands_under_it(self, home, run_as, who):
        assert self.rotate(run_as, home, *who).code == 0
        assert [one["body"]["who"] for one in Ledger(home.ledger).notes(["keys_rotated"])] == ["己"]

    def test_nobody_signs_for_somebody_else(self, home, run_as):
        before = files.read(home.state / "join_secret")
        ended = self.rotate(run_as, home, "--who", "乙")
        assert ended.code == Exit.USAGE
        assert "people.csv" in ended.err
        assert files.read(home.state / "join_secret") == before

    def test_every_command_that_takes_a_name_signs_but_those_where_somebody_else_answered(self):
        answers = {"review export", "review import", "audit show"}
        named = {
            " ".join(words)
            for words, command in leaves(get_command(cli.app))
            if any(one.name == "who" for one in command.params)
        }
        assert named - answers == {name for name, rule in COMMANDS.items() if rule.signed}


def leaves(command, words=()):
    """Every command and the words that call it."""
    for word, one in command.commands.items():
        inside = hasattr(one, "commands")
        yield from leaves(one, (*words, word)) if inside else [((*words, word), one)]


def test_a_stranger_may_do_nothing(home, run_as):
    for name in ("status", "doctor", "why"):
        given = ["H00000001"] if name == "why" else []
        assert run_as("mallory", name, *given, "--home", home.root).code == Exit.NOT_PERMITTED


def test_the_table_of_people_decides_nothing_of_a_night(home):
    from flows.inputs import settings_files

    assert "policy/people.csv" not in settings_files(home)


def test_an_export_carries_its_filter_count_and_hash(home, run_as, tmp_path):
    out = tmp_path / "findings.parquet"
    run_as("officer", "findings", "--out", out, "--home", home.root)
    note = files.read_text(out.with_name(out.name + ".说明.txt"))
    digest = files.sha256(files.read(out))
    rows = pl.read_parquet(out).height
    assert f"sha256:{digest}" in note
    assert f"行数:{rows}" in note
    entry = read_line(Trail(home).lines()[-1])
    assert (entry.what, entry.count, entry.sha256) == ("findings", rows, digest)


def test_what_was_typed_is_kept_only_where_it_is_one_of_our_own_numbers(home, run_as):
    run_as("officer", "why", "13912345678", "--home", home.root)
    run_as("officer", "why", "程砚秋", "--home", home.root)
    run_as("officer", "why", "H00000001", "--home", home.root)
    assert [read_line(line).on for line in Trail(home).lines()[-3:]] == ["", "", "H00000001"]


@pytest.mark.parametrize("reason", ["", "看", "工作需要", "号码 370881197401300231"])
def test_nothing_is_taken_out_without_a_reason(reason, home, run_as, tmp_path):
    asked = (home.policy / "county.toml", "--out", tmp_path / "out", "--home", home.root)
    ended = run_as("officer", "keys", "open", *asked, "--reason", reason)
    assert ended.code == Exit.USAGE
    assert "理由" in ended.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("place", "noted"),
    [
        ("archive/property/0123456789abcdef.csv", "archive/property/0123456789abcdef"),
        ("held/property/0123456789abcdef__张三.csv", "held/property/0123456789abcdef"),
        (
            "quarantine/property/2026-11-22_0123456789abcdef_张三_待更正.csv",
            "quarantine/property/2026-11-22_0123456789abcdef",
        ),
        ("state/audit/key", "state/audit/key"),
        ("archive/property/张三.csv", ""),
        ("archive/property/370881197401300231.csv", ""),
        ("inbox/property/张三.csv", ""),
    ],
)
def test_which_file_was_taken_out_is_on_record_by_our_name_for_it(
    place, noted, home, run_as, tmp_path
):
    path = home.root / place
    if not path.exists():
        files.write(path, "x")
    asked = (path, "--out", tmp_path / "out", "--reason", "寄回卫健局更正")
    run_as("officer", "keys", "open", *asked, "--home", home.root)
    last = read_line(Trail(home).lines()[-1])
    assert (last.what, last.on, last.reason) == ("keys open", noted, "寄回卫健局更正")
    assert last.sha256 == files.sha256(files.read(path))


def test_the_report_carries_an_anchor_that_the_trail_fits(home, run_as):
    page = next(home.outbox.glob("*/晨报.html"))
    anchor = files.read_text(page).split("审计锚点:")[1].split("<")[0]
    ended = run_as("auditor", "audit", "verify", "--anchor", anchor, "--home", home.root)
    assert ended.code == 0
    wrong = anchor[:-1] + ("0" if anchor[-1] != "0" else "1")
    ended = run_as("auditor", "audit", "verify", "--anchor", wrong, "--home", home.root)
    assert ended.code == Exit.FAILED
    assert "被重写" in ended.out


class TestUnmask:
    """One value of one person, for a reason, on record before it is shown."""

    @pytest.fixture
    def order(self, home):
        return Ledger(home.ledger).orders(10**9)[0]

    @pytest.fixture
    def printed(self, home, order):
        """The line of the published list."""
        for path in home.outbox.rglob("*.csv"):
            for row in csv.DictReader(io.StringIO(files.read(path).decode("utf-8-sig"))):
                if order.order_no in row.values():
                    return row
        raise AssertionError

    def unmask(self, run_as, home, account, which, column, reason="电话打不通,核对后联系"):
        asked = ("unmask", which, "--column", column, "--reason", reason, "--home", home.root)
        return run_as(account, *asked)

    @pytest.mark.parametrize("role", Role, ids=lambda role: role.name.lower())
    def test_each_role_sees_what_the_table_says(self, role, home, order, run_as):
        sights = {
            "name": Sight.NAME,
            "id_number": Sight.ID_NUMBER,
            "phone": Sight.PHONE,
            "address": Sight.ADDRESS,
        }
        for column, sight in sights.items():
            ended = self.unmask(run_as, home, ACCOUNTS[role], order.order_no, column)
            allowed = may_run(role, "unmask") and sight in SEES[role]
            assert ended.code == (0 if allowed else Exit.NOT_PERMITTED), (column, ended.err)
            entry = read_line(Trail(home).lines()[-1])
            assert entry.what == ("unmask" if allowed else "refused")

    def test_what_is_shown_is_what_the_list_was_made_of(self, home, order, printed, run_as):
        said = self.unmask(run_as, home, "officer", order.order_no, "name").out
        assert printed["姓名"] in said
        number = self.unmask(run_as, home, "officer", order.order_no, "id_number").out
        (ending,) = {
            value for title, value in printed.items() if "后四位" in title or "末四位" in title
        }
        assert ending[-4:] in number

    def test_a_clerk_sees_no_other_townships_orders_and_nobody_by_id(self, home, run_as):
        orders = Ledger(home.ledger).orders(10**9)
        other = next(one for one in orders if one.township_code != orders[0].township_code)
        for which in (other.order_no, other.members[0]):
            ended = self.unmask(run_as, home, "clerk", which, "phone")
            assert ended.code == Exit.NOT_PERMITTED

    @pytest.mark.parametrize("reason", ["", "看", "    ", "工作需要", "啊啊啊啊啊", "test"])
    def test_empty_words_are_no_reason(self, reason, home, order, run_as):
        before = len(Trail(home).lines())
        ended = self.unmask(run_as, home, "officer", order.order_no, "phone", reason)
        assert ended.code == Exit.USAGE
        assert len(Trail(home).lines()) == before

    def test_a_reason_with_somebodys_number_is_not_kept(self, home, order, run_as):
        ended = self.unmask(run_as, home, "officer", order.order_no, "phone", "核对13912345678")
        assert ended.code == Exit.USAGE
        assert b"13912345678" not in files.read(Trail(home).file)

    def test_what_cannot_be_noted_is_not_shown(self, home, order, run_as):
        Trail(home).key_file.unlink()
        ended = self.unmask(run_as, home, "officer", order.order_no, "phone")
        assert ended.code == Exit.FAILED
        assert ended.out == ""

    def test_while_a_night_runs_it_says_so(self, home, order, run_as):
        from flows.lock import only_one

        with only_one(home.lock):
            ended = self.unmask(run_as, home, "officer", order.order_no, "phone")
        assert ended.code == Exit.ALREADY_RUNNING
        assert ended.out == ""

    def test_the_trail_holds_no_value_that_was_shown(self, home, order, seen, run_as):
        for column in ("name", "id_number", "phone", "address"):
            self.unmask(run_as, home, "officer", order.order_no, column)
        text = files.read_text(Trail(home).file)
        for sight in (Sight.NAME, Sight.ID_NUMBER, Sight.PHONE):
            assert hits(seen[sight], [text]) == set()


def test_the_matrix_reads_every_command_that_shows_rows():
    """A command that shows more than plain figures is run above; the desk has its own matrix."""
    showing = {name for name, rule in COMMANDS.items() if rule.shows - {Sight.PLAIN}}
    assert showing <= set(READING)
