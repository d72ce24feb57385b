"""辨认: pairs on the screen, answers in the ledger, the score only afterwards."""

import re

import pytest

from flows import files
from flows.access.roles import Role
from flows.ledger import Ledger
from flows.review.verdicts import effective, unhonoured
from tests.desk.desk_client import Desk, send, trail
from tests.desk.doubted_home import answers, doubted, known_answers
from tests.night import county

QUESTION = re.compile(r'data-question="(WT-[^"]+)"')
NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9X]|(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
ONLY_REAL = "\n[review]\nknown_share = 0\ntwice_share = 0\n"


@pytest.fixture
def desk(after_first_night, tmp_path):
    return Desk(doubted(after_first_night, tmp_path / "home", 12, ONLY_REAL))


@pytest.fixture
def reviewer(desk):
    return desk.browser(Role.REVIEWER)


def question(browser):
    """The number of the question on the screen, if there is one."""
    found = QUESTION.search(browser.get("/who").text)
    return found and found[1]


def say(browser, answer, number=None, **more):
    number = number or question(browser)
    return send(browser, "/who/answer", question=number, answer=answer, **more)


def test_two_records_stand_side_by_side_and_the_score_is_not_told_before_the_answer(reviewer):
    page = reviewer.get("/who").text
    assert "<mark>" in page
    assert "若是同一人，将新增预警“单次住院负担大”" in page
    assert "60%" not in page
    assert "+6.1" not in page
    assert not NUMBER.search(page), "numbers and telephones are masked"
    say(reviewer, "same")
    page = reviewer.get("/who").text
    assert "<b>60%</b>" in page
    assert "<svg" in page
    assert "<td>姓名同音（少见）</td>" in page
    assert '<td class="n">+6.1</td>' in page


def test_an_answer_is_in_the_ledger_under_the_login_and_on_the_sheet_it_was_asked_on(
    desk, reviewer
):
    first = question(reviewer)
    assert say(reviewer, "different", note="问过村里").status_code == 303
    ledger = Ledger(desk.home.ledger)
    (given,) = ledger.answers(ledger.position()).to_dicts()
    assert (given["answer"], given["who"], given["note"]) == ("different", "reviewer", "问过村里")
    assert given["question_no"] == first
    asked = ledger.asked(ledger.position()).to_dicts()
    assert {(row["entry"], row["asked_of"]) for row in asked} == {(given["asked"], "reviewer")}
    assert question(reviewer) != first


def test_the_same_key_twice_answers_once(desk, reviewer):
    number = question(reviewer)
    say(reviewer, "same", number)
    say(reviewer, "same", number)
    assert len(answers(desk.home, "reviewer")) == 1


@pytest.mark.parametrize(
    "said", [{"answer": "perhaps"}, {"answer": "same", "note": "电话13812345678"}], ids=str
)
def test_what_cannot_be_kept_is_refused_whole(desk, reviewer, said):
    assert say(reviewer, **said).status_code == 400
    assert answers(desk.home, "reviewer") == []


def test_undo_takes_the_last_answer_back_and_the_next_one_counts(desk, reviewer):
    number = question(reviewer)
    say(reviewer, "same")
    assert send(reviewer, "/who/undo").status_code == 303
    assert question(reviewer) == number
    say(reviewer, "same")
    assert [answer for *_, answer in answers(desk.home, "reviewer")] == ["same", None, "same"]
    ledger = Ledger(desk.home.ledger)
    assert effective(ledger.answers(ledger.position()))["same"].to_list() == [True]
    send(reviewer, "/who/undo")
    assert send(reviewer, "/who/undo").status_code == 400


def test_every_pair_that_is_shown_is_in_the_trail(desk, reviewer):
    number = question(reviewer)
    seen = [(one.what, one.on, one.who) for one in trail(desk.home)]
    assert ("desk view pair", number, "reviewer") in seen


def test_what_lies_with_one_reviewer_is_not_asked_of_another_unless_it_is_to_be_asked_twice(
    after_first_night, tmp_path
):
    settings = "\n[review]\nknown_share = 0\ntwice_share = 0.5\n"
    desk = Desk(doubted(after_first_night, tmp_path / "home", 12, settings))
    asked = {}
    for role in (Role.REVIEWER, Role.OFFICER):
        browser, asked[role] = desk.browser(role), []
        while (number := question(browser)) and len(asked[role]) < 30:
            asked[role].append(number)
            say(browser, "unsure", number)
    assert len(asked[Role.REVIEWER]) > 12, "some are asked of one person twice"
    assert 0 < len(set(asked[Role.OFFICER])) < len(set(asked[Role.REVIEWER]))


def test_known_pairs_look_like_all_others_and_what_is_said_of_them_changes_no_link(
    after_first_night, tmp_path
):
    settings = "\n[review]\nknown_share = 0.5\ntwice_share = 0\n"
    desk = Desk(doubted(after_first_night, tmp_path / "home", 4, settings))
    browser = desk.browser(Role.REVIEWER)
    numbers, shapes = [], set()
    while (number := question(browser)) and len(numbers) < 30:
        numbers.append(number)
        say(browser, "same", number)
        page = browser.get("/who").text
        shapes.add(("<svg" in page, "起点" in page))
    known = known_answers(desk.home, "reviewer")
    assert known
    assert shapes == {(True, True)}
    assert len(known) + len(answers(desk.home, "reviewer")) == len(numbers)
    assert {body["question_no"] for body in known} < set(numbers)
    keys = {key for body in known for key in body["record_keys"]}
    assert not keys & {key for one in answers(desk.home, "reviewer") for key in one[:2]}
    people = browser.get("/who/people").text
    right = sum(body["same"] for body in known)
    assert f"{right} / {len(known)}" in people


def test_a_reviewer_sees_their_own_steadiness_and_the_officer_everybodys(desk):
    reviewer = desk.browser(Role.REVIEWER)
    say(reviewer, "same")
    officer = desk.browser()
    say(officer, "unsure")
    assert ">officer<" in officer.get("/who/people").text
    assert ">reviewer<" in officer.get("/who/people").text
    assert ">officer<" not in reviewer.get("/who/people").text


def test_a_hostile_name_is_text(after_first_night, tmp_path):
    home = doubted(after_first_night, tmp_path / "home", 1, ONLY_REAL)
    with files.duckdb_database(home.work) as work:
        work.execute("UPDATE identities SET name = '<img src=x onerror=alert(1)>'")
    page = Desk(home).browser(Role.REVIEWER).get("/who").text
    assert "<img" not in page
    assert "onerror" in page


@pytest.fixture(scope="module")
def after_answers(after_baseline, tmp_path_factory):
    """A night after eight pairs were called one person and four were called two."""
    home = doubted(after_baseline, tmp_path_factory.mktemp("answered") / "home", 12, ONLY_REAL)
    browser = Desk(home).browser(Role.REVIEWER)
    old = question(browser)
    for place in range(11):
        say(browser, "same" if place % 3 else "different")
    last = question(browser)
    night = county.run(home, 1)
    return home, night, browser, (old, last)


def test_the_next_night_honours_every_answer(after_answers):
    home, night, _, _ = after_answers
    ledger = Ledger(home.ledger)
    verdicts = effective(ledger.answers(ledger.position()))
    assert verdicts.height == 11
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        links = snapshot.execute("SELECT record_key, person_id FROM link").pl()
    assert unhonoured(verdicts, links).height == 0
    assert night.report["review"]["answers"]["pairs"]["same"] == 7


def test_a_question_of_the_night_before_is_not_taken_any_more(after_answers):
    home, _, browser, (_, last) = after_answers
    before = len(answers(home, "reviewer"))
    say(browser, "same", last)
    assert len(answers(home, "reviewer")) == before
    assert "刚发布了新的一夜" in browser.get("/who").text


def test_a_persons_merges_and_splits_stand_with_their_night_and_reason(after_answers):
    home, night, browser, _ = after_answers
    ledger = Ledger(home.ledger)
    merged = [one for one in ledger.person_changes(ledger.position()) if one["kind"] == "merge"]
    page = browser.get(f"/who/people?id={merged[0]['person_id']}").text
    assert f"{merged[0]['person_id']} 并入 {merged[0]['into_person_id']}" in page
    assert str(night.inputs.night) in page
    assert trail(home)[-1].what == "desk view person"
    assert "从未合并或拆分过" in browser.get("/who/people?id=P99999999").text
