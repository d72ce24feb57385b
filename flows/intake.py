"""Take up one file: archive it, judge it, load it, note it, and only then take it from the inbox.

Every step can be repeated: a file is known by its hash, its rows and its acceptance commit
together, and a file that was already taken up is recognised wherever the night was interrupted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from data_contracts.terms import DeliveryKind, Source
from flows import files
from flows.archived import ARCHIVED_SHA256, kept_deliveries, refuse_damaged, refuse_misread
from flows.drift.bands import REMEMBERED
from flows.drift.judging import remembered, with_drift
from flows.drift.known import known_shares
from flows.engine import Engine
from flows.erasure.erased import erased_lines, renumber, rewritten_files
from flows.erasure.suppressing import with_suppressed, without_erased
from flows.errors import DoorstepError, one_line
from flows.home import Home
from flows.inputs import NOTE_SUFFIX, Inputs, NewFile, settings_of, stored_list
from flows.ledger import Delivery, Ledger, Outcome
from flows.load import load
from flows.receive import (
    FailedExpectation,
    Judgement,
    Previous,
    Verdict,
    quarantine_csv,
    receive,
)
from flows.receive.business_date import named_day
from flows.tables import loaded_deliveries, record_table
from matchers.divisions import Divisions

_NOT_THE_FILES_FAULT = (
    DoorstepError,
    OSError,
    MemoryError,
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.FatalException,
)
"""What stops the night: the next file would fare no better."""


def take_up(
    home: Home,
    engine: Engine,
    ledger: Ledger,
    inputs: Inputs,
    source: Source,
    file: NewFile,
    divisions: Divisions,
) -> Outcome:
    """Do everything one file needs; returns what became of it."""
    done = ledger.outcome(inputs.night, inputs.number, file.source, file.delivery)
    if done:
        _clear_inbox(home, file)
        return done
    data = _bytes_of(home, file)
    if data is None:
        return _note_changed(ledger, inputs, file)
    data, dropped = without_erased(
        engine.duckdb, ledger, source, data, on=inputs.night, secret=home.secret
    )
    if file.announced_sha256 not in (None, file.sha256):
        return _note_rejected(home, ledger, inputs, file, _not_as_announced(), data)
    known = ledger.delivery(file.delivery)
    if known:
        return _note_known(home, ledger, inputs, source, file, data, known)
    archived = files.write(_archive_path(home, file), data)
    loaded = loaded_deliveries(engine.duckdb).get(file.delivery)
    if loaded:
        return _note_accepted(home, ledger, inputs, file, archived, *loaded)
    try:
        return _judge_and_load(home, engine, ledger, inputs, source, file, data, divisions, dropped)
    except _NOT_THE_FILES_FAULT:
        raise
    except Exception as error:
        # One file that our program cannot digest must not keep the others waiting for ever.
        judgement = _refusal("program_can_process", one_line(error), "the program failed on it")
        return _note_rejected(home, ledger, inputs, file, judgement, data)


def _judge_and_load(
    home: Home,
    engine: Engine,
    ledger: Ledger,
    inputs: Inputs,
    source: Source,
    file: NewFile,
    data: bytes,
    divisions: Divisions,
    dropped: int,
) -> Outcome:
    judgement = receive(
        engine.duckdb,
        source,
        data,
        file.file_name,
        on=inputs.night,
        previous=previous_of(ledger, source),
        secret=home.secret,
        control_rows=file.control_rows,
        released=file.released,
        dropped=dropped,
    )
    judgement = with_drift(
        with_suppressed(judgement, dropped),
        engine.duckdb,
        source,
        remembered(ledger.accepted(source.name, REMEMBERED)),
        on=inputs.night,
        released=file.released,
        announced=judgement.announced or bool(file.control_rows or file.announced_sha256),
        shares=known_shares(engine.duckdb, source, record_table(source.becomes.name)),
    )
    described = describe(judgement)
    _write_quarantine(home, engine, inputs, file, judgement)
    if judgement.verdict is not Verdict.ACCEPTED:
        return _note_rejected(home, ledger, inputs, file, judgement, data)
    described[ARCHIVED_SHA256] = files.sha256(data)
    arrival = ledger.arrivals() + 1
    archived = _archive_path(home, file)
    delivery = _delivery(home, file, arrival, inputs.night, described, archived)
    change = load(engine, source, delivery, described, home.join_secret, divisions)
    return _note_accepted(
        home, ledger, inputs, file, archived, arrival, {**described, "change": asdict(change)}
    )


def catch_up(home: Home, engine: Engine, ledger: Ledger, divisions: Divisions) -> int:
    """Load accepted deliveries that the working database lacks, from the archive, in order.

    Each by the contract, and with the judgement, that it was accepted with; none if one is damaged.
    """
    loaded = loaded_deliveries(engine.duckdb)
    missing = [one for one in kept_deliveries(ledger) if one.delivery not in loaded]
    refuse_damaged(home, ledger, missing)
    lines, rewritten = erased_lines(ledger), rewritten_files(ledger)
    contracts: dict[str, Mapping[str, Source]] = {}
    for delivery in missing:
        night, number, accepted = ledger.acceptance(delivery.delivery)
        asked = stored_list(home, night, number)
        settings = asked.settings if asked else ""
        if settings not in contracts:
            config = settings_of(home, asked)[0] if asked else home.config
            contracts[settings] = config.sources
        source = contracts[settings][delivery.source]
        judged = receive(
            engine.duckdb,
            source,
            files.read(home.root / delivery.archived),
            delivery.file_name,
            on=delivery.night,
            previous=None,
            secret=home.secret,
            released=True,
        )
        refuse_misread(delivery, accepted.judgement, judged, rewritten.get(delivery.archived))
        renumber(engine, lines.get(delivery.delivery, ()))
        load(engine, source, delivery, dict(accepted.judgement), home.join_secret, divisions)
    return len(missing)


def previous_of(ledger: Ledger, source: Source) -> Previous | None:
    """The last accepted delivery of a source, as the next is judged against it."""
    last = ledger.last_delivery(source.name)
    if last is None:
        return None
    return Previous(rows=last.rows, as_of=last.as_of, ended_with_newline=last.ended_with_newline)


def describe(judgement: Judgement) -> dict[str, Any]:
    """A judgement as plain values for ledger and report: counts and reasons, no row's value."""
    return {
        "verdict": judgement.verdict.value,
        "rows": judgement.rows,
        "loaded": judgement.loaded,
        "quarantined": judgement.quarantined,
        "duplicate": judgement.duplicate,
        "as_of": judgement.as_of.isoformat() if judgement.as_of else None,
        "ended_with_newline": judgement.ended_with_newline,
        "encoding": judgement.encoding,
        "undeclared": list(judgement.undeclared),
        "warnings": list(judgement.warnings),
        "reasons": dict(sorted(judgement.reasons.items())),
        "failed": [{"name": one.name, "reason": one.reason} for one in judgement.failed],
        "profile": dict(judgement.profile),
        "drift": list(judgement.drift),
    }


def quarantine_path(home: Home, night: date, file: NewFile) -> Path:
    """Where the rows to be mailed back are written."""
    stem = Path(file.file_name).stem
    return home.quarantine / file.source / f"{night}_{file.delivery}_{stem}_待更正.csv"


def _write_quarantine(
    home: Home, engine: Engine, inputs: Inputs, file: NewFile, judgement: Judgement
) -> None:
    if judgement.quarantined:
        content = quarantine_csv(engine.duckdb, judgement.header)
        files.write(quarantine_path(home, inputs.night, file), content)


def _delivery(
    home: Home,
    file: NewFile,
    arrival: int,
    night: date,
    described: dict[str, Any],
    archived: Path,
) -> Delivery:
    return Delivery(
        arrival=arrival,
        delivery=file.delivery,
        source=file.source,
        file_name=file.file_name,
        night=night,
        as_of=date.fromisoformat(described["as_of"]) if described["as_of"] else None,
        rows=described["rows"],
        ended_with_newline=described["ended_with_newline"],
        archived=str(archived.relative_to(home.root)),
        released=file.released,
    )


def _note_accepted(
    home: Home,
    ledger: Ledger,
    inputs: Inputs,
    file: NewFile,
    archived: Path,
    arrival: int,
    described: dict[str, Any],
) -> Outcome:
    outcome = _outcome(file, "accepted", described)
    delivery = _delivery(home, file, arrival, inputs.night, described, archived)
    ledger.record_outcome(inputs.night, inputs.number, outcome, delivery)
    _clear_inbox(home, file)
    return outcome


def _note_rejected(
    home: Home, ledger: Ledger, inputs: Inputs, file: NewFile, judgement: Judgement, data: bytes
) -> Outcome:
    held = judgement.verdict is Verdict.HELD
    folder = (home.held if held else home.refused) / file.source
    kept = folder / f"{file.delivery}__{file.file_name}"
    files.write(kept, data)
    reasons = "\r\n".join(f"- {one.reason}" for one in judgement.failed)
    title = "暂缓接收(等待人工放行)" if held else "未被接收"
    note = f"文件:{file.file_name}\r\n结论:{title}\r\n原因:\r\n{reasons}\r\n"
    files.write(kept.with_name(kept.name + NOTE_SUFFIX), "\ufeff" + note)
    if ledger.delivery(file.delivery) is None:
        files.remove(_archive_path(home, file))
    outcome = _outcome(file, judgement.verdict.value, describe(judgement))
    ledger.record_outcome(inputs.night, inputs.number, outcome, None)
    _clear_inbox(home, file)
    return outcome


def _not_as_announced() -> Judgement:
    return _refusal(
        "file_matches_sha256",
        "文件内容与随附的校验值(sha256)不符,可能传输不完整或已被改动,请重新发送",
        "the file is not what its announced sha256 says",
    )


def _refusal(name: str, reason: str, reason_en: str) -> Judgement:
    failed = FailedExpectation(name=name, reason=reason, reason_en=reason_en)
    return Judgement(verdict=Verdict.REFUSED, failed=(failed,))


def _note_known(
    home: Home,
    ledger: Ledger,
    inputs: Inputs,
    source: Source,
    file: NewFile,
    data: bytes,
    earlier: Delivery,
) -> Outcome:
    """A file that was accepted before: the newest of its source again, or an old one by mistake."""
    if source.delivery is DeliveryKind.FULL and earlier != ledger.last_delivery(file.source):
        reason = (
            f"与 {earlier.night} 已接收的旧批次内容完全相同,而其后已有更新的全量数据;"
            "可能误发了旧文件,请重新导出当前数据后发送"
        )
        judgement = _refusal("full_delivery_is_not_an_old_one", reason, "an old full delivery")
        return _note_rejected(home, ledger, inputs, file, judgement, data)
    return _note_repeat(home, ledger, inputs, file, earlier)


def _note_repeat(
    home: Home, ledger: Ledger, inputs: Inputs, file: NewFile, earlier: Delivery
) -> Outcome:
    described = {
        "verdict": "repeated",
        "as_of": _said_day(file, inputs.night),
        "rows": earlier.rows,
        "loaded": 0,
        "quarantined": 0,
        "duplicate": earlier.rows,
        "warnings": [f"与 {earlier.night} 已接收的文件内容完全相同,未重复导入"],
    }
    outcome = _outcome(file, "repeated", described)
    ledger.record_outcome(inputs.night, inputs.number, outcome, None)
    _clear_inbox(home, file)
    return outcome


def _said_day(file: NewFile, night: date) -> str | None:
    """The day a repeated file speaks of: it confirms what is known up to that day."""
    day = named_day(file.file_name)
    return day.isoformat() if day and day <= night else None


def _bytes_of(home: Home, file: NewFile) -> bytes | None:
    """The bytes that the list names, or nothing if they are no longer to be had."""
    for path in (home.root / file.path, _archive_path(home, file)):
        if path.is_file():
            data = files.read(path)
            if files.sha256(data) == file.sha256:
                return data
    return None


def _note_changed(ledger: Ledger, inputs: Inputs, file: NewFile) -> Outcome:
    described = {
        "verdict": "postponed",
        "rows": 0,
        "loaded": 0,
        "quarantined": 0,
        "duplicate": 0,
        "warnings": ["文件在列入清单之后被替换或移走,留待下一次处理"],
    }
    outcome = _outcome(file, "postponed", described)
    ledger.record_outcome(inputs.night, inputs.number, outcome, None)
    return outcome


def _outcome(file: NewFile, verdict: str, described: dict[str, Any]) -> Outcome:
    return Outcome(
        source=file.source,
        delivery=file.delivery,
        file_name=file.file_name,
        verdict=verdict,
        judgement=described,
    )


def _archive_path(home: Home, file: NewFile) -> Path:
    suffix = Path(file.file_name).suffix.lower()
    return home.archive / file.source / f"{file.delivery}{suffix}"


def _clear_inbox(home: Home, file: NewFile) -> None:
    path = home.root / file.path
    if path.is_file() and files.sha256(files.read(path)) == file.sha256:
        files.remove(path)
        files.remove(path.with_name(path.name + ".ok"))
        if file.released:
            files.remove(path.with_name(path.name + NOTE_SUFFIX))
