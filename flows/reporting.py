"""What the morning report says, as plain values: report.json. No clock time stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data_contracts.terms import Source
from flows import reference
from flows.cases import Case
from flows.doubted import Reviewed
from flows.drift.told import drift_rows
from flows.freshness import days_late, is_awaited
from flows.ledger import Outcome
from flows.sample import SAMPLED
from flows.states import DEGRADED, DONE, STATE_WORDS
from flows.tonight import Tonight
from transforms.signals import SIGNALS
from transforms.triage import STATES

SCHEMA_VERSION = 1

_TAKEN = ("accepted", "repeated")
_COUNTS = ("rows", "loaded", "quarantined", "duplicate")


def build_report(
    tonight: Tonight,
    orders: Sequence[dict[str, Any]],
    withheld: int,
    review: Reviewed,
    linkage: Sequence[str],
    known: Sequence[Case],
) -> dict[str, Any]:
    """Everything the county reads in the morning; every figure is a count from this night."""
    sources = list(_sources(tonight))
    visits = _visits(tonight, known)
    needs = [
        *_needs_judgement(review),
        *_needs_a_person(tonight, sources, withheld),
        *_needs_an_answer(visits),
    ]
    state = DEGRADED if any(_is_troubled(source) for source in sources) else DONE
    worklist = _worklist(tonight)
    issued = sum(order["count"] for order in orders)
    return {
        "schema_version": SCHEMA_VERSION,
        "site": tonight.config.site.name,
        "night": tonight.inputs.night.isoformat(),
        "number": tonight.inputs.number,
        "baseline": tonight.inputs.baseline,
        "state": state,
        "message_zh": _message(tonight, state, sources, issued, len(needs)),
        "inputs": tonight.inputs.question,
        "sources": sources,
        "drift": drift_rows(_outcomes(tonight), tonight.config.sources),
        "totals": {
            name: sum(
                one[name]
                for source in sources
                for one in source["deliveries"]
                if one["verdict"] in _TAKEN
            )
            for name in _COUNTS
        },
        "townships": reference.townships(tonight.config.site.county),
        "links": _links(tonight),
        "findings": _findings(tonight),
        "worklist": worklist,
        "visits": visits,
        "orders": list(orders),
        "withheld": withheld,
        "people_outside": tonight.count(
            "SELECT count(*) FROM people WHERE in_county = false AND life_status <> 'dead'"
        ),
        "needs_a_person": needs,
        "linkage": list(linkage),
        "review": {"answers": review.measured, "waiting": review.waits},
    }


def _sources(tonight: Tonight) -> Iterator[dict[str, Any]]:
    """Every source that is awaited, or that sent something tonight, be it refused."""
    outcomes = _outcomes(tonight)
    for source in tonight.config.sources.values():
        mine = [outcome for outcome in outcomes if outcome.source == source.name]
        if mine or is_awaited(source, tonight.newest):
            yield _source(tonight, source, mine)


def _outcomes(tonight: Tonight) -> list[Outcome]:
    return tonight.ledger.outcomes(tonight.inputs.night, tonight.inputs.number)


def _source(tonight: Tonight, source: Source, outcomes: list[Outcome]) -> dict[str, Any]:
    newest = tonight.newest.get(source.name)
    return {
        "source": source.name,
        "title": source.title,
        "supplier": source.supplier,
        "deliveries": [_delivery(outcome) for outcome in outcomes],
        "latest": newest.isoformat() if newest else None,
        "late_days": days_late(newest, source.cadence_days, tonight.inputs.night),
    }


def _delivery(outcome: Outcome) -> dict[str, Any]:
    judged = outcome.judgement
    return {
        "delivery": outcome.delivery,
        "file_name": outcome.file_name,
        "verdict": outcome.verdict,
        **{name: judged.get(name, 0) for name in _COUNTS},
        "change": judged.get("change", {}),
        "reasons": judged.get("reasons", {}),
        "undeclared": judged.get("undeclared", []),
        "warnings": judged.get("warnings", []),
        "failed": judged.get("failed", []),
    }


def _is_troubled(source: dict[str, Any]) -> bool:
    bad = any(one["verdict"] in {"refused", "held", "postponed"} for one in source["deliveries"])
    return bad or bool(source["late_days"]) or source["latest"] is None


def _links(tonight: Tonight) -> dict[str, int]:
    counted = dict(
        tonight.engine.duckdb.execute(
            "SELECT decision, count(*) FROM link GROUP BY decision"
        ).fetchall()
    )
    return {
        "records": sum(counted.values()),
        "decided": counted.get("decided", 0),
        "doubtful": counted.get("doubtful", 0),
        "new": counted.get("new", 0),
        "persons": tonight.count("SELECT count(*) FROM people"),
        "households": tonight.count("SELECT count(DISTINCT household_id) FROM people"),
    }


def _findings(tonight: Tonight) -> list[dict[str, Any]]:
    rows = tonight.engine.rows(
        "SELECT finding.signal, people.township_code, count(*) AS total, "
        "count(*) FILTER (WHERE finding.is_new) AS new "
        "FROM finding JOIN people USING (person_id) GROUP BY ALL ORDER BY ALL"
    )
    found = []
    for name in sorted(SIGNALS):
        mine = [row for row in rows if row["signal"] == name]
        found.append(
            {
                "signal": name,
                "title": SIGNALS[name].title,
                "total": sum(row["total"] for row in mine),
                "new": sum(row["new"] for row in mine),
                "by_township": {row["township_code"] or "": row["total"] for row in mine},
            }
        )
    return found


def _worklist(tonight: Tonight) -> dict[str, int]:
    counted = dict(
        tonight.engine.duckdb.execute(
            "SELECT state, count(*) FROM worklist GROUP BY state"
        ).fetchall()
    )
    return {state: counted.get(state, 0) for state in (*STATES, SAMPLED)}


def _visits(tonight: Tonight, known: Sequence[Case]) -> dict[str, int]:
    """What came back: ever, and since the night before; what is still out, and what is overdue."""
    night, ledger = tonight.inputs.night, tonight.ledger
    before = [row["entry"] for row in ledger.nights() if row["night"] < night.isoformat()]
    then = set(ledger.visits(max(before, default=0)))
    open_orders = [case.order for case in known if case.visit is None]
    return {
        "answered": sum(case.visit is not None for case in known),
        "answered_since": sum(
            case.visit is not None and case.order.order_no not in then for case in known
        ),
        "open": len(open_orders),
        "overdue": sum(order.printed["due"] < night.isoformat() for order in open_orders),
    }


def _needs_an_answer(visits: Mapping[str, int]) -> Iterator[str]:
    if visits["overdue"]:
        yield f"{visits['overdue']} 张工作单已过期限、没有反馈,请催乡镇交回"


def _needs_judgement(review: Reviewed) -> Iterator[str]:
    """Answers that the night could not honour come before everything else."""
    if review.unhonoured:
        yield (
            f"【严重】{review.unhonoured} 个人工核对结论没有得到执行,"
            "请立即联系维护人员,并运行 doorstep review status"
        )
    contradictions = len(review.measured["contradictions"])
    if contradictions:
        yield (
            f"{contradictions} 处人工核对结论互相矛盾,均未采用;"
            "请运行 doorstep review status,撤销其中有误的一个"
        )


def _needs_a_person(
    tonight: Tonight, sources: list[dict[str, Any]], withheld: int
) -> Iterator[str]:
    yield from tonight.inputs.passed_over
    for source in sources:
        for one in source["deliveries"]:
            name = f"{source['title']} {one['file_name']}"
            if one["verdict"] == "held":
                reasons = ";".join(failed["reason"] for failed in one["failed"])
                yield (
                    f"{name} 暂缓接收:{reasons} 核实后可运行 "
                    f"doorstep release {one['delivery']} --reason 理由"
                )
            if one["verdict"] == "refused":
                reasons = ";".join(failed["reason"] for failed in one["failed"])
                yield f"{name} 未被接收:{reasons}(说明见 refused/{source['source']}/)"
            if one["quarantined"]:
                yield (
                    f"{name} 有 {one['quarantined']} 行待更正,"
                    f"请把 quarantine/{source['source']}/ 中的文件退回 {source['supplier']}"
                )
        if source["latest"] is None:
            yield f"{source['title']} 从未收到数据"
        elif source["late_days"]:
            yield f"{source['title']} 已迟 {source['late_days']} 天(数据到 {source['latest']})"
    doubtful = tonight.count("SELECT count(DISTINCT person_id) FROM finding_doubtful")
    if doubtful:
        yield f"{doubtful} 人有预警但身份存疑,未派单,待人工核对"
    if withheld:
        yield f"{withheld} 户因文字未通过外发检查,改由县级处理"


def _message(
    tonight: Tonight, state: str, sources: list[dict[str, Any]], issued: int, needs: int
) -> str:
    loaded = sum(
        one["loaded"]
        for source in sources
        for one in source["deliveries"]
        if one["verdict"] in _TAKEN
    )
    doing = "首夜装载,不派单" if tonight.inputs.baseline else f"派出走访 {issued} 户"
    waiting = f",{needs} 件事需要人处理" if needs else ""
    return f"{STATE_WORDS[state]}:装载 {loaded} 行,{doing}{waiting}。"
