"""New join keys: nobody and no record is called anything else, wherever the rotation is interrupted."""

import pytest

from flows import files, keys
from flows.errors import Exit, UsageError
from flows.ledger import Ledger
from flows.load import keyed
from flows.site import synthetic_nights
from flows.start import Wish, start
from tests.night import county
from tests.night.killing import ROTATING, ends_with, killed_while_rotating

AT = "2026-11-20T10:00:00"
_NUMBER = keyed("'number'", "id_clean")
_HOUSEHOLD = keyed("'household'", "household_no")


def rows(path, sql):
    connection = files.duckdb_database(path, read_only=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def links(home):
    found = rows(home.snapshot, "SELECT DISTINCT record_key, person_id, household_id FROM link")
    return {record: ids for record, *ids in found}


def hashes(home):
    sql = "SELECT DISTINCT number_hash FROM identities WHERE number_hash IS NOT NULL"
    return {value for (value,) in rows(home.work, sql)}


def hashes_are_of_the_secret_in_force(home):
    connection = files.duckdb_database(home.work, read_only=True)
    try:
        wrong = connection.execute(
            f"SELECT count(*) FROM identities WHERE number_hash <> {_NUMBER} "
            f"OR household_hash <> {_HOUSEHOLD}",
            {"secret": home.join_secret.hex()},
        ).fetchone()
    finally:
        connection.close()
    return wrong == (0,)


@pytest.fixture
def home(after_first_night, tmp_path):
    return county.copy(after_first_night, tmp_path / "home")


def test_a_night_after_a_rotation_knows_everybody_by_the_same_ids(
    after_baseline, after_first_night, tmp_path
):
    home = county.copy(after_baseline, tmp_path / "home")
    before, known = hashes(home), links(home)
    keys.rotate_keys(home, "王", "例行", AT)
    county.run(home, 1)
    now, undisturbed = links(home), links(after_first_night)
    assert {record: now[record] for record in known} == {r: undisturbed[r] for r in known}
    assert set(now) == set(undisturbed), "record keys are hashed with a secret that stays"
    assert hashes_are_of_the_secret_in_force(home)
    assert not before & hashes(home)


def test_what_was_rotated_stands_in_the_ledger_with_who_and_why_and_without_the_secret(home):
    old = home.join_secret
    keys.rotate_keys(home, " 王 ", "例行", AT)
    assert home.join_secret != old
    with files.ledger_database(home.ledger) as connection:
        (body,) = connection.execute(
            "SELECT body FROM entry WHERE kind = 'keys_rotated'"
        ).fetchone()
    assert '"who": "王"' in body
    assert '"reason": "例行"' in body
    assert home.join_secret.hex() not in body


def test_rotating_is_no_news_for_a_night(home):
    before = county.published(home)
    keys.rotate_keys(home, "王", "例行", AT)
    keys.rotate_keys(home, "王", "再换一次", AT)
    again = start(home, Wish(on=synthetic_nights(home)[1]), prefect=False)
    assert again.exit is Exit.NOTHING_NEW
    assert county.published(home) == before


@pytest.mark.long
@pytest.mark.parametrize("moment", ROTATING)
def test_killed_while_rotating_a_past_night_still_says_the_same(moment, home):
    before, old = county.published(home), home.join_secret
    assert ends_with(killed_while_rotating, home.root, moment) == -9
    replayed = start(home, Wish(on=synthetic_nights(home)[0]), prefect=False)
    assert replayed.exit is Exit.NOTHING_NEW
    assert county.published(home) == before
    assert home.join_secret != old
    assert hashes_are_of_the_secret_in_force(home)
    assert not (home.state / "join_secret.next").exists()


def test_a_working_database_that_lacks_rows_refuses_and_keeps_the_old_secret(home):
    old = home.join_secret
    home.work.unlink()
    with pytest.raises(UsageError, match="工作库不完整"):
        keys.rotate_keys(home, "王", "例行", AT)
    assert home.join_secret == old


def test_a_rotation_that_cannot_be_finished_is_called_off(home):
    old = home.join_secret
    assert ends_with(killed_while_rotating, home.root, ROTATING[0]) == -9
    home.work.unlink()
    assert not keys.finish_rotation(home, Ledger(home.ledger))
    assert home.join_secret == old


@pytest.mark.parametrize(
    ("who", "reason"), [("", "例行"), ("王", " "), ("王", "370881196803078810")]
)
def test_who_and_why_must_be_said_without_numbers(home, who, reason):
    with pytest.raises(UsageError):
        keys.rotate_keys(home, who, reason, AT)


def test_a_home_from_before_has_one_secret_until_its_first_rotation(home):
    home.join_secret_file.unlink()
    assert home.join_secret == home.secret
