"""What a county's policy files may say, and what is refused."""

import hashlib
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data_contracts.policy.shared import SHARED
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from flows.policy import NotInForce, PolicyRefused, load, parse, template
from flows.policy.declared import DECLARED
from flows.policy.values import read_value
from transforms.signals import SIGNALS

SYNTHETIC = Path(__file__).parents[2] / "flows" / "synth" / "policy"
ON = date(2026, 11, 22)


def entry(name="rent_arrears.threshold_months", since="2026-01-01", value="3", **changed):
    """One stated value as TOML; a change to None leaves the line out."""
    lines = {
        "from": since,
        "value": value,
        "document": '"民发〔2026〕1号"',
        "document_date": "2025-12-01",
    }
    lines.update(changed)
    stated = [f"{key} = {text}" for key, text in lines.items() if text is not None]
    return "\n".join([f"[[{name}]]", *stated, ""])


def policy(*entries: str):
    return parse({"signals.toml": "\n".join(entries).encode()})


def refused(*entries: str) -> str:
    with pytest.raises(PolicyRefused) as caught:
        policy(*entries)
    return str(caught.value)


def test_a_value_is_in_force_from_its_first_day_until_the_next_one():
    stated = policy(
        entry(since="2026-06-01", value="6", document='"第二号"', document_date="2026-05-20"),
        entry(since="2026-01-01", value="3"),
    )
    name = "rent_arrears.threshold_months"
    assert stated.value(name, date(2026, 1, 1)).value == 3
    assert stated.value(name, date(2026, 5, 31)).value == 3
    newer = stated.value(name, date(2026, 6, 1))
    assert (newer.value, newer.since, newer.document, newer.document_date) == (
        6,
        date(2026, 6, 1),
        "第二号",
        date(2026, 5, 20),
    )


def test_asking_before_the_first_day_names_file_and_key_and_what_to_do():
    with pytest.raises(NotInForce) as caught:
        policy(entry()).value("rent_arrears.threshold_months", date(2025, 12, 31))
    said = str(caught.value)
    for part in ("policy/signals.toml", "[[rent_arrears.threshold_months]]", "2025-12-31", "请"):
        assert part in said


def test_asking_for_what_nobody_stated_is_the_same_error_in_the_right_file():
    with pytest.raises(NotInForce, match=r"policy/county\.toml"):
        policy().value("adult_age", ON)
    with pytest.raises(NotInForce, match=r"policy/signals\.toml"):
        policy().limits(SIGNALS["rent_arrears"], ON)
    with pytest.raises(NotInForce, match=r"policy/county\.toml"):
        policy().shared(ON)


def test_a_signals_limits_hold_its_own_and_the_shared_values():
    limits = load(SYNTHETIC).limits(SIGNALS["large_single_admission"], ON)
    assert limits.threshold == Decimal("15000.00")
    assert limits.low_income_population == ("low_income_margin", "monitored", "rigid_expense")
    assert limits.disposable_income_per_head == Decimal("31200.00")
    assert not hasattr(limits, "adult_age")


def test_the_shared_values_of_a_day_are_all_there():
    shared = load(SYNTHETIC).shared(ON)
    assert set(vars(shared)) == set(SHARED)
    assert isinstance(shared.township_capacity, int)


def test_missing_lists_what_is_not_stated_for_a_day():
    assert load(SYNTHETIC).missing(ON) == []
    assert set(load(SYNTHETIC).missing(date(2022, 12, 31))) == set(DECLARED)
    assert policy(entry()).missing(ON) == [
        n for n in DECLARED if n != "rent_arrears.threshold_months"
    ]


@pytest.mark.parametrize(
    "name",
    ["rent_arrears.treshold", "rent_arrear.threshold_months", "nonsense", "rent_arrears.adult_age"],
)
def test_an_unknown_key_is_refused_by_name(name):
    assert name in refused(entry(name))


def test_a_shared_value_may_stand_in_any_file_but_is_stated_once_a_day():
    both = {
        "county.toml": entry("adult_age", value="18"),
        "other.toml": entry("adult_age", value="16"),
    }
    with pytest.raises(PolicyRefused, match=r"adult_age.*2026-01-01"):
        parse({file: text.encode() for file, text in both.items()})


@pytest.mark.parametrize(
    "changed",
    [
        {"document": None},
        {"document": '"  "'},
        {"document": "7"},
        {"document_date": None},
        {"document_date": '"2025-12-01"'},
        {"document_date": "2025-12-01T00:00:00"},
        {"since": '"2026-01-01"'},
        {"since": "20260101"},
        {"value": None},
        {"note": '"x"'},
    ],
)
def test_an_entry_has_exactly_a_day_a_value_and_a_dated_document(changed):
    assert "signals.toml:[[rent_arrears.threshold_months]]" in refused(entry(**changed))


def _parameter(kind, one_of=()):
    return Parameter(
        name="x",
        kind=kind,
        unit="元",
        means="m",
        reference=Reference(title="t"),
        flags_more_when=Worse.NEITHER,
        one_of=one_of,
    )


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        (ValueKind.MONEY, 26000, Decimal("26000.00")),
        (ValueKind.MONEY, Decimal("26000.5"), Decimal("26000.50")),
        (ValueKind.MONEY, 0, Decimal("0.00")),
        (ValueKind.DAYS, 365, 365),
        (ValueKind.COUNT, 0, 0),
        (ValueKind.SHARE, Decimal("0.50"), Decimal("0.5")),
        (ValueKind.SHARE, 1, Decimal("1")),
        (ValueKind.MULTIPLE, Decimal("1.5"), Decimal("1.50")),
        (ValueKind.MULTIPLE, 1, Decimal("1.00")),
        (ValueKind.CODE, "cash", "cash"),
        (ValueKind.CODES, ["N18.0", "C34", "C34"], ("C34", "N18.0")),
        (ValueKind.CODES, [], ()),
    ],
)
def test_a_value_is_read_by_its_kind(kind, given, value):
    read = read_value("f", _parameter(kind), given)
    assert read == value
    assert type(read) is type(value)
    assert str(read) == str(value)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (ValueKind.MONEY, "26000"),
        (ValueKind.MONEY, Decimal("0.001")),
        (ValueKind.MONEY, -1),
        (ValueKind.MONEY, True),
        (ValueKind.MONEY, Decimal("nan")),
        (ValueKind.MONEY, Decimal("inf")),
        (ValueKind.MONEY, Decimal("1e15")),
        (ValueKind.DAYS, Decimal("1.5")),
        (ValueKind.DAYS, -1),
        (ValueKind.DAYS, True),
        (ValueKind.DAYS, 10**9),
        (ValueKind.COUNT, "3"),
        (ValueKind.SHARE, Decimal("1.01")),
        (ValueKind.MULTIPLE, Decimal("0.99")),
        (ValueKind.MULTIPLE, Decimal("1.505")),
        (ValueKind.MULTIPLE, 101),
        (ValueKind.CODE, ["cash"]),
        (ValueKind.CODE, ""),
        (ValueKind.CODES, "C34"),
        (ValueKind.CODES, [34]),
        (ValueKind.CODES, [""]),
        (ValueKind.CODES, ["."]),
        (ValueKind.CODES, ["C00-C97"]),
        (ValueKind.CODES, ["C34|"]),
    ],
)
def test_a_value_of_another_kind_is_refused_and_never_converted(kind, given):
    with pytest.raises(PolicyRefused, match=r"value|代码"):
        read_value("signals.toml:[[x]]", _parameter(kind), given)


def test_a_code_outside_its_list_is_refused_with_the_list():
    with pytest.raises(PolicyRefused, match="只能是:cash、in_scope"):
        read_value("f", _parameter(ValueKind.CODE, ("cash", "in_scope")), "personal")
    assert "tekun" in refused(entry("high_medical_burden.excluded_population", value='["dibaoo"]'))


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"[[", b"rent_arrears = 3", b"adult_age = 3", b"[adult_age]\nx = 1"]
)
def test_what_is_not_such_a_file_is_refused_by_its_name(content):
    with pytest.raises(PolicyRefused, match=r"signals\.toml"):
        parse({"signals.toml": content})


def test_a_byte_order_mark_is_no_obstacle():
    assert parse({"signals.toml": b"\xef\xbb\xbf" + entry().encode()}).missing(ON)


def test_the_fingerprint_is_of_the_content_and_not_of_its_layout():
    first, second = entry(), entry(since="2026-06-01", value="6")
    print_of = policy(first, second).fingerprint
    assert len(bytes.fromhex(print_of)) == hashlib.sha256().digest_size
    assert policy("# a remark", second, first).fingerprint == print_of
    other_document = entry(document='"另一号"')
    for changed in ([first], [second], [entry(value="4"), second], [other_document, second]):
        assert policy(*changed).fingerprint != print_of


def test_the_template_states_nothing_and_asks_for_everything():
    files = template()
    assert set(files) == {"county.toml", "signals.toml"}
    assert parse({name: text.encode() for name, text in files.items()}).stated == {}
    together = "\n".join(files.values())
    for name, parameter in DECLARED.items():
        assert together.count(f"# [[{name}]]\n") == 1
        assert parameter.means in together
        assert str(parameter.reference) in together


def test_the_template_filled_in_is_a_policy():
    filled = template()["signals.toml"]
    name = "rent_arrears.threshold_months"
    asked = f"# [[{name}]]\n# from =\n# value =\n# document =\n# document_date =\n"
    assert asked in filled
    filled = filled.replace(asked, entry())
    assert tomllib.loads(filled)
    assert parse({"signals.toml": filled.encode()}).value(name, ON).value == 3


def test_load_reads_every_toml_file_of_the_folder_and_nothing_else(tmp_path):
    (tmp_path / "signals.toml").write_text(entry(), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("[[", encoding="utf-8")
    assert list(load(tmp_path).stated) == ["rent_arrears.threshold_months"]
    assert load(tmp_path / "nowhere").stated == {}
