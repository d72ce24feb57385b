"""Tables in Latin letters without numbers: trained by EM, linked, and the same in any order."""

from __future__ import annotations

import random
from datetime import date

import ibis
import pyarrow as pa
import pytest

from flows import files
from flows.engine import Engine
from flows.reference import similar_characters
from matchers.auto_training import model_for
from matchers.fields import fields_of
from matchers.linkage import link
from matchers.model import SHIPPED, Model
from matchers.rows import INPUTS
from matchers.verified import verified

PEOPLE = 240
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "ke",
    "li",
    "mo",
    "nu",
    "pa",
    "re",
    "si",
    "to",
    "wu",
    "xa",
]
_TEXTS = ("given_name", "surname", "postcode")


def word(chance, syllables=3):
    return "".join(chance.choice(_SYLLABLES) for _ in range(syllables))


def people(copies):
    """Records with the person each is of; a copy has slips and gaps."""
    chance = random.Random(7)
    given, surnames = [word(chance) for _ in range(60)], [word(chance) for _ in range(60)]
    for person in range(PEOPLE):
        whole = {
            "given_name": chance.choice(given),
            "surname": chance.choice(surnames),
            "postcode": str(chance.randrange(1000, 1040)),
            "birth_date": date(chance.randrange(1930, 2000), chance.randrange(1, 13), 9),
        }
        for copy in range(copies):
            record = dict(whole)
            slip = chance.choice([*whole, None, None])
            if copy and slip in _TEXTS:
                record[slip] = chance.choice([None, record[slip][:-1] + "z"])
            yield person, record


def linked(records):
    """By place in the list: the entity, and the model."""
    schema = ibis.schema(INPUTS | dict.fromkeys(_TEXTS, "string")).to_pyarrow()
    columns = {name: [one.get(name) for one in records] for name in schema.names}
    columns |= {
        "rid": list(range(1, len(records) + 1)),
        "source": ["people"] * len(records),
        "is_register": [False] * len(records),
        "id_status": ["missing"] * len(records),
        "birth_year": [one["birth_date"].year for one in records],
    }
    if "birth_digits" in schema.names:
        columns["birth_digits"] = [int(f"{one['birth_date']:%Y%m%d}") for one in records]
    columns = {name: pa.array(columns[name], schema.field(name).type) for name in schema.names}
    connection = files.duckdb_database(":memory:", threads=1)
    engine = Engine(connection, ibis.duckdb.from_connection(connection))
    rows, shapes = engine.register("told", pa.table(columns)), similar_characters()
    proven = verified(engine, rows, shapes)
    model = model_for(engine, rows, proven, fields_of(rows, shapes), Model())
    found = engine.fetch(link(engine, rows, model, shapes, proven).people).to_pylist()
    connection.close()
    return {row["rid"] - 1: row["entity"] for row in found}, model


def groups(entities, names):
    homes = {}
    for place, entity in entities.items():
        homes.setdefault(entity, set()).add(names[place])
    return {frozenset(home) for home in homes.values()}


@pytest.fixture(scope="module")
def doubled():
    drawn = list(people(copies=3))
    return drawn, *linked([record for _, record in drawn])


def test_em_is_used_where_no_number_proves_anything(doubled):
    drawn, _, model = doubled
    assert model.candidate_prior is not None
    assert model.people == len(drawn)
    assert model.weights["phone"] == SHIPPED["phone"]


def test_copies_come_together_and_people_do_not(doubled):
    drawn, entities, _ = doubled
    pairs = [
        (drawn[one][0] == drawn[other][0], entities[one] == entities[other])
        for one in range(len(drawn))
        for other in range(one)
    ]
    both, said = sum(a and b for a, b in pairs), sum(b for _, b in pairs)
    assert both / said > 0.97
    assert both / sum(a for a, _ in pairs) > 0.9


def test_the_order_of_rows_decides_nothing(doubled):
    drawn, entities, _ = doubled
    order = list(range(len(drawn)))
    random.Random(3).shuffle(order)
    again, _ = linked([drawn[place][1] for place in order])
    assert groups(again, order) == groups(entities, range(len(drawn)))


def test_a_table_without_doubles_stays_apart():
    drawn = list(people(copies=1))
    entities, _ = linked([record for _, record in drawn])
    assert len(set(entities.values())) >= 0.99 * PEOPLE


def test_one_record_is_one_person():
    entities, _ = linked([record for _, record in people(copies=1)][:1])
    assert len(entities) == 1
