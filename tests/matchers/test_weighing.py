"""What an agreement is worth: more for a closer one, more for a rarer name, little for a household."""

import itertools
from functools import cache

import duckdb
import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.birth_levels import BirthLevel
from matchers.kin import KinLevel
from matchers.model import SHIPPED, Model
from matchers.name_levels import NameLevel
from matchers.weighing import NEVER, weighed

MODEL = Model()
RARITIES = "name_rarity", "bag_rarity", "surname_rarity"
LEVELS = {f"{name}_level": "int8" for name in SHIPPED}
COLUMNS = (
    {"rid": "int64", "entity": "int64", "claim": "int64", "claim_weight": "int64"}
    | LEVELS
    | dict.fromkeys(RARITIES, "int64")
    | {"borrowed": "int8"}
    | dict.fromkeys(
        ("is_child", "contact_is_self", "is_contact", "is_parent", "is_offspring", "is_elder"),
        "boolean",
    )
)
PLAIN = {
    "rid": 1, "entity": 5, "claim": None, "claim_weight": 0, "borrowed": None, "is_child": False,
    "contact_is_self": None, "is_contact": None, "is_parent": None, "is_offspring": None, "is_elder": None,
    "name_rarity": 15_000, "bag_rarity": 13_000, "surname_rarity": 5_000,
}  # fmt: skip
FAR = {"name_level": NameLevel.DIFFERENT, "birth_level": BirthLevel.DIFFERENT}


@pytest.fixture(scope="module")
def engine():
    with duckdb.connect() as connection:
        yield connection


@cache
def question():
    rows = ibis.table(COLUMNS, name="compared")
    return str(ibis.to_sql(weighed(rows, MODEL), dialect="duckdb"))


def weigh(engine, rows):
    """The pairs with weights, in the order given; what a pair does not say is null."""
    schema = ibis.schema(COLUMNS).to_pyarrow()
    pairs = [{**PLAIN, **row, "rid": at} for at, row in enumerate(rows)]
    engine.register("compared", pa.Table.from_pylist(pairs, schema))
    found = engine.execute(f"SELECT * FROM ({question()}) ORDER BY rid").to_arrow_table()
    return found.to_pylist()


def test_the_weight_is_the_prior_and_what_every_field_says(engine):
    silent, full = weigh(
        engine,
        [{}, {"name_level": NameLevel.EQUAL, "birth_level": BirthLevel.EQUAL, "sex_level": 1}],
    )
    assert silent["weight"] == MODEL.prior
    parts = [full[f"{name}_weight"] for name in SHIPPED]
    assert full["weight"] == MODEL.prior + sum(parts)
    assert full["name_weight"] == SHIPPED["name"][NameLevel.EQUAL] + PLAIN["name_rarity"]


def test_a_rare_name_is_worth_more_and_a_closer_one_never_less(engine):
    rare, common = weigh(
        engine,
        [{"name_level": NameLevel.EQUAL, "name_rarity": rarity} for rarity in (18_000, 9_000)],
    )
    assert rare["weight"] - common["weight"] == 9_000


def test_a_household_alone_proves_little_and_nobody(engine):
    near = {"phone_level": 3, "address_level": max(SHIPPED["address"])}
    kin = {"kin_level": int(KinLevel.NAME_AND_PHONE)}
    phone, both, all_three, with_name = weigh(
        engine,
        [
            {"phone_level": near["phone_level"]},
            near,
            near | kin,
            {**near, "name_level": NameLevel.EQUAL},
        ],
    )
    assert phone["weight"] < both["weight"] == all_three["weight"]
    assert both["weight"] == MODEL.prior + MODEL.most_household + MODEL.own_phone
    assert not (phone["proven"])
    assert not (both["proven"])
    assert not (all_three["proven"])
    assert with_name["proven"]


def test_of_two_who_share_a_home_it_is_the_one_whose_own_phone_it_is(engine):
    home = {"name_level": NameLevel.EQUAL, "address_level": max(SHIPPED["address"])}
    own, relatives = weigh(
        engine, [{**home, "phone_level": 3}, {**home, "kin_level": int(KinLevel.PHONE)}]
    )
    assert own["weight"] - relatives["weight"] == MODEL.own_phone


def test_a_name_that_only_sounds_like_a_relative_s_is_sooner_a_slip_of_one_s_own(engine):
    slip, by_sound, exactly = weigh(
        engine,
        [
            {"name_level": NameLevel.SOUND},
            {"name_level": NameLevel.DIFFERENT, "borrowed": int(NameLevel.SOUND)},
            {"name_level": NameLevel.DIFFERENT, "borrowed": int(NameLevel.EQUAL)},
        ],
    )
    named = SHIPPED["name"][NameLevel.DIFFERENT] + MODEL.relative
    assert slip["name_weight"] - by_sound["name_weight"] == -named
    assert by_sound["name_weight"] < exactly["name_weight"]


@pytest.mark.parametrize(
    ("is_offspring", "sex", "weight", "is_proven"),
    [(True, 1, 0, True), (True, 0, 0, False), (True, None, 0, False), (None, 1, 0, False),
     (False, 1, MODEL.child_apart, False)],
)  # fmt: skip
def test_a_child_is_looked_for_with_the_parent_who_is_named(
    engine, is_offspring, sex, weight, is_proven
):
    plain, child = weigh(
        engine, [{"sex_level": sex}, {"sex_level": sex, "is_offspring": is_offspring}]
    )
    assert child["weight"] - plain["weight"] == weight
    assert child["proven"] == is_proven


@pytest.mark.parametrize(
    ("said", "is_never"),
    [
        ({"is_elder": True}, True),
        ({"is_elder": False}, False),
        ({"is_elder": True, "name_level": NameLevel.EQUAL}, False),
    ],
    ids=["as old", "younger", "named"],
)
def test_a_nameless_child_is_nobody_as_old_as_its_parent(engine, said, is_never):
    assert (weigh(engine, [said])[0]["weight"] == NEVER) == is_never


def test_a_child_of_another_birth_date_is_not_proven_by_its_parent(engine):
    known = {"is_offspring": True, "sex_level": 1}
    unsaid, other = weigh(engine, [known, {**known, "birth_level": BirthLevel.DIFFERENT}])
    assert unsaid["proven"]
    assert not other["proven"]


@pytest.mark.parametrize(
    ("own", "is_proven"),
    [
        ({}, False),
        ({"name_level": NameLevel.SAME_SURNAME}, False),
        ({"name_level": NameLevel.SAME_GIVEN}, True),
        ({"birth_level": BirthLevel.SAME_YEAR}, False),
        ({"birth_level": BirthLevel.PLACEHOLDER}, True),
        ({"sex_level": 1}, False),
    ],
    ids=["nothing", "surname", "given", "year", "month", "sex"],
)
def test_something_of_the_person_s_own_must_agree(engine, own, is_proven):
    assert weigh(engine, [{"phone_level": 3, **own}])[0]["proven"] == is_proven


def test_another_name_and_another_birth_date_are_another_person_whatever_else_agrees(engine):
    rest = {"phone_level": 3, "number_level": 5, "claim_weight": 25_000}
    both, name, birth, unknown = weigh(
        engine,
        [
            {**FAR, **rest},
            {**FAR, **rest, "birth_level": BirthLevel.EQUAL},
            {**FAR, **rest, "name_level": NameLevel.EQUAL},
            {**FAR, **rest, "birth_level": None},
        ],
    )
    assert both["weight"] == NEVER
    assert NEVER not in (name["weight"], birth["weight"], unknown["weight"])


def test_a_generation_between_them_is_a_child_under_its_parent_s_name(engine):
    own = {"name_level": NameLevel.EQUAL, "birth_level": BirthLevel.DIFFERENT}
    child, slip = weigh(engine, [{**own, "is_child": True}, own])
    assert child["weight"] == NEVER < slip["weight"]


def levels_of(field):
    """Levels from far to near; whose number it is counts as a claim and not as kin."""
    levels = sorted(SHIPPED[field])
    return [one for one in levels if (field, one) != ("kin", KinLevel.NUMBER)]


RARE = st.integers(0, MODEL.most_rarity)
SAID = st.fixed_dictionaries(
    {
        **{
            f"{name}_level": st.sampled_from([None, *map(int, levels_of(name))]) for name in SHIPPED
        },
        **dict.fromkeys(RARITIES, RARE),
        "borrowed": st.sampled_from([None, int(NameLevel.SOUND), int(NameLevel.EQUAL)]),
        "is_offspring": st.sampled_from([None, False, True]),
        "claim_weight": st.sampled_from([0, 16_610, 25_883]),
        "is_child": st.booleans(),
    }
)
CALM = settings(deadline=None, max_examples=15)


@CALM
@given(SAID)
def test_a_more_similar_field_never_lowers_the_weight(engine, said):
    for name in SHIPPED:
        nearer = [{**said, f"{name}_level": int(level)} for level in levels_of(name)]
        found = weigh(engine, nearer)
        for one, next_one in itertools.pairwise(found):
            assert one["weight"] <= next_one["weight"], name
            assert one[f"{name}_weight"] <= next_one[f"{name}_weight"], name
            assert one["proven"] <= next_one["proven"], name


@CALM
@given(SAID, st.integers(0, 5_000), st.sampled_from(RARITIES))
def test_a_rarer_name_never_lowers_the_weight(engine, said, more, which):
    plain, rarer = weigh(engine, [said, {**said, which: said[which] + more}])
    assert plain["weight"] <= rarer["weight"]


def test_tables_of_plain_text_are_held_to_no_chinese_proof():
    extra = ibis.table({**COLUMNS, "extra_1_level": "int8"}, name="compared")
    model = Model(weights={**SHIPPED, "extra_1": {0: -1000, 4: 5000}})
    sql = str(ibis.to_sql(weighed(extra, model).select("weight", "proven"), dialect="duckdb"))
    schema = ibis.schema({**COLUMNS, "extra_1_level": "int8"}).to_pyarrow()
    with duckdb.connect() as engine:
        engine.register("compared", pa.Table.from_pylist([{**PLAIN, "extra_1_level": 4}], schema))
        assert engine.execute(sql).fetchall() == [(model.prior + 5000, True)]
