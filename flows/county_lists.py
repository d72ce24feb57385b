"""What the county's own officers get beside the work orders: reviews, and rows to be corrected.

在册核对: people who are being helped and whose circumstances may have changed; for people to check,
never a stop. 复核到期: regular reviews that are overdue or due within a month. 退回更正: for each department
the rows of its own files that a visit found wrong; its own file and line and nothing learnt elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import polars as pl

from data_contracts.policy.shared import STANDING_CATEGORIES
from data_contracts.visit_results import Outcome
from flows import reference
from flows.cases import Case
from flows.excel_csv import excel_csv
from flows.freshness import known_until
from flows.publish.wording import Figures, county_sentence, last4, masked_name
from flows.publish.work_orders import KNOWN_UNTIL
from flows.receive.quarantine import safe
from flows.tonight import Tonight
from transforms.review_due import area_of, next_review, overdue_review, review_months
from transforms.signals import SIGNALS

FOLDER = "县级"
REVIEW, DUE, CORRECTIONS = "在册核对.csv", "复核到期.csv", "退回更正"
_SOON = timedelta(days=31)
_POLICE = "公安"
_WRONG = "走访反馈:金额或日期与实际不符,请核对原始记录后更正重报"

_REVIEW_HEADER = ("家庭编号", "乡镇", "姓名", "证件后四位", "情形", "说明", "请核实", "提示")
_REVIEW_NOTE = "仅供人工核对,不自动停发;如已去世,请同时看望遗属"
_DUE_HEADER = (
    "家庭编号",
    "乡镇",
    "姓名",
    "救助类别",
    "类别档次",
    "批准日期",
    "下次复核",
    "提示",
)
_OVERDUE = "已逾期{days}天,台账未见新的批准日期;已复核的请更新台账"
_CATEGORY_WORDS = {
    "dibao": "低保",
    "tekun": "特困",
    "low_income_margin": "低保边缘",
    "rigid_expense": "刚性支出困难",
    "monitored": "防返贫监测",
}
_CORRECTION_HEADER = ("来源文件", "行号", "记录日期", "问题")


def county_lists(tonight: Tonight, known: list[Case]) -> dict[str, bytes]:
    """File name to content; a list without a row is not written."""
    sources = tonight.config.sources
    all_known = known_until(tonight.newest, sources)
    found = {
        f"{FOLDER}/{REVIEW}": _csv(_REVIEW_HEADER, _reviews(tonight), all_known),
        f"{FOLDER}/{DUE}": _csv(_DUE_HEADER, due_reviews(tonight), all_known),
    }
    for name, rows in _corrections(tonight, known).items():
        source = sources[name]
        own = known_until(tonight.newest, {name: source})
        found[f"{FOLDER}/{CORRECTIONS}/{source.title}.csv"] = _csv(_CORRECTION_HEADER, rows, own)
    return {name: content for name, content in found.items() if content}


def _reviews(tonight: Tonight) -> Iterator[Sequence[str]]:
    townships = reference.townships(tonight.config.site.county)
    for row in tonight.rows(
        """
        SELECT finding.*, people.age, people.township_code, best_name.name, best_name.id_clean
        FROM finding_review AS finding JOIN people USING (person_id)
        LEFT JOIN best_name USING (person_id)
        ORDER BY people.township_code NULLS LAST, finding.household_id, finding.signal,
          finding.person_id
        """
    ):
        signal = SIGNALS[row["signal"]]
        yield (
            row["household_id"] or "",
            townships.get(row["township_code"] or "", "乡镇不明"),
            masked_name(row["name"]),
            last4(row["id_clean"]) if row["id_clean"] else "",
            signal.title,
            county_sentence(signal.county_sentence, Figures.of(row)),
            signal.verify,
            _REVIEW_NOTE,
        )


def due_reviews(tonight: Tonight) -> Iterator[Sequence[str]]:
    """Standing help whose regular review is overdue or falls within a month, the oldest first."""
    night = tonight.inputs.night
    limits = tonight.question.policy.shared(night)
    townships = reference.townships(tonight.config.site.county)
    listed = ", ".join(f"'{name}'" for name in STANDING_CATEGORIES)
    rows = []
    for row in tonight.rows(
        f"""
        SELECT people.household_id, people.township_code, named.name, aid.category, aid.grade,
               aid.area, aid.approved_on, aid.person_id
        FROM fact_assistance AS aid JOIN people USING (person_id)
        JOIN known_identities AS named USING (record_key)
        WHERE aid.category IN ({listed}) AND aid.approved_on <= $1
          AND (aid.exit_on IS NULL OR aid.exit_on > $1) AND people.life_status <> 'dead'
        ORDER BY ALL
        """,
        [night],
    ):
        months = review_months(row["grade"], area_of(row["area"], row["township_code"]), limits)
        due = _review_day(row["approved_on"], months, night) if months else None
        if due and due <= night + _SOON:
            rows.append((due, row))
    for due, row in sorted(rows, key=lambda one: (one[0], one[1]["person_id"])):
        yield (
            row["household_id"] or "",
            townships.get(row["township_code"] or "", "乡镇不明"),
            masked_name(row["name"]),
            _CATEGORY_WORDS[row["category"]],
            row["grade"] or "",
            row["approved_on"].isoformat(),
            due.isoformat(),
            _OVERDUE.format(days=(night - due).days) if due < night else "",
        )


def _review_day(approved_on: date, months: int, night: date) -> date:
    overdue = overdue_review(approved_on, months, night)
    return overdue or next_review(approved_on, months, night)


def _corrections(tonight: Tonight, known: list[Case]) -> dict[str, list[Sequence[str]]]:
    """Source to rows that still prove what a visit found wrong; the police hear nothing of visits."""
    into = tonight.minted.person_into
    wrong = {
        (into.get(person, person), signal)
        for case in known
        if Outcome.WRONG_DATA in case.said
        for person in case.order.members
        for signal in case.order.signals
    }
    schema = {"person_id": pl.String, "signal": pl.String}
    tonight.engine.register(
        "found_wrong", pl.DataFrame(sorted(wrong), schema=schema, orient="row").to_arrow()
    )
    found: dict[str, list[Sequence[str]]] = {}
    for row in tonight.rows(_WRONG_ROWS):
        if _POLICE not in tonight.config.sources[row["source"]].supplier:
            told = (row["file_name"], str(row["line"]), str(row["dated"] or ""), _WRONG)
            found.setdefault(row["source"], []).append(told)
    return found


_WRONG_ROWS = """
SELECT DISTINCT link.source, delivery.file_name, sighting.line, identity.dated
FROM proof JOIN found_wrong USING (person_id, signal)
JOIN link USING (record_key)
JOIN known_identities AS identity USING (record_key)
JOIN sighting USING (record_key)
JOIN delivery ON delivery.arrival = sighting.arrival AND delivery.source = link.source
WHERE sighting.arrival = identity.arrival
ORDER BY ALL
"""


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]], known: str) -> bytes:
    """The rows as Excel opens them, with how new the data are; nothing at all without a row."""
    body = [[safe(cell) for cell in (*row, known)] for row in rows]
    return excel_csv([[*header, KNOWN_UNTIL], *body]) if body else b""
