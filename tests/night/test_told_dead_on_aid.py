"""A visit finds a recipient dead: the next night asks the county to review, and stops nothing."""

import csv
import io
from datetime import timedelta

import pytest

from flows.ledger import Ledger
from flows.returned_files import take_returns
from flows.site import synthetic_nights
from flows.start import Wish, start
from tests.night import county
from tests.night.test_closed_loop import listed, send_back
from tests.night.test_households import rows
from transforms.signals import SIGNALS

REVIEW = SIGNALS["recipient_maybe_dead"]
RECIPIENTS = """
ATTACH '{snapshot}' AS published (READ_ONLY);
SELECT worklist.order_no, worklist.lead_person_id, worklist.household_id
FROM published.worklist JOIN published.link ON link.person_id = worklist.lead_person_id
JOIN record_assistance AS aid USING (record_key)
WHERE worklist.state = 'issued' AND aid.known_to IS NULL AND aid.exit_on IS NULL
  AND aid.category IN ('dibao', 'tekun', 'low_income_margin')
ORDER BY ALL LIMIT 1
"""


@pytest.fixture(scope="module")
def told(after_first_night, tmp_path_factory):
    """The county a night after the visit: home, night, order, person and household."""
    home = county.copy(after_first_night, tmp_path_factory.mktemp("told-dead") / "home")
    night = synthetic_nights(home)[1]
    ((order, person, household),) = rows(home.work, RECIPIENTS.format(snapshot=home.snapshot))
    printed = [row for lines in listed(home, night).values() for row in lines]
    (theirs,) = [row for row in printed if row["工作单号"] == order]
    filled = {"走访日期": (night + timedelta(days=1)).isoformat(), "核实结论": "55"}
    send_back(home, [theirs | filled], "已去世.csv")
    later = night + timedelta(days=2)
    take_returns(home, Ledger(home.ledger), later)
    start(home, Wish(on=later), prefect=False)
    return home, later, order, person, household


def test_the_review_names_the_visit_as_its_proof(told):
    home, _, order, person, household = told
    asked = f"signal = '{REVIEW.name}' AND person_id = '{person}'"
    assert rows(home.snapshot, f"SELECT household_id FROM finding WHERE {asked}") == [(household,)]
    proofs = rows(home.snapshot, f"SELECT source_title, file_name FROM proof WHERE {asked}")
    assert ("走访反馈", order) in proofs


def test_the_county_reads_it_in_its_list_of_reviews(told):
    home, night, _, _, household = told
    (path,) = (home.outbox / night.isoformat()).rglob("在册核对.csv")
    lines = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")))
    (theirs,) = [
        row for row in lines if row["家庭编号"] == household and row["情形"] == REVIEW.title
    ]
    assert "不自动停发" in theirs["提示"]


def test_nobody_is_sent_to_ask_for_the_dead_and_no_help_has_ended(told):
    home, _, _, person, _ = told
    leads = rows(home.snapshot, "SELECT lead_person_id FROM worklist WHERE state = 'issued'")
    assert (person,) not in leads
    life = rows(home.snapshot, f"SELECT life_status FROM member WHERE person_id = '{person}'")
    assert set(life) == {("death_pending",)}
