"""Make the night's results aside, and bring them to light only after the ledger has taken them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from data_contracts.terms import Source
from flows import files, inputs, reference
from flows.audit.noting import note_published
from flows.county_lists import county_lists
from flows.doubted import Reviewed, reviewed
from flows.freshness import known_until
from flows.home import Home
from flows.ledger import Ledger, WorkOrder
from flows.linkage_report.quality import linkage_quality
from flows.linkage_report.terms import Linkage
from flows.linkage_report.truth_rows import truth_rows
from flows.measured import measured_frame
from flows.order_lines import Orders, best_identity, write_orders
from flows.person_ids import MERGE
from flows.publish.linkage_page import render_linkage
from flows.publish.protected import list_password, protected
from flows.publish.report import render_report, with_anchor
from flows.publish.work_order_csv import work_order_csv
from flows.publish.work_order_xlsx import work_order_xlsx
from flows.publish.work_orders import LISTS, township_lists
from flows.publish.yield_page import YIELD, YIELD_JSON, render_yield
from flows.rank import rank
from flows.reporting import build_report
from flows.sample import draw_sample
from flows.snapshot import write_snapshot
from flows.snapshot_frames import snapshot_frames
from flows.standing import leave_standing
from flows.tonight import Tonight
from flows.yields.gathering import tonights_yields

_RESULTS, _SNAPSHOT = "results", "snapshot.duckdb"
REPORT, REPORT_JSON, MANIFEST = "晨报.html", "report.json", "manifest.json"
LINKAGE, LINKAGE_JSON = "linkage.html", "linkage.json"


@dataclass(frozen=True, kw_only=True)
class Results:
    """What was made aside: the report, the orders, and one hash over all that will be published."""

    report: dict[str, Any]
    orders: Sequence[WorkOrder]
    manifest: str


def prepare(tonight: Tonight) -> Results:
    """Rank, write orders, report and snapshot into the night's own folder."""
    known = rank(tonight)
    draw_sample(tonight, known)
    best_identity(tonight)
    orders = write_orders(tonight, known)
    contents, listed = _lists(tonight, orders)
    contents |= county_lists(tonight, known)
    review = reviewed(tonight, known)
    quality = _quality(tonight, review)
    contents[LINKAGE] = render_linkage(quality, tonight.config.site.name).encode("utf-8")
    contents[LINKAGE_JSON] = inputs.readable_json(quality).encode("utf-8")
    told = tonights_yields(tonight, orders.ledger)
    contents[YIELD] = render_yield(told, tonight.config.site.name).encode("utf-8")
    contents[YIELD_JSON] = inputs.readable_json(told).encode("utf-8")
    report = build_report(tonight, listed, orders.withheld, review, quality["lines_zh"], known)
    contents[REPORT] = render_report(report).encode("utf-8")
    contents[REPORT_JSON] = inputs.readable_json(report).encode("utf-8")
    manifest = inputs.readable_json(
        {
            "night": tonight.inputs.night.isoformat(),
            "number": tonight.inputs.number,
            "orders": len(orders.lines),
            "files": {name: files.sha256(data) for name, data in sorted(contents.items())},
        }
    )
    contents[MANIFEST] = manifest.encode("utf-8")
    _protect(tonight.home, contents)
    aside = _aside(tonight.home, tonight.inputs.night, tonight.inputs.number)
    files.write_folder(aside / _RESULTS, contents)
    write_snapshot(
        tonight.engine,
        aside / _SNAPSHOT,
        tonight.config.sources,
        snapshot_frames(tonight, _as_issued(tonight, orders), report, review.doubts, known)
        | {"measured": measured_frame(told, quality)},
    )
    return Results(report=report, orders=orders.ledger, manifest=files.sha256(contents[MANIFEST]))


def _as_issued(tonight: Tonight, orders: Orders) -> Orders:
    """Of a night that ended the orders that people carry, whoever was erased since: none is given anew."""
    ledger, asked = tonight.ledger, tonight.inputs
    ended = ledger.ended(asked.night, asked.number)
    if ended is None:
        return orders
    before = {one.order_no for one in ledger.orders(ended["entry"] - 1)}
    issued = [one for one in ledger.orders(ended["entry"]) if one.order_no not in before]
    return replace(orders, ledger=tuple(one for one in issued if one.members))


def _protect(home: Home, contents: dict[str, bytes]) -> None:
    """Lock the workbooks where the county has set a password; the manifest is of the plain ones."""
    password = list_password(home.list_password)
    for name in [name for name in contents if password and name.endswith(".xlsx")]:
        contents[name] = protected(contents[name], str(password))


def _quality(tonight: Tonight, review: Reviewed) -> dict[str, Any]:
    """How good the night's linkage is, as plain values."""
    engine, merges = tonight.engine, tonight.minted.persons.merges
    merged = merges.filter(pl.col("kind") == MERGE).select("person_id", "into_person_id")
    return linkage_quality(
        engine,
        Linkage(
            night=tonight.inputs.night,
            model=tonight.model,
            rows=engine.table("link_rows"),
            decision=engine.table("decision"),
            link=engine.table("link"),
            places=engine.table("known_identities").select("record_key", "township_code"),
            before=engine.table("link_before") if tonight.has_before else None,
            merged=engine.register("linkage_merged", merged.to_arrow()),
            truth=truth_rows(engine, tonight.home),
            review=review.measured,
            waiting=review.waits,
            titles={name: source.title for name, source in tonight.config.sources.items()},
            townships=reference.townships(tonight.config.site.county),
        ),
    )


def finish_publishing(home: Home, ledger: Ledger) -> None:
    """Rename what ended nights made into place; does nothing where that was done."""
    nights = ledger.nights()
    newest = max((row["night"] for row in nights), default="")
    for row in nights:
        night = date.fromisoformat(row["night"])
        aside = _aside(home, night, row["number"])
        if not (aside / _RESULTS).is_dir() and not (aside / _SNAPSHOT).exists():
            continue
        asked = inputs.stored_list(home, night, row["number"])
        if asked is None:
            continue
        if (aside / _RESULTS).is_dir() and _matches(aside / _RESULTS, row["manifest"]):
            target = home.outbox / asked.label
            if not target.exists():
                files.folder(home.outbox)
                _print_anchor(home, aside / _RESULTS / REPORT, asked.label, row)
                files.move(aside / _RESULTS, target)
        files.discard(aside / _RESULTS)
        if (aside / _SNAPSHOT).exists():
            if row["night"] == newest and row is nights[-1]:
                put_snapshot(home, night, row["number"])
            files.remove(aside / _SNAPSHOT)
    leave_standing(home, ledger)


def put_snapshot(home: Home, night: date, number: int) -> None:
    """Let everybody read the snapshot that a night has made."""
    files.move(_aside(home, night, number) / _SNAPSHOT, home.snapshot)


def _print_anchor(home: Home, page: Path, label: str, night: dict[str, Any]) -> None:
    """Print on the report where the audit trail stands; the manifest is of the page without it.

    Which entry it is depends on the hour and on people, so it is no result of the night.
    """
    under = night["body"]
    anchor = note_published(home, label, night["manifest"], under["settings"], under["model"])
    files.write(page, with_anchor(files.read_text(page), str(anchor)))


def _matches(folder: Path, manifest: str) -> bool:
    return files.sha256(files.read(folder / MANIFEST)) == manifest


def _named_to_townships(tonight: Tonight) -> dict[str, Source]:
    """The sources whose day a list may tell; that there are police data is not for the road."""
    return {name: one for name, one in tonight.config.sources.items() if name != "incident"}


def _lists(tonight: Tonight, orders: Orders) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """Each township's list as CSV and XLSX, and how many orders it holds."""
    contents, listed = {}, []
    lists = township_lists(
        orders.lines,
        county_name=tonight.config.site.name,
        on=tonight.inputs.night,
        contact=tonight.config.site.contact,
        supplement=tonight.inputs.number - 1,
        known_until=known_until(tonight.newest, _named_to_townships(tonight)),
    )
    for one in lists:
        path = f"{LISTS}/{one.file_stem}"
        contents[f"{path}.csv"] = work_order_csv(one)
        contents[f"{path}.xlsx"] = work_order_xlsx(one)
        listed.append(
            {
                "township_code": one.township_code,
                "township_name": one.township_name,
                "count": len(one.lines),
                "file": f"{path}.xlsx",
            }
        )
    return contents, listed


def _aside(home: Home, night: date, number: int) -> Path:
    return inputs.folder_of(home, night, number)
