"""Tonight's worklist: give triage what it needs, and keep people of doubtful identity apart."""

from __future__ import annotations

import polars as pl

from data_contracts.terms import Purpose
from flows.before_help import before_help
from flows.cases import Case, cases, finding_table, member_table, order_table, pause_rules
from flows.desk_honoured import marks_of, say_who_paused
from flows.desk_marks import Marks, finding_rows, member_rows, order_rows
from flows.former_homes import former_homes
from flows.tonight import Tonight
from flows.visit_deaths import leave_in_peace
from flows.visitors import capacities
from transforms.helped import hanging_on, last_help
from transforms.purpose import permitted
from transforms.signal import LeadsTo, RenewedBy
from transforms.signals import SIGNALS
from transforms.situation import situations
from transforms.triage import Asked, Limits, considered, worklist

_ANSWERED = {"signal": pl.String, "category": pl.String}
_SIGNALS = {"signal": pl.String, "by_event": pl.Boolean}


def rank(tonight: Tonight) -> list[Case]:
    """Make `worklist`, `finding_weighed` and `situation`; gives the cases it went by.

    The first night issues nothing.
    """
    engine, on = tonight.engine, tonight.inputs.night
    _set_apart(tonight)
    leave_in_peace(engine)
    _situations(tonight)
    known = _cases(tonight)
    decided = marks_of(tonight)
    asked, limits = _asked(tonight, known, decided), _limits(tonight)
    engine.materialise("worklist", worklist(asked, limits, on))
    say_who_paused(tonight, decided)
    engine.materialise("finding_weighed", considered(asked, limits, on))
    if tonight.inputs.baseline:
        engine.duckdb.execute(
            "UPDATE worklist SET state = 'carried', state_reason = '首夜只装载历史,不派单' "
            "WHERE state = 'issued'"
        )
    return known


def _set_apart(tonight: Tonight) -> None:
    """Findings about somebody whose identity is in doubt are no door to knock on yet.

    Of the others, those about help that is being given already go to their own list, and notes
    to the order they belong to.
    """
    engine = tonight.engine
    kinds = pl.DataFrame(
        [(one.name, one.leads_to.value) for one in SIGNALS.values()],
        schema={"signal": pl.String, "leads_to": pl.String},
        orient="row",
    )
    engine.register("signal_kind", kinds.to_arrow())
    engine.duckdb.execute(
        "CREATE OR REPLACE TEMP TABLE doubtful_person AS "
        "SELECT person_id FROM link GROUP BY person_id HAVING bool_and(decision = 'doubtful')"
    )
    for table, word in (("finding_doubtful", "SEMI"), ("finding_certain", "ANTI")):
        engine.duckdb.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS "
            f"SELECT finding.* FROM finding {word} JOIN doubtful_person USING (person_id)"
        )
    for kind in LeadsTo:
        engine.duckdb.execute(
            f"CREATE OR REPLACE TEMP TABLE finding_{kind.value} AS SELECT finding.* "
            "FROM finding_certain AS finding JOIN signal_kind USING (signal) "
            f"WHERE leads_to = '{kind.value}'"
        )


def _situations(tonight: Tonight) -> None:
    """Make `situation`: what is known of every household."""
    facts = {
        name: permitted(tonight.engine.table(f"fact_{name}"), name, Purpose.WEIGH)
        for name in (
            *("settlement", "enrolment", "benefit", "assistance", "admission"),
            *("property_right", "tenancy", "vehicle", "death", "dangerous_house", "disability"),
        )
    }
    shared = tonight.question.policy.shared(tonight.inputs.night)
    people = tonight.engine.table("people")
    told = situations(people, facts, shared, tonight.inputs.night)
    tonight.engine.materialise("situation", told)


def _cases(tonight: Tonight) -> list[Case]:
    return cases(
        tonight.issued,
        tonight.visits,
        pause_rules(tonight.question.policy.shared(tonight.inputs.night)),
        tonight.config.site.county,
        tonight.inputs.night,
    )


def _asked(tonight: Tonight, known: list[Case], decided: Marks) -> Asked:
    engine, into = tonight.engine, tonight.minted.person_into
    given = {
        "signal_traits": _signals(),
        "township_visits": capacities(tonight.visitors),
        "known_order": pl.concat(
            [order_table(known, tonight.config.site.county), order_rows(decided)]
        ),
        "known_order_member": pl.concat([member_table(known, into), member_rows(decided, into)]),
        "known_order_finding": pl.concat([finding_table(known), finding_rows(decided)]),
    }
    tables = {name: engine.register(name, frame.to_arrow()) for name, frame in given.items()}
    _help(tonight)
    return Asked(
        findings=engine.table("finding_visit"),
        signals=tables["signal_traits"],
        answered_by=engine.table("answered_by"),
        people=engine.table("asked_people"),
        helps=engine.table("help"),
        before_help=before_help(tonight),
        needs=engine.table("situation").select("household_id", "need"),
        capacity=tables["township_visits"],
        orders=tables["known_order"],
        order_members=tables["known_order_member"],
        order_findings=tables["known_order_finding"],
    )


def _help(tonight: Tonight) -> None:
    """Make `help`: assistance by the persons it hangs on; and `last_help`: what it still answers."""
    engine, people = tonight.engine, tonight.engine.table("people")
    homes = engine.register("former_home", former_homes(tonight).to_arrow())
    engine.materialise("help", hanging_on(engine.table("fact_assistance"), homes, people))
    answers = engine.register("answered_by", _answered_by().to_arrow())
    helped = last_help(answers, people, engine.table("help"), tonight.inputs.night)
    engine.materialise("last_help", helped)


def _limits(tonight: Tonight) -> Limits:
    shared = tonight.question.policy.shared(tonight.inputs.night)
    return Limits(
        capacity=shared.township_capacity,
        waiting_share=shared.waiting_share,
        county_after=shared.county_after_orders,
        renewal_growth=shared.renewal_growth,
    )


def _signals() -> pl.DataFrame:
    rows = [(one.name, one.renewed_by is RenewedBy.EVENT) for one in SIGNALS.values()]
    return pl.DataFrame(rows, schema=_SIGNALS, orient="row")


def _answered_by() -> pl.DataFrame:
    pairs = [(one.name, category) for one in SIGNALS.values() for category in one.answered_by]
    return pl.DataFrame(sorted(pairs), schema=_ANSWERED, orient="row")
