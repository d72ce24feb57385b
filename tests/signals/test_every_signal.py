"""What must hold for every signal, however it is written."""

from datetime import date
from pathlib import Path
from string import Formatter
from types import SimpleNamespace

import ibis
import pytest

from data_contracts.policy.shared import SHARED, STANDING_CATEGORIES
from data_contracts.policy.terms import ValueKind, Worse
from data_contracts.records import RECORDS
from flows.policy import load
from tests.signals.asking import ON, asked_of, complete
from tests.signals.world import example_of, world
from transforms.known import PEOPLE, REFUSALS, facts_schema
from transforms.signal import BLUE, FOUND, PROOF_SCHEMA, RED, LeadsTo
from transforms.signals import DORMANT, SIGNALS

POLICY = load(Path(__file__).parents[2] / "flows" / "synth" / "policy")
EVERY = pytest.mark.parametrize("signal", SIGNALS.values(), ids=list(SIGNALS))

NEVER_SAID_AT_THE_DOOR = (
    *("诊断", "疾病", "病种", "重病", "大病", "癌", "肿瘤", "肾", "心梗", "透析", "精神", "艾滋"),
    *("警", "案", "火", "灾", "车祸", "交通", "家暴", "自杀", "伤", "残", "犯", "公安", "派出所"),
    *("分数", "评分", "得分", "打分", "风险", "等级", "红色", "黄色", "蓝色", "贫困户"),
    *("预警", "核查", "可疑", "嫌疑", "唯一", "新发"),
)


def empty_tables():
    tables = {name: ibis.table(facts_schema(name), name=f"record_{name}") for name in RECORDS}
    others = {"people": PEOPLE, "found": FOUND, "refusal": REFUSALS}
    return tables | {name: ibis.table(schema, name=name) for name, schema in others.items()}


def limits(signal, on=ON):
    return POLICY.limits(signal, on)


@EVERY
@pytest.mark.parametrize("coverage", [complete(*RECORDS), complete()], ids=["told", "silent"])
def test_yields_the_columns_of_a_proof_whatever_silence_tells(signal, coverage):
    proofs = signal.proofs(empty_tables(), limits(signal), coverage, ON)
    assert proofs.schema() == ibis.schema(PROOF_SCHEMA)


@EVERY
def test_finds_nothing_where_there_is_nothing_and_yields_the_columns_it_says(signal):
    nothing = world({"people": "person_id"})
    found = signal.proofs(nothing, limits(signal), complete(*RECORDS), ON).to_pyarrow()
    assert found.num_rows == 0
    assert found.schema == ibis.schema(PROOF_SCHEMA).to_pyarrow()


@EVERY
def test_is_declared_in_full(signal):
    assert signal.name == signal.rule.__name__
    assert signal.means
    assert not signal.means.endswith("\n")
    assert signal.reference.title
    for text in (signal.code, signal.title, signal.county_sentence, signal.verify):
        assert text.strip()
    assert set(signal.reads) <= {*RECORDS, "people", "found", "refusal"}
    assert set(signal.answered_by) <= set(RECORDS["assistance"].columns["category"].one_of)
    assert signal.answered_by or signal.leads_to is not LeadsTo.VISIT


@EVERY
def test_every_parameter_is_declared_with_its_reference(signal):
    names = [parameter.name for parameter in signal.parameters]
    assert len(names) == len(set(names))
    for parameter in signal.parameters:
        assert parameter.means
        assert parameter.unit
        assert parameter.reference.title
        assert parameter.shared == (SHARED.get(parameter.name) is parameter)


class _Watched(SimpleNamespace):
    """Limits that remember which of them were asked for."""

    def __getattribute__(self, name):
        if not name.startswith("_"):
            super().__getattribute__("_asked").add(name)
        return super().__getattribute__(name)


@EVERY
def test_reads_every_parameter_it_declares_and_no_other(signal):
    watched = _Watched(_asked=set(), **vars(limits(signal)))
    signal.proofs(empty_tables(), watched, complete(*RECORDS), ON)
    history = {signal.history[1]} if signal.history else set()
    assert watched._asked | history == {parameter.name for parameter in signal.parameters}


@EVERY
def test_expires(signal):
    assert any("window_days" in parameter.name for parameter in signal.parameters)


@EVERY
def test_the_history_it_needs_is_a_record_it_reads_and_days_it_declares(signal):
    if signal.history is None:
        return
    record, name = signal.history
    assert record in signal.reads
    assert [each.kind for each in signal.parameters if each.name == name] == [ValueKind.DAYS]


@EVERY
def test_the_township_sentence_is_fit_to_be_read_out_to_the_family(signal):
    sentence = signal.township_sentence or ""
    assert [word for word in NEVER_SAID_AT_THE_DOOR if word in sentence] == []
    assert [word for word in ("警", "案", "犯", "风险") if word in sentence + signal.verify] == []
    assert not any(character.isdigit() for character in sentence)


@EVERY
def test_sentences_are_filled_only_with_what_publishing_knows(signal):
    for sentence in (signal.county_sentence, signal.township_sentence or ""):
        fields = {name for __, name, __, __ in Formatter().parse(sentence) if name is not None}
        assert fields <= {"amount", "count", "month", "age"}
        assert not sentence.endswith(("。", ";"))


DIRECTED = [
    pytest.param(signal, parameter, id=f"{signal.name}.{parameter.name}")
    for signal in SIGNALS.values()
    for parameter in signal.parameters
    if parameter.flags_more_when is not Worse.NEITHER
]


@pytest.mark.parametrize(("signal", "parameter"), DIRECTED)
def test_a_parameter_moved_the_way_it_says_never_clears_or_lowers(signal, parameter):
    def found(changed):
        asked = SimpleNamespace(**{**vars(limits(signal)), **changed})
        rows = asked_of(signal, example_of(signal), asked, complete(*RECORDS))
        return {(row["person_id"], row["record_key"]): row["severity"] for row in rows}

    before = found({})
    after = found({parameter.name: _moved(parameter, vars(limits(signal))[parameter.name])})
    assert all(after.get(row, 0) >= severity for row, severity in before.items())
    assert all(BLUE <= severity <= RED for severity in after.values())


def _moved(parameter, value):
    is_more = parameter.flags_more_when is Worse.HIGHER
    if parameter.kind is ValueKind.CODES:
        return (*value, *(parameter.one_of or ("J",))) if is_more else ()
    step = value // 10 + 1
    return value + step if is_more else value - step


@EVERY
def test_its_own_example_raises_it(signal):
    assert asked_of(signal, example_of(signal), limits(signal), complete(*RECORDS))


@EVERY
def test_what_it_calls_worse_is_a_column_that_it_reads(signal):
    schemas = {**{name: facts_schema(name) for name in RECORDS}, "people": PEOPLE}
    for name, direction in signal.worse.items():
        table, __, column = name.partition(".")
        assert table in signal.reads
        assert not column or column in schemas[table]
        if isinstance(direction, tuple):
            assert set(direction) <= set(RECORDS[table].columns[column].one_of)


@pytest.mark.parametrize("dormant", DORMANT.values(), ids=list(DORMANT))
def test_a_dormant_signal_says_what_is_lacking(dormant):
    assert dormant.lacking
    assert dormant.reference.title
    assert dormant.code not in {one.code for one in SIGNALS.values()}


def test_standing_categories_are_categories_of_the_register():
    assert set(STANDING_CATEGORIES) <= set(RECORDS["assistance"].columns["category"].one_of)


def test_the_synthetic_countys_policy_is_complete_from_its_first_day():
    assert POLICY.missing(date(2023, 1, 1)) == []
    for values in POLICY.stated.values():
        assert all("虚构" in value.document for value in values)
