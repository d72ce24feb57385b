from dataclasses import fields

import pytest

from data_contracts.visit_results import VISIT_RESULTS
from flows.publish.visit_results import RESULT_COLUMNS, VISIT_RESULT_CHOICES
from flows.publish.work_orders import OrderLine, township_lists
from tests.publish.order_lines import CHEN, ON, order, township


def test_at_most_eight_things_are_asked_of_the_visitor():
    assert len(RESULT_COLUMNS) <= 8
    assert len({column.title for column in RESULT_COLUMNS}) == len(RESULT_COLUMNS)


def test_conclusions_start_with_their_code():
    assert [choice[:2] for choice in VISIT_RESULT_CHOICES] == list(VISIT_RESULTS)
    assert all(choice[2] == " " for choice in VISIT_RESULT_CHOICES)


def test_orders_are_listed_by_township_in_the_order_they_came():
    other = order(2, township_code="370881101", township_name="鲁城街道")
    lists = township_lists([CHEN, other, order(3)], county_name="曲阜市", on=ON, contact="")
    assert [one.township_code for one in lists] == ["370881101", "370881105"]
    assert [line.order_no[-6:-2] for line in lists[1].lines] == ["0001", "0003"]


def test_a_township_without_orders_gets_no_list():
    assert township_lists([], county_name="曲阜市", on=ON, contact="") == []
    with pytest.raises(ValueError, match="no list"):
        type(township())(**{**vars(township()), "lines": ()})


@pytest.mark.parametrize(
    "name", ["../../etc", "a/b", "CON", "姚村镇.", "镇" * 300, "\u202e镇", "", "a\x00b", "镇 镇"]
)
def test_no_township_name_leads_out_of_its_folder(name):
    stem = township(township_name=name).file_stem
    assert stem.startswith("370881105_")
    assert stem.endswith("_20261122")
    assert not set(stem) & set("/\\.\x00: ")
    assert len(stem.encode()) < 150


def test_a_supplement_has_a_name_of_its_own():
    assert township(supplement=2).file_stem.endswith("_20261122_补充单2")


def test_the_order_line_has_no_place_for_a_diagnosis_a_score_or_a_full_number():
    names = {field.name for field in fields(OrderLine)}
    assert not names & {"diagnosis", "score", "probability", "id_number", "incident"}
