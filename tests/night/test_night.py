"""One night after another: exactly once, never rewritten, replayed alike, late sources clear nothing."""

from datetime import timedelta

import openpyxl
import polars as pl
import pytest

from flows import files, intake
from flows.errors import Exit
from flows.exports import export_findings, export_links
from flows.ledger import Ledger
from flows.site import release_delivery, synthetic_nights
from flows.start import Wish, start
from tests.night import county


@pytest.fixture
def home(after_first_night, tmp_path):
    return county.copy(after_first_night, tmp_path / "home")


def orders(home):
    return Ledger(home.ledger).orders(10**9)


def test_the_first_night_loads_history_and_issues_nothing(after_baseline):
    assert orders(after_baseline) == []
    (outbox,) = after_baseline.outbox.iterdir()
    assert sorted(entry.name for entry in outbox.iterdir()) == [
        "linkage.html",
        "linkage.json",
        "manifest.json",
        "report.json",
        "yield.json",
        "县级",
        "成效.html",
        "晨报.html",
    ]


def test_counts_reconcile_to_the_row(after_first_night):
    for night in Ledger(after_first_night.ledger).nights():
        assert night["state"] in {"done", "degraded"}
    for delivery in Ledger(after_first_night.ledger).outcomes(
        synthetic_nights(after_first_night)[0], 1
    ):
        judged = delivery.judgement
        assert judged["rows"] == judged["loaded"] + judged["quarantined"] + judged["duplicate"]


def test_every_order_in_the_ledger_stands_on_a_list_that_opens(after_first_night):
    numbers = set()
    for path in after_first_night.outbox.rglob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path):
            cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
            numbers |= {text for text in cells if text.startswith("ZF")}
    assert numbers == {order.order_no for order in orders(after_first_night)}
    assert numbers, "the county has a household to visit on its first night"


def test_a_rerun_without_news_is_nothing_new_and_changes_no_byte(home):
    before = county.published(home)
    night = synthetic_nights(home)[1]
    again = start(home, Wish(on=night), prefect=False)
    assert again.exit is Exit.NOTHING_NEW
    assert county.published(home) == before


def test_a_past_night_replayed_from_its_list_gives_what_was_published(home):
    baseline = synthetic_nights(home)[0]
    before = county.published(home)
    replayed = start(home, Wish(on=baseline), prefect=False)
    assert replayed.exit is Exit.NOTHING_NEW
    assert county.published(home) == before


def test_with_later_arrivals_a_past_date_gets_a_supplement_and_keeps_its_orders(home):
    baseline = synthetic_nights(home)[0]
    before = county.published(home)
    night = start(home, Wish(on=baseline, with_later_arrivals=True), prefect=False)
    assert night.inputs.number == 2
    after = county.published(home)
    assert {name: after[name] for name in before} == before
    assert any("补充1" in name for name in set(after) - set(before))


def test_the_same_file_under_another_name_is_loaded_once(home):
    ledger = Ledger(home.ledger)
    delivery = next(one for one in ledger.deliveries() if one.source == "incident")
    suffix = delivery.archived.rsplit(".", 1)[1]
    archived = files.read(home.root / delivery.archived)
    files.write(home.inbox / "incident" / f"again.{suffix}", archived)
    night = start(home, Wish(on=synthetic_nights(home)[1]), prefect=False)
    (outcome,) = ledger.outcomes(night.inputs.night, night.inputs.number)
    assert outcome.verdict == "repeated"
    assert len(ledger.deliveries()) == len(Ledger(home.ledger).deliveries())
    assert files.listing(home.inbox / "incident") == []


def test_a_shrunken_full_delivery_is_held_until_a_person_releases_it(home):
    ledger = Ledger(home.ledger)
    full = [one for one in ledger.deliveries() if one.source == "vehicle"][-1]
    text = files.read(home.root / full.archived)
    lines = text.split(b"\n")
    files.write(home.inbox / "vehicle" / "short.csv", b"\n".join(lines[: len(lines) // 2]) + b"\n")
    night = synthetic_nights(home)[1] + timedelta(days=1)
    held = start(home, Wish(on=night), prefect=False)
    assert held.exit is Exit.WARNINGS
    (outcome,) = ledger.outcomes(night, 1)
    assert outcome.verdict == "held"
    assert any(outcome.delivery in text for text in held.report["needs_a_person"])
    release_delivery(home, outcome.delivery, "车管所确认", "王")
    start(home, Wish(on=night), prefect=False)
    assert ledger.deliveries()[-1].delivery == outcome.delivery
    assert ledger.deliveries()[-1].released


def test_a_delivery_that_breaks_its_contract_stops_alone(home):
    files.write(home.inbox / "vehicle" / "bad.csv", "甲,乙\n1,2\n")
    night = synthetic_nights(home)[1] + timedelta(days=1)
    before = len(Ledger(home.ledger).deliveries())
    ended = start(home, Wish(on=night), prefect=False)
    assert ended.exit is Exit.WARNINGS
    assert len(Ledger(home.ledger).deliveries()) == before
    notes = [path.name for path in files.listing(home.refused / "vehicle")]
    assert any(name.endswith(".说明.txt") for name in notes)
    assert any(name.endswith("bad.csv") for name in notes)


def test_a_file_our_program_cannot_digest_stops_alone_and_its_values_stay_unsaid(home, monkeypatch):
    def stumble(*_arguments):
        raise ValueError("陈某某 370881190001010014")

    monkeypatch.setattr(intake, "load", stumble)
    vehicles = latest_bytes(home, "vehicle").split(b"\n")
    files.write(home.inbox / "vehicle" / "v.csv", b"\n".join(vehicles[:-2]) + b"\n")
    night = synthetic_nights(home)[1] + timedelta(days=1)
    ended = start(home, Wish(on=night), prefect=False)
    assert ended.exit is Exit.WARNINGS
    (outcome,) = Ledger(home.ledger).outcomes(night, 1)
    assert outcome.verdict == "refused"
    told = str(ended.report) + str(outcome)
    assert "ValueError" in told
    assert "陈某某" not in told
    assert "370881190001010014" not in told


def test_an_old_full_delivery_sent_again_by_mistake_is_refused(home):
    first = latest_bytes(home, "vehicle")
    lines = first.split(b"\n")
    nights = [synthetic_nights(home)[1] + timedelta(days=days) for days in (1, 2)]
    files.write(home.inbox / "vehicle" / "v.csv", b"\n".join([*lines[:-2], b""]))
    start(home, Wish(on=nights[0]), prefect=False)
    files.write(home.inbox / "vehicle" / "again.csv", first)
    start(home, Wish(on=nights[1]), prefect=False)
    ledger = Ledger(home.ledger)
    assert [one.verdict for one in ledger.outcomes(nights[0], 1)] == ["accepted"]
    assert [one.verdict for one in ledger.outcomes(nights[1], 1)] == ["refused"]


def latest_bytes(home, source):
    last = [one for one in Ledger(home.ledger).deliveries() if one.source == source][-1]
    return files.read(home.root / last.archived)


def test_late_sources_clear_no_finding(home):
    before = set(pl_findings(home))
    much_later = synthetic_nights(home)[1] + timedelta(days=20)
    start(home, Wish(on=much_later), prefect=False)
    gone = {
        (person, signal)
        for person, signal in before - set(pl_findings(home))
        if signal in {"cover_stopped", "elder_alone_without_pension"}
    }
    assert gone == set()


def pl_findings(home):
    connection = files.duckdb_database(home.snapshot, read_only=True)
    try:
        return connection.execute("SELECT person_id, signal FROM finding").fetchall()
    finally:
        connection.close()


def test_the_working_database_is_rebuilt_from_archive_and_ledger(home):
    before = county.published(home)
    night = synthetic_nights(home)[1]
    home.work.unlink()
    replayed = start(home, Wish(on=night, with_later_arrivals=True), prefect=False)
    links = {name: value for name, value in before.items() if name == "snapshot.link"}
    after = county.published(home)
    assert replayed.inputs.number == 2
    assert {name: after[name] for name in links} == links


def test_exports_say_which_row_belongs_to_whom(home, tmp_path):
    export_links(home, tmp_path / "links.parquet")
    export_findings(home, tmp_path / "findings.parquet")
    links = pl.read_parquet(tmp_path / "links.parquet")
    assert links.columns == [
        "source",
        "delivery",
        "row",
        "record_key",
        "person_id",
        "household_id",
        "how",
        "probability",
    ]
    assert links.select("source", "delivery", "row").is_duplicated().sum() == 0
    assert pl.read_parquet(tmp_path / "findings.parquet").height > 0
