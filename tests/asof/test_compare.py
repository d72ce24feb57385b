"""`doorstep compare` on a real county: a bill of a past month is corrected after the night."""

import csv
import io

import pytest

from flows import files
from flows.asof_compare.command import told
from flows.asof_compare.recalling import recalled
from flows.errors import UsageError
from flows.ledger import Ledger
from flows.site import synthetic_nights
from flows.start import Wish, start
from flows.steps import plainly
from tests.night import county

SIGNAL = "high_medical_burden"
COLUMNS = ("基金支付总额", "个人负担总金额", "个人现金支出")


def proofs(home):
    """Of one household with heavy bills: its id, and every bill that proves it by file and line."""
    with files.duckdb_database(home.snapshot, read_only=True) as connection:
        rows = connection.execute(
            "SELECT finding.household_id, proof.delivery, proof.line FROM proof "
            "JOIN finding USING (signal, person_id) WHERE signal = ? ORDER BY ALL",
            [SIGNAL],
        ).fetchall()
    household = rows[0][0]
    return household, [(delivery, line) for one, delivery, line in rows if one == household]


def corrected(home, bills):
    """The same bills sent again, all of it paid by the fund."""
    archived = {one.delivery: home.root / one.archived for one in Ledger(home.ledger).deliveries()}
    out = io.StringIO(newline="")
    for delivery in sorted({name for name, _ in bills}):
        text = files.read(archived[delivery]).decode("utf-8-sig")
        header, *lines = csv.reader(io.StringIO(text, newline=""))
        if not out.getvalue():
            csv.writer(out).writerow(header)
        fund, personal, cash = (header.index(name) for name in COLUMNS)
        for _, line in (bill for bill in bills if bill[0] == delivery):
            row = lines[line - 2]
            row[fund] = f"{float(row[fund]) + float(row[personal]):.2f}"
            row[personal] = row[cash] = "0.00"
            csv.writer(out).writerow(row)
    return out.getvalue().encode("utf-8-sig")


@pytest.fixture(scope="module")
def story(after_first_night, tmp_path_factory):
    """A county whose second night brings the correction: home, household, its bills."""
    home = county.copy(after_first_night, tmp_path_factory.mktemp("compare") / "home")
    household, bills = proofs(home)
    path = home.inbox / "medical_settlement" / "更正.csv"
    files.write(path, corrected(home, bills))
    start(home, Wish(on=synthetic_nights(home)[2]), prefect=False)
    return home, household, bills


@pytest.fixture(scope="module")
def before(story):
    home, _, _ = story
    return Ledger(home.ledger).position(), county.published(home)


@pytest.fixture(scope="module")
def both(story, before):
    """The first night, then and now."""
    home, _, _ = story
    return recalled(home, synthetic_nights(home)[1], plainly)


@pytest.fixture(scope="module")
def lines(story, both):
    home, _, _ = story
    return list(told(home, both, 50))


def part(lines, household):
    """The lines about the household's heavy bills."""
    first = next(
        at for at, line in enumerate(lines) if line.startswith(f"  {household} ") and " M1 " in line
    )
    rest = lines[first + 1 :]
    return [lines[first], *rest[: next(at for at, one in enumerate(rest) if one[:4] != "    ")]]


def test_what_was_found_then_is_not_found_with_the_corrected_bills(story, lines):
    _, household, _ = story
    head = part(lines, household)[0]
    assert "→ 无" in head
    gone = next(at for at, line in enumerate(lines) if line.startswith("当时有、现在没有:"))
    came = next(at for at, line in enumerate(lines) if line.startswith("现在有、当时没有:"))
    assert gone < lines.index(head) < came


def test_the_reason_is_the_corrected_rows_by_delivery_and_line(story, lines):
    home, household, bills = story
    correction = Ledger(home.ledger).deliveries()[-1]
    reasons = [line for line in part(lines, household) if "后来更正" in line]
    assert reasons
    for delivery, line in bills[:5]:
        (reason,) = [one for one in reasons if f"批次 {delivery} 第 {line} 行" in one]
        assert f"→ 批次 {correction.delivery} 第 " in reason
        assert "医保结算" in reason


def test_households_without_a_corrected_record_are_not_changed(story, lines):
    _, household, _ = story
    assert {line.split()[0] for line in lines if line.startswith("  H")} == {household}


def test_what_was_known_then_is_what_was_published_then(after_first_night, both):
    columns = ("household_id", "person_id", "signal", "severity", "measure", "occurred_on")
    with files.duckdb_database(after_first_night.snapshot, read_only=True) as connection:
        published = connection.execute(f"SELECT {', '.join(columns)} FROM finding").pl()
    assert both.then.select(columns).rows() == published.sort(*columns).rows()


@pytest.mark.long
def test_both_sides_come_out_alike_again_and_nothing_is_published_or_noted(story, before, both):
    home, _, _ = story
    again = recalled(home, synthetic_nights(home)[1], plainly)
    assert again.then.equals(both.then)
    assert again.now.equals(both.now)
    assert again.differing == both.differing
    assert (Ledger(home.ledger).position(), county.published(home)) == before


def test_a_night_that_never_was_is_refused(story):
    home, _, _ = story
    with pytest.raises(UsageError, match="没有发布过"):
        recalled(home, synthetic_nights(home)[3], plainly)
