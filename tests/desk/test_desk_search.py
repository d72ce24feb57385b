"""The search on a real published night finds people by all that somebody may remember of them."""

import pytest

from flows import files
from flows.desk.published import Published
from flows.desk.search import is_number, search


@pytest.fixture(scope="module")
def found(desk_home):
    """Asks the search; gives the households."""
    snapshot = Published(desk_home.snapshot).view()
    yield lambda typed: search(snapshot, desk_home.secret, typed)
    snapshot.close()


@pytest.fixture(scope="module")
def somebody(desk_home):
    """A listed person with a number, a phone and an address, as the departments wrote them."""
    with files.duckdb_database(desk_home.snapshot, read_only=True) as snapshot:
        links = snapshot.execute(
            "SELECT record_key, household_id FROM link "
            "WHERE household_id IN (SELECT household_id FROM finding) ORDER BY 1"
        ).fetchall()
    homes = dict(links)
    with files.duckdb_database(desk_home.work, read_only=True) as working:
        rows = working.execute(
            "SELECT record_key, name, id_clean, phone_key, address, name_pinyin FROM identities "
            "WHERE known_to IS NULL AND id_clean IS NOT NULL AND phone_key IS NOT NULL "
            "AND length(phone_key) = 11 AND address IS NOT NULL AND length(name) = 3 "
            "AND id_clean LIKE '______19%' ORDER BY record_key"
        ).fetchall()
    key, name, number, phone, address, pinyin = next(row for row in rows if row[0] in homes)
    return {
        "household": homes[key], "name": name, "number": number, "phone": phone,
        "address": address, "pinyin": pinyin,
    }  # fmt: skip


def one_wrong(digits, at=8):
    return digits[:at] + str((int(digits[at]) + 1) % 10) + digits[at + 1 :]


WAYS = {
    "the name": lambda one: one["name"],
    "the sound": lambda one: one["pinyin"].replace(" ", ""),
    "the sound as capitals": lambda one: one["pinyin"].replace(" ", "").upper(),
    "initials": lambda one: "".join(part[0] for part in one["pinyin"].split()),
    "the number": lambda one: one["number"],
    "the number of fifteen digits": lambda one: one["number"][:6] + one["number"][8:17],
    "a number with one digit wrong": lambda one: one_wrong(one["number"]),
    "a number with one digit left out": lambda one: one["number"][:7] + one["number"][8:],
    "the phone": lambda one: f"{one['phone'][:3]} {one['phone'][3:7]}-{one['phone'][7:]}",
    "the phone with the country before it": lambda one: f"0086{one['phone']}",
    "a phone with one digit wrong": lambda one: one_wrong(one["phone"]),
    "the address": lambda one: one["address"].replace(" ", ""),
    "the household": lambda one: one["household"].lower(),
    "name and address": lambda one: f"{one['name']} {one['address'].split()[0][:12]}",
}


@pytest.mark.parametrize("way", WAYS)
def test_somebody_is_found_by(way, found, somebody):
    assert somebody["household"] in found(WAYS[way](somebody)), "what was typed is not shown"


def test_all_words_must_fit(found, somebody):
    assert found(f"{somebody['name']} 没有这个地方的村子") == []


@pytest.mark.parametrize("typed", ["", "   ", "%", "'; DROP TABLE worklist; --", "□", "1" * 300])
def test_nonsense_finds_nobody(found, typed):
    assert found(typed) == []


def test_an_unlisted_person_is_found_by_the_exact_number_only(found, desk_home):
    with files.duckdb_database(desk_home.snapshot, read_only=True) as snapshot:
        homes = dict(
            snapshot.execute(
                "SELECT record_key, household_id FROM link WHERE household_id NOT IN "
                "(SELECT household_id FROM worklist UNION SELECT household_id FROM finding)"
            ).fetchall()
        )
    with files.duckdb_database(desk_home.work, read_only=True) as working:
        rows = working.execute(
            "SELECT record_key, id_clean, name FROM identities WHERE id_clean IS NOT NULL "
            "AND known_to IS NULL ORDER BY record_key"
        ).fetchall()
    key, number, _name = next(row for row in rows if row[0] in homes)
    assert homes[key] in found(number)
    assert homes[key] not in found(one_wrong(number))


def test_what_counts_as_a_number():
    assert is_number("37088119900307123X")
    assert is_number("张三 13912345678")
    assert not is_number("H00000001 zhangsan")
