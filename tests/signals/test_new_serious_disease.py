from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signals.asking import ask, days_ago, facts, flagged, people
from transforms.signals.new_serious_disease import new_serious_disease

LIMITS = SimpleNamespace(
    serious_diseases=("N18.0", "C34", "z99.2"), window_days=90, history_days=730
)
EXAMPLE = {
    "admission": f"""
        record_key | person_id | discharged_on   | diagnosis_main
        m1         | ana       | {days_ago(85)}  | C34
        m2         | ana       | {days_ago(900)} | C34
        m3         | gus       | {days_ago(185)} | N18
        """,
}
WHO = people("person_id | household_id\nana | h1\nben | h2\ncho | h3\ndia | h4\neli | h5\nfay | h6")


def stays(text: str):
    return facts("admission", "record_key | person_id | discharged_on | diagnosis_main\n" + text)


@pytest.mark.parametrize(
    "code", ["N18.0", "n18.0", "N180", "N18.000x003", " N 18.0 ", "C34.900", "C34†", "Z992"]
)
def test_a_code_is_listed_however_it_is_written(code):
    rows = ask(
        new_serious_disease, WHO, LIMITS, admission=stays(f"a | ana | {days_ago(5)} | {code}")
    )
    assert [(row["person_id"], row["severity"], int(row["measure"])) for row in rows] == [
        ("ana", 2, 1)
    ]


@pytest.mark.parametrize("code", ["", "-", "N18.9", "N1", "18.0", "XC34", "肾衰竭", "J18.0"])
def test_other_codes_are_not_listed(code):
    rows = ask(
        new_serious_disease, WHO, LIMITS, admission=stays(f"a | ana | {days_ago(5)} | {code}")
    )
    assert rows == []


@pytest.mark.parametrize("column", ["diagnosis_main", "diagnosis_2", "diagnosis_3", "diagnosis_4"])
def test_any_of_the_four_diagnoses_counts(column):
    stay = facts(
        "admission",
        f"record_key | person_id | discharged_on | {column}\na | ana | {days_ago(5)} | C34",
    )
    assert flagged(ask(new_serious_disease, WHO, LIMITS, admission=stay)) == ["ana"]


def test_an_empty_list_of_diseases_lists_none():
    limits = SimpleNamespace(**{**vars(LIMITS), "serious_diseases": ()})
    stay = stays(f"a | ana | {days_ago(5)} | C34")
    assert ask(new_serious_disease, WHO, limits, admission=stay) == []


def test_the_window_and_the_history_end_where_they_say():
    rows = stays(
        f"""
        a  | ana | {days_ago(90)}  | C34
        b  | ben | {days_ago(91)}  | C34
        c1 | cho | {days_ago(5)}   | C34
        c2 | cho | {days_ago(820)} | N18.0
        d1 | dia | {days_ago(5)}   | C34
        d2 | dia | {days_ago(821)} | N18.0
        e  | eli | {days_ago(821)} | C34
        f  | fay | {days_ago(-1)}  | C34
        """
    )
    assert flagged(ask(new_serious_disease, WHO, LIMITS, admission=rows)) == ["ana", "dia"]


def test_the_window_ends_also_where_no_history_is_looked_at():
    limits = SimpleNamespace(**{**vars(LIMITS), "history_days": 0})
    rows = stays(f"a | ana | {days_ago(90)} | C34\nb | ben | {days_ago(91)} | C34")
    assert flagged(ask(new_serious_disease, WHO, limits, admission=rows)) == ["ana"]


def test_an_earlier_stay_for_something_else_does_not_make_it_old():
    rows = stays(
        f"""
        a1 | ana | {days_ago(5)}   | C34
        a2 | ana | {days_ago(200)} | J18
        b1 | ben | {days_ago(5)}   | C34
        b2 | ben | {days_ago(200)} | C34
        c1 | cho | {days_ago(5)}   | C34
        c2 | cho |                 | C34
        """
    )
    assert flagged(ask(new_serious_disease, WHO, LIMITS, admission=rows)) == ["ana", "cho"]


def test_its_history_names_the_record_and_the_parameter_and_no_sentence_says_new():
    assert new_serious_disease.history == ("admission", "history_days")
    said = new_serious_disease.county_sentence + new_serious_disease.township_sentence
    assert not any(word in said + new_serious_disease.title for word in ("新", "首次", "初次"))


def test_somebody_whose_death_is_confirmed_is_not_flagged():
    who = people(
        "person_id | household_id | life_status\nana | h1 | dead\nben | h2 | death_pending"
    )
    rows = stays(f"a | ana | {days_ago(5)} | C34\nb | ben | {days_ago(5)} | C34")
    assert flagged(ask(new_serious_disease, who, LIMITS, admission=rows)) == ["ben"]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["J18", "C34", "", "N18.0"]), min_size=1, max_size=4))
def test_a_further_listed_stay_within_the_window_never_clears(codes):
    text = "\n".join(f"r{at} | ana | {days_ago(at)} | {code}" for at, code in enumerate(codes))
    before = ask(new_serious_disease, WHO, LIMITS, admission=stays(text))
    more = stays(text + f"\nmore | ana | {days_ago(60)} | C34")
    after = ask(new_serious_disease, WHO, LIMITS, admission=more)
    assert {row["record_key"] for row in before} <= {row["record_key"] for row in after}
