"""Households in the night: an id outlives its number, and what becomes of it stands in the ledger."""

from datetime import timedelta

import pytest

from flows import files
from flows.ledger import Ledger
from flows.site import synthetic_nights
from flows.start import Wish, start
from tests.night import county


@pytest.fixture
def home(after_first_night, tmp_path):
    return county.copy(after_first_night, tmp_path / "home")


def rows(path, sql):
    connection = files.duckdb_database(path, read_only=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def households(home):
    """The household of everybody who is registered here."""
    found = rows(
        home.snapshot,
        "SELECT DISTINCT person_id, household_id FROM link WHERE source = 'resident_register'",
    )
    return dict(found)


def family(home):
    """Lines in the file, relations and persons of one family of three or more, its head first."""
    return rows(
        home.work,
        f"""
        ATTACH '{home.snapshot}' AS published (READ_ONLY);
        WITH member AS (
          SELECT identity.household_no, resident.line, resident.relation, link.person_id
          FROM identities AS identity JOIN record_resident AS resident
            USING (record_key, version, source)
          JOIN (SELECT DISTINCT record_key, person_id FROM published.link) AS link
            USING (record_key)
          WHERE identity.known_to IS NULL AND resident.life_status = 'normal'
            AND resident.person_type = 'registered' AND resident.household_kind = 'family'
        ), chosen AS (
          SELECT min(household_no) AS household_no FROM (
            SELECT household_no FROM member GROUP BY household_no
            HAVING count(*) >= 4 AND count(*) FILTER (relation = 'head') = 1
               AND count(*) FILTER (relation = 'son') >= 1)
        )
        SELECT line, relation, person_id FROM member SEMI JOIN chosen USING (household_no)
        ORDER BY relation <> 'head', line
        """,
    )


def deliver(home, lines, number):
    """The register again, a day later, with another household number in these lines."""
    last = [one for one in Ledger(home.ledger).deliveries() if one.source == "resident_register"]
    content = files.read(home.root / last[-1].archived).splitlines(keepends=True)
    for line in lines:
        _, rest = content[line - 1].split(b"|", 1)
        content[line - 1] = number + b"|" + rest
    night = synthetic_nights(home)[1] + timedelta(days=1)
    name = f"人口登记信息_{night:%Y%m%d}.csv"
    files.write(home.inbox / "resident_register" / name, b"".join(content))
    ended = start(home, Wish(on=night), prefect=False)
    assert [one.verdict for one in Ledger(home.ledger).outcomes(night, 1)] == ["accepted"]
    return ended


def changes(home):
    with files.ledger_database(home.ledger) as connection:
        found = connection.execute(
            "SELECT household_id, into_household_id, kind FROM household_change ORDER BY rowid"
        )
        return [tuple(row) for row in found]


def test_a_household_whose_number_changes_keeps_its_id(home):
    """Also where the row of a dead grandparent keeps the old number."""
    members, before, ledger = family(home), households(home), Ledger(home.ledger)
    noted = ledger.household_members(ledger.position())
    deliver(home, [line for line, _, _ in members], b"0881000999999")
    now = households(home)
    assert {now[person] for _, _, person in members} == {before[members[0][2]]}
    assert ledger.household_members(ledger.position()).equals(noted)
    assert changes(home) == []


def test_who_is_registered_apart_gets_a_household_of_their_own_and_the_split_is_noted(home):
    members, before = family(home), households(home)
    line, person = next((line, person) for line, relation, person in members if relation == "son")
    deliver(home, [line], b"0881000999999")
    now = households(home)
    if now[person] != before[person]:
        assert (before[person], now[person], "split") in changes(home)
    assert now[members[0][2]] == before[members[0][2]]
    others = {one: household for one, household in before.items() if one != person}
    assert {one: now[one] for one in others} == others


def test_what_the_ledger_knows_of_members_is_what_the_last_night_gave(home):
    ledger = Ledger(home.ledger)
    noted = {
        (row["person_id"], row["household_id"])
        for row in ledger.household_members(ledger.position()).iter_rows(named=True)
        if row["household_id"]
    }
    given = set(rows(home.snapshot, "SELECT DISTINCT person_id, household_id FROM link"))
    assert noted <= given
    assert len(noted) > 0.9 * len(given), "all but the dead"


def test_a_night_after_does_not_mint_or_change_households_without_news(home):
    ledger = Ledger(home.ledger)
    before, numbers = households(home), ledger.next_numbers()
    start(home, Wish(on=synthetic_nights(home)[1] + timedelta(days=1)), prefect=False)
    assert households(home) == before
    assert ledger.next_numbers() == numbers
    assert changes(home) == []
