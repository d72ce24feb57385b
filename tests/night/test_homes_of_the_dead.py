"""Whom the register drops at death still belongs to those who are left behind."""

from datetime import timedelta
from types import SimpleNamespace

import duckdb
import ibis
import polars as pl
import pytest

from flows import files
from flows.engine import Engine
from flows.homes_of_the_dead import return_the_dead
from flows.ledger import Ledger
from flows.site import synthetic_nights
from flows.start import Wish, start
from tests.drawn import arrow_of
from tests.night import county
from tests.night.test_households import rows

MEMBERS = """
  person | household_key | how      | since
  ana    | ana           | died     | 2026-11-10
  ben    | h1            | register |
  cho    | h2            | died     | 2026-11-10
  dia    | dia           | alone    |
"""
GIVEN = """
  person_id | household_id | how      | since
  ana       | H9           | died     | 2026-11-10
  ben       | H1           | register |
  cho       | H2           | died     | 2026-11-10
  dia       | H3           | alone    |
"""
HOMES = {"since": "date", "until": "date"}


def given(homes, person_into=None, household_into=None):
    """The households after a night, by what the ledger noted of ana."""
    noted = arrow_of(f"person_id | household_id | since | until\n{homes}", **HOMES)
    ledger = SimpleNamespace(
        homes_of=lambda ids, _: pl.from_arrow(noted).filter(pl.col("person_id").is_in(ids))
    )
    with duckdb.connect() as connection:
        engine = Engine(duckdb=connection, ibis=ibis.duckdb.from_connection(connection))
        engine.register("household_member", arrow_of(MEMBERS, since="date"))
        engine.register("household_given", arrow_of(GIVEN, since="date"))
        connection.execute("CREATE TABLE household_of AS FROM household_given")
        return_the_dead(engine, ledger, 1, person_into or {}, household_into or {})
        found = engine.rows("SELECT person_id, household_id FROM household_of")
    return {row["person_id"]: row["household_id"] for row in found}


BEFORE = {"ana": "H9", "ben": "H1", "cho": "H2", "dia": "H3"}


@pytest.mark.parametrize(
    ("homes", "home"),
    [
        ("ana | H1 | |", "H1"),
        ("ana | H1 | | 2026-11-10", "H1"),
        ("ana | H1 | | 2026-11-09", "H9"),
        ("ana | H1 | 2026-11-10 | 2026-11-20", "H1"),
        ("ana | H1 | 2026-11-11 | 2026-11-20", "H9"),
        ("ana | H1 | | 2026-11-12\nana | H3 | 2026-11-12 | 2026-11-20", "H1"),
        ("ana | H3 | | 2026-11-10\nana | H1 | 2026-11-10 |", "H3"),
        ("ana | H2 | |", "H9"),
        ("ana | H8 | |", "H9"),
        ("dia | H1 | |", "H9"),
    ],
    ids=[
        "never moved",
        "dropped on the day of death",
        "left before",
        "came on the day",
        "came after",
        "of the day, not of later",
        "moved on the day",
        "nobody lives there",
        "no such household",
        "somebody else's",
    ],
)
def test_the_dead_belong_where_they_did_on_the_day_they_died(homes, home):
    assert given(homes) == {**BEFORE, "ana": home}


def test_whom_the_register_or_life_places_stays_there():
    homes = "cho | H1 | |\nben | H3 | |"
    assert given(homes) == BEFORE


def test_ids_that_were_merged_since_are_followed():
    merged = given("old | H0 | |", person_into={"old": "ana"}, household_into={"H0": "H1"})
    assert merged == {**BEFORE, "ana": "H1"}


PARENT = """
ATTACH '{snapshot}' AS published (READ_ONLY);
WITH member AS (
  SELECT DISTINCT identity.household_no, identity.id_clean, identity.name, resident.line,
         resident.relation, link.person_id, link.household_id,
         2026 - year(identity.id_birth_date) AS age
  FROM identities AS identity JOIN record_resident AS resident USING (record_key, version, source)
  JOIN published.link AS link USING (record_key)
  WHERE identity.known_to IS NULL AND resident.life_status = 'normal'
    AND resident.person_type = 'registered' AND resident.household_kind = 'family'
)
SELECT line, name, id_clean, person_id, household_id FROM member
WHERE relation = 'head' AND age BETWEEN 30 AND 50
  AND household_no IN (SELECT household_no FROM member WHERE age BETWEEN 3 AND 12)
  AND person_id IN (SELECT person_id FROM published.link GROUP BY person_id HAVING count(*) > 1)
ORDER BY line LIMIT 1
"""
DEATH = "登记编号|姓名|身份证号|性别|出生日期|户籍地址|死亡日期|信息来源|登记日期|是否确认\n"


@pytest.mark.parametrize("nights_between", [0, 2], ids=["the same night", "two nights later"])
def test_a_register_that_deletes_a_dead_parent_does_not_hide_whom_the_death_bereaves(
    after_first_night, tmp_path, nights_between
):
    home = county.copy(after_first_night, tmp_path / "home")
    (parent,) = rows(home.work, PARENT.format(snapshot=home.snapshot))
    line, name, number, person, family = parent
    died_on = night = synthetic_nights(home)[1] + timedelta(days=1)
    deleted(home, line, night)
    if nights_between:
        start(home, Wish(on=night), prefect=False)
        night += timedelta(days=nights_between)
    report = f"D-1|{name}|{number}||||{died_on}|公安|{died_on}|是\n"
    path = home.inbox / "death" / f"死亡信息_{night:%Y%m%d}.csv"
    files.write(path, (DEATH + report).encode())
    files.write(path.with_name(f"{path.name}.ok"), b"1")
    start(home, Wish(on=night), prefect=False)
    ledger = Ledger(home.ledger)
    verdicts = {one.source: one.verdict for one in ledger.outcomes(night, 1)}
    assert verdicts["death"] == "accepted"
    homes = dict(rows(home.snapshot, "SELECT DISTINCT person_id, household_id FROM link"))
    assert homes[person] == family
    bereaved = "SELECT household_id FROM finding WHERE signal = 'death_of_main_earner'"
    assert (family,) in rows(home.snapshot, bereaved)


def deleted(home, line, night):
    """The register again, without the row of a line."""
    last = [one for one in Ledger(home.ledger).deliveries() if one.source == "resident_register"]
    content = files.read(home.root / last[-1].archived).splitlines(keepends=True)
    name = f"人口登记信息_{night:%Y%m%d}.csv"
    del content[line - 1]
    files.write(home.inbox / "resident_register" / name, b"".join(content))
