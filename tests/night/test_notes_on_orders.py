"""What is found of a person's address is printed on the order that goes to that person, and only there."""

from flows.sample import draw_sample
from flows.site import synthetic_nights
from tests.night import county
from tests.night.test_closed_loop import listed
from tests.night.test_households import rows
from transforms.signals import SIGNALS

NOTE = SIGNALS["lives_elsewhere_than_registered"]
MARK_ONE = f"""
INSERT INTO finding_note BY NAME
SELECT * REPLACE ('{NOTE.name}' AS signal) FROM finding_visit AS finding
WHERE person_id = (SELECT min(lead_person_id) FROM worklist JOIN finding_visit AS found
                   ON found.person_id = lead_person_id WHERE state = 'issued')
  AND NOT is_sensitive LIMIT 1
"""


def test_who_lives_elsewhere_has_it_on_the_order_and_nobody_else(
    after_baseline, tmp_path, monkeypatch
):
    home = county.copy(after_baseline, tmp_path / "home")
    marked = []

    def and_mark_one(tonight, known):
        draw_sample(tonight, known)
        tonight.engine.duckdb.execute(MARK_ONE)
        marked.extend(tonight.rows("SELECT person_id FROM finding_note"))

    monkeypatch.setattr("flows.outbox.draw_sample", and_mark_one)
    county.run(home, 1)
    persons = {row["person_id"] for row in marked}
    lists = listed(home, synthetic_nights(home)[1]).values()
    opening = NOTE.township_sentence.split(",")[0]
    printed = {row["工作单号"] for each in lists for row in each if opening in row["说明"]}
    leads = rows(home.snapshot, "SELECT order_no, lead_person_id FROM worklist")
    assert printed == {order for order, lead in leads if order and lead in persons}
    assert printed
