"""The figures of a small drawn night, each of which can be counted by hand."""

import json

import pytest

from tests.linkage_report.linkage_tables import (
    BEFORE,
    DECISIONS,
    ROWS,
    TRUTH,
    group,
    quality,
)


@pytest.fixture(scope="module")
def found():
    return quality(truth=TRUTH, before=BEFORE)


def test_the_population_is_records_people_and_households(found):
    assert found["population"] == {
        "departments": 3,
        "records": 9,
        "register_records": 4,
        "people": 4,
        "people_in_register": 3,
        "people_outside_register": 1,
        "households": 6,
    }


def test_identifiers_are_counted_by_department(found):
    (hospital,) = [one for one in found["identifiers"] if one["department"] == "hospital"]
    assert hospital["title"] == "住院病案首页"
    assert hospital["numbers"] == {"usable": 1, "damaged": 1, "foreign": 0, "missing": 2}
    assert hospital["number_statuses"]["placeholder"] == 1
    assert (hospital["name_missing"], hospital["birth_date_missing"]) == (1, 2)
    assert hospital["nothing"] == 1
    (rental,) = [one for one in found["identifiers"] if one["department"] == "rental"]
    assert rental["name_partial"] == 1


def test_the_method_names_the_model_and_its_thresholds(found):
    assert found["method"]["model"] == 7
    assert found["method"]["thresholds"] == {"decided": 0.9, "doubtful": 0.2, "settled": 0.995}


def test_rates_are_of_departments_records_and_the_registers_apart(found):
    seeking, register = found["rates"]["records"], found["rates"]["register"]
    assert [seeking[one] for one in ("records", "decided", "doubtful", "new")] == [5, 2, 1, 2]
    assert seeking["rates"]["decided"] == 0.4
    assert register["records"] == register["decided"] == 4


@pytest.mark.parametrize(
    ("grouping", "key", "records", "decided"),
    [
        ("department", "hospital", 4, 2),
        ("age", "060-074", 2, 2),  # one by the number's own date
        ("age", "018-044", 1, 0),
        ("age", "unknown", 2, 0),
        ("sex", "male", 2, 1),  # one by the number
        ("township", "370881101", 2, 1),
        ("township", "unknown", 3, 1),
        ("name", "partial", 1, 0),
        ("name", "missing", 1, 0),
        ("number", "missing", 2, 0),
        ("number", "damaged", 2, 1),
    ],
)
def test_groups_rest_on_what_the_record_itself_says(found, grouping, key, records, decided):
    entry = group(found, grouping, key)
    assert (entry["records"], entry["decided"]) == (records, decided)


@pytest.mark.parametrize("grouping", ["department", "age", "sex", "township", "name", "number"])
def test_the_groups_of_a_grouping_add_up(found, grouping):
    whole = found["rates"]["records"]
    for column in ("records", "decided", "doubtful", "new"):
        assert sum(one[column] for one in found["groups"][grouping]) == whole[column]


def test_errors_are_expected_from_the_weights_of_candidates(found):
    # a2: 10 bits, second 0 bits, nobody 0 bits: p = 1 / (1 + 2 * 2**-10), second 0.00098
    # b1: weight 0 against nobody: p = 1/2. c1: -2 bits: p = 1 / (1 + 4) = 0.2
    estimated = found["estimates"]["by_probability"]["all"]
    assert (estimated["links"], estimated["by_evidence"]) == (3, 1)
    assert estimated["false"]["estimate"] == 0.0
    assert estimated["missed"]["estimate"] == 0.7
    assert estimated["recall"]["estimate"] == pytest.approx(3 / 3.7, abs=1e-3)


def test_the_truth_gives_exact_figures(found):
    # right: a1, c00. wrong: a2. People 1..5 of 2 + 1 + 2 + 3 + 1 records need 4 links.
    truth = found["truth"]
    assert (truth["links"], truth["right"], truth["false"]) == (3, 2, 1)
    assert (truth["needed"], truth["missed"]) == (4, 2)
    assert (truth["precision"], truth["recall"]) == (0.666667, 0.5)
    (missing,) = [one for one in truth["by_group"]["number"] if one["group"] == "missing"]
    assert (missing["records"], missing["attachable"], missing["right"]) == (2, 1, 0)


def test_duplicate_register_entries_are_counted_and_their_list_is_named(found):
    told = found["duplicates"]
    assert (told["people"], told["surplus_rows"], told["suspected_rows"]) == (1, 1, 0)
    assert told["confirmed_list"]


def test_changes_are_told_record_by_record(found):
    told = found["changes"]
    assert told["gained"] == 1  # a2
    assert told["lost"] == 1  # c1
    assert told["moved"] == 2  # a1, and b0 whose person has another id
    assert told["doubt_raised"] == 1  # b1
    assert told["vanished"] == 1
    assert told["appeared"] == 3
    assert told["unchanged"] == 1
    (rental,) = [one for one in told["by_department"] if one["department"] == "rental"]
    assert rental["lost"] == 1


def test_a_person_merged_into_another_has_not_moved():
    merged = """
      person_id | into_person_id
      Pold      | Pb
    """
    told = quality(before=BEFORE, merged=merged)["changes"]
    assert (told["moved"], told["persons_merged"]) == (1, 1)


def test_without_truth_answers_and_a_night_before_nothing_is_claimed():
    told = quality()
    assert told["truth"] is told["changes"] is told["estimates"]["by_answers"] is None
    assert told["review"]["answered_share"] is None
    assert len(told["lines_zh"]) == 10


def answers(*bands):
    """People's answers by band of probability, as flows/review/measures.py tells them."""
    rows = [{"from": low, "pairs": pairs, "same": same} for low, pairs, same in bands]
    return {
        "model": {"pairs": sum(row["pairs"] for row in rows), "bands": rows},
        "pairs": {"same": 3, "different": 1, "unsure": 1, "conflict": 0},
    }


def test_people_correct_the_bands_of_which_they_said_enough():
    told = quality(review=answers((0.5, 20, 0), (0.1, 3, 3)), waiting={"questions": 12})
    by_people = told["estimates"]["by_answers"]
    assert by_people["bands_by_people"] == 1
    assert by_people["missed"]["estimate"] == 0.2  # b1 no more, c1 still by the model
    assert [band["fits_model"] for band in by_people["bands"]] == [
        None, True, None, False, None, None,
    ]  # fmt: skip
    assert told["review"]["answered_share"] == 0.25


def test_the_order_of_rows_changes_nothing():
    def turned(text):
        header, *rows = text.strip().splitlines()
        return "\n".join([header, *reversed(rows)])

    assert quality(turned(ROWS), turned(DECISIONS)) == quality()


def test_no_identity_stands_in_the_figures(found):
    text = json.dumps(found, ensure_ascii=False)
    for value in ("张伟", "买买提", "李堃", "11010119600101001X", "1960-01-01"):
        assert value not in text


def many(name, doubtful, records, start):
    """Records of one name, so many of them doubtful, each about somebody else."""
    rows = "".join(
        f"\n r{at} | hospital | False | missing | | | | {name} | 1990-01-01 | male | | "
        for at in range(start, start + records)
    )
    decisions = "".join(
        f"\n r{at} | r{at} | s{at} | doubtful | doubt | 0 | "
        if at < start + doubtful
        else f"\n r{at} | r{at} | | new | alone | | "
        for at in range(start, start + records)
    )
    return rows, decisions


def test_a_group_that_is_doubted_more_often_than_chance_is_marked_and_named():
    rows, decisions = many("阿依古丽·买买提", 60, 100, 0)
    others, theirs = many("张伟", 20, 400, 1000)
    found = quality(ROWS.rstrip() + rows + others, DECISIONS.rstrip() + decisions + theirs)
    marked = group(found, "name", "minority")["differs"]["doubtful"]
    assert marked["beyond_chance"]
    assert marked["notable"]
    assert marked["ratio"] > 5
    (told,) = [line for line in found["lines_zh"] if line.startswith("差异")]
    assert "带间隔点或五字以上" in told


def test_one_case_among_few_is_chance():
    differs = [
        entry["differs"][outcome]
        for entries in quality()["groups"].values()
        for entry in entries
        for outcome in ("doubtful", "new")
    ]
    assert not any(one["beyond_chance"] for one in differs)
