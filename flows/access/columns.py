"""What class every column of the published snapshot and of the ledger has. A new column needs one.

A column may have several classes (`timeline.what` tells bills, diagnoses and police facts alike):
whoever may not see one of them may not see the column. So it is, too, with the sensitive kinds among
findings: only who may see both reads the table.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows.access.roles import SEES, Role, Sight

_Drawn = Mapping[Sight, str]

_FINDING = (
    "signal title sentence verify reference parameters history_note seen_to severity is_sensitive"
)

SNAPSHOT: dict[str, _Drawn] = {
    "night": {Sight.PLAIN: "on number state message site"},
    "source_status": {
        Sight.PLAIN: "source title supplier last_delivery last_business_date late_days rows loaded "
        "quarantined duplicate verdict message"
    },
    "drift": {Sight.PLAIN: "source title delivery file_name column kind said last holds verdict"},
    "township": {Sight.PLAIN: "code name"},
    "policy": {Sight.PLAIN: "name means value unit document since"},
    "signal": {Sight.PLAIN: "name code title means reference"},
    "link": {
        Sight.PLAIN: "source delivery row line",
        Sight.KEY: "record_key person_id household_id",
        Sight.SCORE: "decision how probability",
    },
    "worklist": {
        Sight.KEY: "household_id order_no lead_person_id",
        Sight.PLACE: "township_code township_name village_name",
        Sight.MASKED: "lead_name",
        Sight.SIGNAL: "severity state state_reason position due_on first_found need signal_count "
        "rests_until signals sentences",
        Sight.SENSITIVE: "state_reason signals sentences",
        Sight.AMOUNT: "sentences need",
    },
    "finding": {
        Sight.KEY: "household_id person_id",
        Sight.SIGNAL: f"{_FINDING} occurred_on first_found measure",
        Sight.SENSITIVE: f"{_FINDING} occurred_on first_found measure",
        Sight.POLICE: "signal title sentence verify reference occurred_on measure",
        Sight.AMOUNT: "measure sentence",
    },
    "proof": {
        Sight.KEY: "person_id record_key",
        Sight.PLAIN: "file_name delivery line",
        Sight.SIGNAL: "signal",
        Sight.SENSITIVE: "signal",
        Sight.POLICE: "what source_title happened_on",
        Sight.DIAGNOSIS: "what source_title",
        Sight.AMOUNT: "what",
        Sight.PERSONAL: "what",
    },
    "timeline": {
        Sight.KEY: "household_id person_id record_key",
        Sight.PLAIN: "delivery file_name line row",
        Sight.POLICE: "record source source_title happened_on what",
        Sight.DIAGNOSIS: "record source source_title what",
        Sight.AMOUNT: "what",
        Sight.PERSONAL: "what",
        Sight.SCORE: "how probability why_zh",
    },
    "member": {
        Sight.KEY: "household_id person_id",
        Sight.MASKED: "name id_last4",
        Sight.PERSONAL: "sex age relation life_status household_how household_since",
        Sight.PLACE: "township_code place_source place_on",
    },
    "case": {
        Sight.KEY: "household_id order_no",
        Sight.PLACE: "township_code",
        Sight.SIGNAL: "severity signals rests_until",
        Sight.SENSITIVE: "signals",
        Sight.NOTE: "issued_on visitor state visited_on conclusions",
        Sight.AMOUNT: "amount",
    },
    "situation": {
        Sight.KEY: "household_id",
        Sight.PERSONAL: "members minors elders earners pensioners unclear unseen uninsured deaths "
        "dwellings rents unsafe_houses vehicles on_aid",
        Sight.DIAGNOSIS: "disabled helpless seriously_ill",
        Sight.AMOUNT: "monthly_income medical_burden in_scope_burden vehicle_value shortfall need",
    },
    "doubt": {
        Sight.KEY: "record_key other_record_key person_id other_person_id",
        Sight.SCORE: "probability weight second_probability how why_zh",
        Sight.SIGNAL: "would_change",
        Sight.SENSITIVE: "would_change",
    },
    "night_report": {Sight.PLAIN: "told"},
    "measured": {Sight.PLAIN: "name told"},
    "household_source": {
        Sight.KEY: "household_id",
        Sight.POLICE: "source title",
        Sight.DIAGNOSIS: "source title",
    },
    "contact": {
        Sight.KEY: "household_id person_id record_key",
        Sight.MASKED: "kind shown is_best is_registered dated",
        Sight.POLICE: "source_title",
        Sight.DIAGNOSIS: "source_title",
    },
    "search_key": {Sight.KEY: "kind key household_id"},
}

LEDGER: dict[str, _Drawn] = {
    "entry": {
        Sight.PLAIN: "entry kind night who",
        Sight.NOTE: "body",
        Sight.SIGNAL: "body",
        Sight.SENSITIVE: "body",
    },
    "outcome": {
        Sight.PLAIN: "entry night number source delivery file_name verdict judgement",
    },
    "delivery": {
        Sight.PLAIN: "arrival entry delivery source file_name night as_of rows "
        "ended_with_newline archived released"
    },
    "person": {Sight.PLAIN: "number entry", Sight.KEY: "person_id founder"},
    "person_key": {Sight.PLAIN: "entry since", Sight.KEY: "person_key person_id"},
    "merge": {
        Sight.PLAIN: "entry",
        Sight.KEY: "person_id into_person_id",
        Sight.SCORE: "kind reason",
    },
    "household": {Sight.PLAIN: "number entry", Sight.KEY: "household_id household_key"},
    "household_key": {Sight.PLAIN: "entry since", Sight.KEY: "household_key household_id"},
    "household_member": {
        Sight.PLAIN: "entry",
        Sight.KEY: "person_id household_id",
        Sight.PERSONAL: "is_head",
    },
    "household_change": {
        Sight.PLAIN: "entry",
        Sight.KEY: "household_id into_household_id",
        Sight.PERSONAL: "kind reason",
    },
    "seen": {
        Sight.PLAIN: "entry first_found",
        Sight.KEY: "person_id",
        Sight.SIGNAL: "signal",
        Sight.SENSITIVE: "signal",
    },
    "lapse": {
        Sight.PLAIN: "entry first_found gone_on is_over",
        Sight.KEY: "person_id",
        Sight.SIGNAL: "signal",
        Sight.SENSITIVE: "signal",
    },
    "work_order": {
        Sight.PLAIN: "entry issued_on",
        Sight.KEY: "order_no household_id members",
        Sight.PLACE: "township_code",
        Sight.SIGNAL: "severity signals printed",
        Sight.SENSITIVE: "signals printed",
        Sight.ADDRESS: "printed",
        Sight.AMOUNT: "printed",
    },
    "night": {Sight.PLAIN: "entry night number question state manifest body"},
    "returned": {Sight.PLAIN: "entry content file_name archived received_on counts"},
    "visit": {
        Sight.PLAIN: "entry sheet line",
        Sight.KEY: "order_no",
        Sight.NOTE: "visited_on visitor reached codes needs note",
        Sight.AMOUNT: "amount",
        Sight.ADDRESS: "address",
        Sight.PHONE: "phone",
    },
    "match_question": {
        Sight.PLAIN: "entry question_no copy asked_of asked_at",
        Sight.KEY: "record_key other_record_key shown other_shown",
        Sight.SCORE: "probability why_zh severity",
        Sight.SIGNAL: "would_change",
        Sight.SENSITIVE: "would_change",
    },
    "match_answer": {
        Sight.PLAIN: "entry who given_at question_no undoes asked",
        Sight.KEY: "record_key other_record_key",
        Sight.PERSONAL: "answer note",
    },
}


def classes(drawn: _Drawn) -> dict[str, frozenset[Sight]]:
    """Every column of a table with all the classes it has."""
    found: dict[str, set[Sight]] = {}
    for sight, names in drawn.items():
        for name in names.split():
            found.setdefault(name, set()).add(sight)
    return {name: frozenset(sights) for name, sights in found.items()}


def visible(role: Role, drawn: _Drawn) -> list[str]:
    """The columns of a table that a role may see, all classes of each considered."""
    return [name for name, sights in classes(drawn).items() if sights <= SEES[role]]
