"""Who lives together when other departments see more than the register."""

from datetime import date

import duckdb
import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.engine import Engine
from matchers.household_members import household_members
from matchers.household_people import DEAD, DOORS, NAMED, NAMES, PEOPLE, PHONES, REGISTER, Told
from tests.drawn import drawn

ON = date(2026, 11, 22)
SCHEMAS = {
    "people": PEOPLE,
    "register": REGISTER,
    "names": NAMES,
    "phones": PHONES,
    "doors": DOORS,
    "named": NAMED,
    "dead": DEAD,
}


@pytest.fixture(scope="module")
def bench():
    with duckdb.connect() as connection:
        yield Engine(connection, ibis.duckdb.from_connection(connection))


def living(bench, **told):
    """household_key and how of each person; `who` draws people and their row of the register."""
    tables = {
        name: _table(told.get(name, ""), SCHEMAS[name])
        for name in ("phones", "doors", "named", "dead")
    }
    who = drawn(
        WHO + told["who"], birth_date="date", name_bag="int64", surname_sound="int64", door="int64"
    )
    rows = who.to_pyarrow().to_pylist()
    tables["people"] = _rows([row | {"is_sure": row["sure"] != "no"} for row in rows], PEOPLE)
    booked = [row for row in rows if row["book"]]
    tables["register"] = _rows([_register_row(row, at) for at, row in enumerate(booked)], REGISTER)
    tables["names"] = _rows(rows, NAMES)
    kept = {name: bench.register(f"told_{name}", table) for name, table in tables.items()}
    found = bench.materialise("told_answer", household_members(bench, Told(**kept), ON))
    answer = {row["person"]: row for row in bench.fetch(found).to_pylist()}
    assert len(answer) == len(rows)
    return answer


def homes(bench, **told):
    return {who: (row["household_key"], row["how"]) for who, row in living(bench, **told).items()}


WHO = (
    "person | sure | sex | birth_date | name_bag | surname_sound | book | relation | door | life\n"
)


def _register_row(row, at):
    return row | {
        "record_key": f"r{at}",
        "arrival": 1,
        "row": at,
        "person_type": "registered",
        "life_status": row["life"] or "normal",
        "household_kind": "collective" if row["book"] == "dormitory" else "family",
        "household_hash": row["book"],
    }


def _rows(rows, schema):
    columns = {name: [row.get(name) for row in rows] for name in schema}
    return _arrow(columns, schema)


def _arrow(columns, schema):
    return pa.table(columns, schema=ibis.schema(schema).to_pyarrow())


def _table(text, schema):
    if not text:
        return _arrow({name: [] for name in schema}, schema)
    types = {name: kind for name, kind in schema.items() if kind != "string"}
    return drawn(" | ".join(schema) + "\n" + text, **types).to_pyarrow()


COUPLE = """
han |  | male   | 1980-01-01 | 1 | 10 | h1 | head     | 100 |
lin |  | female | 1982-01-01 | 2 | 20 | h2 | daughter | 200 |
mum |  | female | 1955-01-01 | 3 | 30 | h2 | head     | 200 |
"""


def test_a_spouse_in_the_parents_book_joins_the_one_whom_her_record_names(bench):
    found = living(
        bench, who=COUPLE, phones="han | 139", named="lin | 2025-03-01 | spouse | 1 | 139 | "
    )
    assert found["lin"]["household_key"] == "h1"
    assert (found["lin"]["how"], found["lin"]["since"]) == ("spouse", date(2025, 3, 1))
    assert (found["mum"]["household_key"], found["mum"]["how"]) == ("h2", "register")


@pytest.mark.parametrize(
    "named",
    [
        "lin | 2025-03-01 | spouse | 9 | 139 | ",  # another name
        "lin | 2025-03-01 | spouse | 1 | 138 | ",  # a name and nothing else
        "lin | 2025-03-01 | other  | 1 | 139 | ",  # named, but not as kin, and at no common door
    ],
)
def test_a_name_joins_nobody_who_is_not_met_and_fits(bench, named):
    found = homes(bench, who=COUPLE, phones="han | 139", named=named)
    assert found["lin"] == ("h2", "register")


def test_door_and_phone_join_a_couple_and_one_of_them_alone_does_not(bench):
    doors = "lin | 2025-03-01 | true | 100\nhan | 2020-01-01 | false | 100"
    phones = "han | 139\nlin | 139"
    assert homes(bench, who=COUPLE, doors=doors, phones=phones)["lin"] == ("h1", "spouse")
    assert homes(bench, who=COUPLE, doors=doors)["lin"] == ("h2", "register")
    assert homes(bench, who=COUPLE, phones=phones)["lin"] == ("h2", "register")


def test_nobody_leaves_a_spouse_for_another(bench):
    married = COUPLE.replace("daughter", "spouse")
    named = "lin | 2025-03-01 | spouse | 1 | 139 | "
    assert homes(bench, who=married, phones="han | 139", named=named)["lin"] == ("h2", "register")


def test_families_with_books_of_their_own_in_one_house_stay_apart(bench):
    who = """
    old |  | male   | 1950-01-01 | 1 | 10 | h1 | head   | 100 |
    ama |  | female | 1952-01-01 | 2 | 20 | h1 | spouse | 100 |
    son |  | male   | 1980-01-01 | 3 | 10 | h2 | head   | 100 |
    wei |  | female | 1982-01-01 | 4 | 40 | h2 | spouse | 100 |
    """
    doors = "\n".join(f"{one} | 2020-01-01 | false | 100" for one in ("old", "ama", "son", "wei"))
    phones = "old | 139\nson | 139"
    found = homes(bench, who=who, doors=doors, phones=phones)
    assert {key for key, _ in found.values()} == {"h1", "h2"}
    assert {how for _, how in found.values()} == {"register"}


def test_a_shared_door_or_phone_of_many_books_joins_nobody(bench):
    who = (
        "\n".join(
            f"p{at} |  | male | {1950 + 5 * at}-01-01 | {at} | {at} | h{at} | head | {at} |"
            for at in range(1, 7)
        )
        + "\nguest |  | male | 1990-01-01 | 99 | 99 |  |  |  |"
    )
    people = [*(f"p{at}" for at in range(1, 7)), "guest"]
    doors = "\n".join(f"{one} | 2026-01-01 | true | 500" for one in people)
    phones = "\n".join(f"{one} | 139" for one in people)
    found = homes(bench, who=who, doors=doors, phones=phones)
    assert found["guest"] == ("guest", "alone")
    assert {how for _, how in found.values()} == {"alone", "register"}


NEWBORN = """
han |  | male   | 1990-01-01 | 1 | 10 | h1 | head   | 100 |
lin |  | female | 1992-01-01 | 2 | 20 | h1 | spouse | 100 |
bao |  | male   | 2026-11-01 | 5 | 10 |    |        |     |
"""


@pytest.mark.parametrize(
    "named",
    [
        "bao | 2026-11-03 | lineal   | 2 |     | lin",  # 林某之子 under the mother's number
        "bao | 2026-11-03 | lineal   | 2 | 139 | ",  # the mother named, her phone
    ],
)
def test_a_newborn_known_to_the_hospital_joins_its_mother(bench, named):
    found = living(bench, who=NEWBORN, phones="lin | 139", named=named)
    assert (found["bao"]["household_key"], found["bao"]["how"]) == ("h1", "newborn")
    assert found["bao"]["since"] == date(2026, 11, 3)


def test_a_number_of_the_row_above_joins_no_child(bench):
    found = homes(bench, who=NEWBORN, named="bao | 2026-11-03 | guardian | 5 |  | lin")
    assert found["bao"] == ("bao", "alone")


def test_a_child_that_the_register_has_by_now_is_not_added_again(bench):
    who = NEWBORN + "dou |  | male | 2026-11-01 | 6 | 10 | h1 | son | 100 |"
    named = "bao | 2026-11-03 | lineal | 2 |  | lin"
    assert homes(bench, who=who, named=named)["bao"] == ("bao", "alone")


def test_a_child_in_the_grandparents_book_follows_its_parents_but_not_if_it_lives_there(bench):
    who = """
    dad |  | male | 1990-01-01 | 1 | 10 | h1 | head       | 100 |
    opa |  | male | 1955-01-01 | 2 | 10 | h2 | head       | 200 |
    kid |  | male | 2018-01-01 | 3 | 10 | h2 | grandchild | 200 |
    """
    named = "kid | 2026-01-01 | lineal | 1 | 139 | "
    told = {"who": who, "phones": "dad | 139", "named": named}
    assert homes(bench, **told)["kid"] == ("h1", "child")
    assert homes(bench, **told, doors="kid | 2026-01-01 | true | 200")["kid"] == ("h2", "register")


def test_an_old_parent_at_the_childs_door_lives_there(bench):
    who = """
    dau |  | female | 1980-01-01 | 1 | 10 | h1 | head | 100 |
    opa |  | male   | 1950-01-01 | 2 | 10 | h2 | head | 200 |
    """
    doors = "opa | 2026-01-01 | true | 100\ndau | 2020-01-01 | false | 100"
    named = "opa | 2026-01-01 | lineal | 1 |  | "
    assert homes(bench, who=who, doors=doors, named=named)["opa"] == ("h1", "living_here")
    assert homes(bench, who=who, named=named)["opa"] == ("h2", "register")


def test_nobody_joins_through_somebody_who_joins(bench):
    who = """
    one |  | male | 1950-01-01 | 1 | 10 |    |      |     |
    two |  | male | 1960-01-01 | 2 | 20 |    |      |     |
    san |  | male | 1970-01-01 | 3 | 30 | h1 | head | 100 |
    """
    doors = "one | 2026-01-01 | true | 7\ntwo | 2026-01-01 | true | 7\nsan | 2026-01-01 | true | 7"
    phones = "one | 138\ntwo | 138\ntwo | 139\nsan | 139"
    found = homes(bench, who=who, doors=doors, phones=phones)
    assert found["two"] == ("h1", "living_here")
    assert found["one"] == ("one", "alone")


def test_an_ambiguous_person_is_nobody(bench):
    doubted = COUPLE.replace("lin |  |", "lin | no |")
    named = "lin | 2025-03-01 | spouse | 1 | 139 | "
    assert homes(bench, who=doubted, phones="han | 139", named=named)["lin"][1] == "register"
    two = COUPLE + "hao |  | male | 1981-01-01 | 1 | 10 | h3 | head | 300 |"
    found = homes(bench, who=two, phones="han | 139\nhao | 139", named=named)
    assert found["lin"] == ("h2", "register")


def test_the_dead_join_nobody_and_are_found_with_whom_they_left(bench):
    named = "lin | 2025-03-01 | spouse | 1 | 139 | "
    found = homes(bench, who=COUPLE, phones="han | 139", named=named, dead="han | 2024-01-01")
    assert found == {"han": ("h1", "died"), "lin": ("h2", "register"), "mum": ("h2", "register")}


def test_who_has_left_and_who_sleeps_in_a_dormitory_live_alone(bench):
    who = """
    ana |  | female | 2000-01-01 | 1 | 10 | dormitory |      |  |
    ben |  | female | 2000-01-01 | 2 | 20 | dormitory |      |  |
    cho |  | female | 2000-01-01 | 3 | 30 | h1        | head |  | moved_out
    """
    assert homes(bench, who=who) == {name: (name, "alone") for name in ("ana", "ben", "cho")}


CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(["han", "lin", "mum", "bao"]),
        st.sampled_from(["spouse", "lineal", "guardian", "other"]),
        st.integers(1, 4),
        st.sampled_from(["138", "139"]),
    ),
    max_size=4,
)


@settings(max_examples=4, deadline=None)
@given(CLAIMS, st.randoms(use_true_random=False))
def test_one_household_each_whatever_the_order_of_rows(bench, claims, random):
    lines = [
        f"{who} | 2026-01-01 | {kin} | {name} | {phone} | " for who, kin, name, phone in claims
    ]
    who = (COUPLE + "bao |  | male | 2020-01-01 | 4 | 10 |  |  |  |").strip().splitlines()
    phones = ["han | 139", "mum | 138", "lin | 138"]
    told = {"who": who, "phones": phones, "named": lines}
    asked = {name: "\n".join(rows) for name, rows in told.items()}
    turned = {name: "\n".join(random.sample(rows, len(rows))) for name, rows in told.items()}
    assert living(bench, **asked) == living(bench, **turned)


class Compiling:
    """A bench that asks Spark nothing, but writes every question for it."""

    def keep(self, name, rows):
        assert ibis.to_sql(rows, dialect="pyspark")
        return ibis.table(rows.schema(), name=name)


def test_every_step_can_be_asked_of_spark():
    told = Told(**{name: ibis.table(schema, name=name) for name, schema in SCHEMAS.items()})
    assert ibis.to_sql(household_members(Compiling(), told, ON), dialect="pyspark")
