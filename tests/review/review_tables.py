"""Answers and doubts drawn as tables; who answers a question on which copy needs no number."""

import polars as pl

from flows.review.pairs import FIRST, SECOND, pair_of, question_no
from tests.drawn import drawn

ANSWERS = {
    "entry": pl.Int64,
    "record_key": pl.String,
    "other_record_key": pl.String,
    "answer": pl.String,
    "who": pl.String,
    "question_no": pl.String,
    "note": pl.String,
    "undoes": pl.Int64,
    "asked": pl.Int64,
}
NO_ANSWERS = pl.DataFrame(schema=ANSWERS)
ASKED = {
    "entry": pl.Int64,
    "question_no": pl.String,
    "copy": pl.Int64,
    "record_key": pl.String,
    "other_record_key": pl.String,
    "shown": pl.String,
    "other_shown": pl.String,
    "severity": pl.Int64,
    "probability": pl.Float64,
    "why_zh": pl.String,
    "would_change": pl.String,
    "asked_of": pl.String,
    "asked_at": pl.String,
}
NOTHING_ASKED = pl.DataFrame(schema=ASKED)


def answers(text):
    """Columns: entry, pair ('A B'), who, answer; copy (second copy: 2), undoes, asked, note."""
    rows = []
    for row in _rows(text):
        left, right = row["pair"].split()
        copy = SECOND if row.get("copy") == "2" else FIRST
        rows.append(
            {
                "entry": int(row["entry"]),
                "record_key": left,
                "other_record_key": right,
                "answer": row["answer"],
                "who": row["who"],
                "question_no": question_no(pair_of(left, right), copy),
                "note": row.get("note") or "",
                "undoes": int(row["undoes"]) if row.get("undoes") else None,
                "asked": int(row["asked"]) if row.get("asked") else None,
            }
        )
    return pl.DataFrame(rows, schema=ANSWERS)


def asked(text):
    """Columns: entry, pair; copy, shown ('h1 h2'), probability, severity, asked_of, asked_at."""
    rows = []
    for row in _rows(text):
        left, right = row["pair"].split()
        copy = SECOND if row.get("copy") == "2" else FIRST
        shown = (row.get("shown") or "h h").split()
        rows.append(
            {
                "entry": int(row["entry"]),
                "question_no": question_no(pair_of(left, right), copy),
                "copy": copy,
                "record_key": left,
                "other_record_key": right,
                "shown": shown[0],
                "other_shown": shown[1],
                "severity": int(row.get("severity") or 0),
                "probability": float(row["probability"]) if row.get("probability") else None,
                "why_zh": "",
                "would_change": "[]",
                "asked_of": row.get("asked_of"),
                "asked_at": row.get("asked_at") or "2026-11-22T09:00:00+08:00",
            }
        )
    return pl.DataFrame(rows, schema=ASKED)


def doubts(text):
    """Columns: pair, probability, would_change (parted by commas)."""
    rows = [
        {
            "record_key": row["pair"].split()[0],
            "other_record_key": row["pair"].split()[1],
            "person_id": f"P{row['pair'].split()[0]}",
            "other_person_id": f"P{row['pair'].split()[1]}",
            "probability": float(row["probability"]),
            "weight": 0.0,
            "second_probability": None,
            "how": "evidence",
            "why_zh": "姓名同音且少见 +6.1;合计 60%",
            "would_change": [one for one in (row.get("would_change") or "").split(",") if one],
        }
        for row in _rows(text)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def many_doubts(count, probability=0.5):
    """Doubts that differ in nothing but their records."""
    lines = [f"r{at:04d} f{at:04d} | {probability}" for at in range(count)]
    return doubts("\n".join(["pair | probability", *lines]))


def pairs_of(frame):
    """The pairs of a queue as they are drawn."""
    return [
        " ".join(pair_of(*pair)) for pair in frame.select("record_key", "other_record_key").rows()
    ]


def _rows(text):
    return pl.DataFrame(drawn(text).to_polars()).iter_rows(named=True)
