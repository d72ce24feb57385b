"""The conclusions: every code has words and an outcome, and help has a category that is known."""

from itertools import permutations

import pytest

from data_contracts.records.assistance import assistance
from data_contracts.visit_results import (
    PRECEDENCE,
    VISIT_RESULTS,
    Outcome,
    main_outcome,
    said_by,
)


def test_a_result_is_found_under_its_own_code():
    assert all(code == result.code for code, result in VISIT_RESULTS.items())
    assert len({result.words for result in VISIT_RESULTS.values()}) == len(VISIT_RESULTS)


def test_only_help_has_a_category_and_it_is_one_of_the_register():
    known = assistance.columns["category"].one_of
    for result in VISIT_RESULTS.values():
        assert (result.category is not None) == (result.outcome is Outcome.HELPED)
        assert result.category is None or result.category in known


def test_every_outcome_can_be_chosen():
    assert {result.outcome for result in VISIT_RESULTS.values()} == set(Outcome)


def test_what_a_code_means_never_changes():
    assert {code: str(result.outcome) for code, result in VISIT_RESULTS.items()} == {
        **dict.fromkeys(("10", "11", "12", "13", "14", "15", "16", "17", "18"), "helped"),
        "20": "in_procedure",
        **dict.fromkeys(("30", "31", "32"), "not_eligible"),
        "33": "relieved",
        "40": "unwilling",
        "50": "not_found",
        "51": "moved_within",
        "52": "moved_away",
        "53": "away",
        "54": "refused",
        "55": "died",
        "60": "wrong_person",
        "61": "wrong_data",
        "62": "already_helped",
        "90": "county",
    }


def test_every_outcome_has_one_place_before_or_behind_the_others():
    assert sorted(PRECEDENCE) == sorted(Outcome)


@pytest.mark.parametrize(
    ("codes", "outcome"),
    [
        ("12 55", "died"),  # 特困供养(已死亡)
        ("55 90", "died"),
        ("15 60", "wrong_person"),
        ("60 90", "wrong_person"),
        ("30 90", "county"),
        ("15 90", "county"),
        ("20 90", "county"),
        ("20 15", "helped"),
        ("62 15", "helped"),
        ("30 15", "helped"),
        ("51 15", "helped"),
        ("20 62", "in_procedure"),
        ("53 20", "in_procedure"),
        ("62 30", "already_helped"),
        ("51 30", "moved_within"),
        ("51 52", "moved_within"),
        ("61 51", "moved_within"),
        ("52 50", "moved_away"),
        ("33 30", "not_eligible"),
        ("40 33", "unwilling"),
        ("61 30", "not_eligible"),
        ("61 33", "relieved"),
        ("53 61", "wrong_data"),
        ("54 53", "away"),
        ("50 54", "refused"),
        ("50", "not_found"),
        ("30 20 15 90", "county"),
    ],
)
def test_of_several_conclusions_one_goes_before_the_others_however_written(codes, outcome):
    written = permutations(codes.split())
    assert {str(main_outcome(said_by(order))) for order in written} == {outcome}
