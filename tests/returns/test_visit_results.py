"""The conclusions: every code has words and an outcome, and help has a category that is known."""

from data_contracts.records.assistance import assistance
from data_contracts.visit_results import VISIT_RESULTS, Outcome


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
