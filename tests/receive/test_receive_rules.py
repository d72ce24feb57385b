"""Each delivery rule is broken once, and exactly its expectation fails."""

from dataclasses import replace
from datetime import date

import pytest

from data_contracts.sources import SOURCES
from data_contracts.terms import DeliveryKind
from flows.receive import Previous, Verdict
from flows.receive.contract_rules import allowed, content_rules, opening_rules
from flows.receive.expectations import failures
from flows.receive.rules import DeliveryRule
from tests.receive.clinic import (
    CLINIC,
    HEADER,
    broken,
    csv_of,
    received,
    rows_of,
    visit,
    visits,
    xlsx_of,
)

BEFORE = Previous(rows=100, as_of=date(2026, 2, 1), ended_with_newline=True)
GOOD = visits(100)


def changed(share: int, **cells: str) -> list[list[str]]:
    """A hundred times ten rows of which some have other cells."""
    return [visit(number, **(cells if number < share else {})) for number in range(1000)]


def without(*titles: str) -> bytes:
    kept = [at for at, title in enumerate(HEADER) if title not in titles]
    return csv_of([[row[at] for at in kept] for row in GOOD], [HEADER[at] for at in kept])


BREACHES = {
    "file_is_readable": (csv_of(GOOD).replace("陈".encode(), b"\xff\xff"), {}),
    "file_is_not_empty": (b"", {}),
    "file_is_complete": (csv_of(GOOD)[:-60], {}),
    "file_has_one_data_sheet": (xlsx_of(GOOD, sheets=("一", "二")), {}),
    "file_is_not_from_the_future": (csv_of(GOOD), {"file_name": "诊疗20260302.csv"}),
    "header_is_unambiguous": (
        csv_of([[*row, "x"] for row in GOOD], [*HEADER, "患者姓名"]),
        {},
    ),
    "visit_no_header_is_present": (without("就诊号"), {}),
    "id_number_header_is_present": (without("证件号码"), {}),
    "name_header_is_present": (without("姓名"), {}),
    "visited_on_header_is_present": (without("就诊日期"), {}),
    "rows_are_enough": (csv_of([]), {}),
    "rows_match_control": (csv_of(GOOD), {"control_rows": 101}),
    "rows_match_total": (csv_of([*GOOD, ["合计:101条"]]), {}),
    "quarantine_within_limit": (csv_of(changed(51, days="x")), {}),
    "keys_do_not_conflict": (csv_of(changed(30, visit_no="V000000")), {}),
    "visit_no_is_filled": (csv_of(changed(26, visit_no="")), {}),
    "name_is_filled": (csv_of(changed(26, name="无")), {}),
    "visited_on_is_filled": (csv_of(changed(26, visited_on="-")), {}),
    "sex_codes_are_known": (csv_of(changed(26, sex="7")), {}),
    "mode_codes_are_known": (csv_of(changed(26, mode="甲")), {}),
    "rows_stay_within_band": (csv_of(visits(126)), {"previous": BEFORE}),
    "file_ends_as_before": (csv_of(GOOD, end=False), {"previous": BEFORE}),
}


@pytest.mark.parametrize("rule", BREACHES)
def test_a_broken_rule_is_the_one_expectation_that_fails(rule):
    data, settings = BREACHES[rule]

    judgement, _ = received(data, **settings)

    assert broken(judgement) == {rule}
    held = rule in {"rows_stay_within_band", "file_ends_as_before"}
    assert judgement.verdict is (Verdict.HELD if held else Verdict.REFUSED)
    (failed,) = judgement.failed
    assert failed.reason
    assert "{" not in failed.reason + failed.reason_en


def test_every_rule_of_the_contract_is_broken_somewhere():
    every = {rule.name for rule in rules_of(CLINIC)}

    assert every - set(BREACHES) == {"rows_reconcile"}


def test_rows_that_got_lost_on_the_way_refuse_the_delivery():
    rules = list(content_rules(CLINIC, 10, control_rows=None, stated_rows=None, previous=None))
    summary = healthy(rules) | {"rows_reconcile": 1}

    (failed,) = failures(rules, summary)

    assert failed.name == "rows_reconcile"


def test_every_rule_fails_by_its_own_count_alone():
    rules = rules_of(CLINIC)

    for rule in rules:
        (failed,) = failures(rules, healthy(rules) | {rule.name: beyond(rule)})
        assert failed.name == rule.name


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_file_that_breaks_every_rule_of_a_source_breaks_all(source):
    rules = rules_of(source)

    failed = failures(rules, {rule.name: beyond(rule) for rule in rules})

    assert [one.name for one in failed] == [rule.name for rule in rules]
    assert not any(one.raised for one in failed)


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_a_file_that_keeps_every_rule_of_a_source_breaks_none(source):
    rules = rules_of(source)

    assert failures(rules, healthy(rules)) == ()


def test_an_expectation_that_raises_fails_the_delivery(monkeypatch):
    unjudgeable = DeliveryRule(name="not_in_the_summary", reason="", reason_en="")
    monkeypatch.setattr(
        "flows.receive.receiving.opening_rules",
        lambda source: [*opening_rules(source), unjudgeable],
    )
    monkeypatch.setattr(
        "flows.receive.receiving.summary_of",
        lambda *found: dict.fromkeys(["not_in_the_summary"], "not a number"),
    )

    judgement, _ = received(csv_of(GOOD), released=True)

    assert judgement.verdict is Verdict.REFUSED
    assert {"not_in_the_summary"} <= {one.name for one in judgement.failed if one.raised}
    assert all("无法执行" in one.reason for one in judgement.failed if one.raised)


def test_a_rule_that_nothing_was_counted_for_fails():
    rule = DeliveryRule(name="counted", reason="r", reason_en="r")
    forgotten = DeliveryRule(name="forgotten", reason="r", reason_en="r")

    (failed,) = failures([rule, forgotten], {"counted": 0})

    assert failed.name == "forgotten"
    assert failed.raised


def test_a_held_delivery_is_accepted_once_a_person_released_it():
    data, settings = csv_of(visits(126)), {"previous": BEFORE}

    assert received(data, **settings)[0].verdict is Verdict.HELD
    released, connection = received(data, **settings, released=True)

    assert released.verdict is Verdict.ACCEPTED
    assert rows_of(connection, "SELECT count(*) FROM good") == [(126,)]


def test_release_never_accepts_what_must_be_refused():
    judgement, _ = received(csv_of(changed(26, sex="7")), released=True)

    assert judgement.verdict is Verdict.REFUSED


@pytest.mark.parametrize(("rows", "held"), [(79, True), (80, False), (125, False), (126, True)])
def test_a_full_delivery_is_held_just_outside_its_band(rows, held):
    judgement, _ = received(csv_of(visits(rows)), previous=BEFORE)

    assert broken(judgement) == ({"rows_stay_within_band"} if held else set())


def test_only_full_deliveries_have_a_band():
    append = replace(CLINIC, delivery=DeliveryKind.APPEND)

    judgement, _ = received(csv_of(visits(5)), append, previous=BEFORE)

    assert judgement.verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(
    ("rows", "most"), [(0, 0), (1, 0), (2, 1), (9, 4), (10, 5), (100, 5), (120, 6), (1000, 50)]
)
def test_a_few_faulty_rows_are_allowed_but_never_all(rows, most):
    assert allowed(0.05, rows) == most


@pytest.mark.parametrize(("faulty", "refused"), [(50, False), (51, True)])
def test_the_quarantine_limit_is_a_share_of_the_rows(faulty, refused):
    rows = [visit(n, **({"days": "x"} if n < faulty else {})) for n in range(1000)]

    judgement, _ = received(csv_of(rows))

    assert broken(judgement) == ({"quarantine_within_limit"} if refused else set())


def test_one_faulty_row_of_two_does_not_refuse_a_small_file():
    judgement, _ = received(csv_of([visit(0), visit(1, days="x")]))

    assert judgement.verdict is Verdict.ACCEPTED
    assert (judgement.loaded, judgement.quarantined) == (1, 1)


def test_a_file_of_nothing_but_faulty_rows_is_refused():
    judgement, _ = received(csv_of([visit(0, days="x")]))

    assert broken(judgement) == {"quarantine_within_limit"}


def test_an_unclosed_last_line_only_warns_when_nothing_came_before():
    judgement, _ = received(csv_of(GOOD, end=False))

    assert judgement.verdict is Verdict.ACCEPTED
    assert judgement.warnings == ("文件末尾没有换行,无法确认是否完整",)


def test_data_older_than_the_last_delivery_warns():
    later = replace(BEFORE, as_of=date(2026, 2, 28))

    judgement, _ = received(csv_of(GOOD), previous=later)

    assert judgement.verdict is Verdict.ACCEPTED
    assert judgement.warnings == ("数据日期早于上次接收的数据",)


def rules_of(source) -> list[DeliveryRule]:
    """Every rule that can apply to a source, as if everything had been announced."""
    full = replace(source, delivery=DeliveryKind.FULL)
    rest = content_rules(full, 100, control_rows=100, stated_rows=100, previous=BEFORE)
    return [*opening_rules(source), *rest]


def beyond(rule: DeliveryRule) -> float:
    return rule.low - 1 if rule.high is None else rule.high + 1


def healthy(rules) -> dict[str, float]:
    return {rule.name: rule.low for rule in rules}
