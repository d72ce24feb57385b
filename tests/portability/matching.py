"""Everything that linking, training and household evidence ask of a workbench."""

from collections.abc import Callable
from datetime import date
from functools import partial

import ibis

from flows.reference import similar_characters
from matchers import household_ids
from matchers.answered import SCHEMA as ANSWERS
from matchers.em_training import train_by_em
from matchers.fields import fields_of
from matchers.frequencies import frequencies, persons, records
from matchers.household_members import household_members
from matchers.household_people import DEAD, DOORS, NAMED, NAMES, PEOPLE, PHONES, REGISTER, Told
from matchers.incremental import link_incrementally
from matchers.linkage import link
from matchers.model import SHIPPED, Model
from matchers.outcomes import outcomes
from matchers.rows import INPUTS
from matchers.text_levels import TextLevel
from matchers.training import train
from matchers.verified import verified
from tests.portability.unbound import Unbound

Asking = Callable[[Unbound], None]

FROZEN = {"column": "string", "value": "string", "people": "int64"}
ROWS = ibis.table(INPUTS, name="link_rows")
LATIN = ibis.table(INPUTS | {"given_name": "string", "extra_1": "string"}, name="link_rows")
PLAIN = {int(level): int(level) for level in TextLevel}
MODELS = {
    "link_rows": Model(),
    "latin": Model(weights={**SHIPPED, "given_name": PLAIN, "extra_1": PLAIN}),
}


def linking(bench, rows=ROWS, model=MODELS["link_rows"], **more):
    linked = link(bench, rows, model, similar_characters(), **more)
    bench.keep("outcome", outcomes(rows, linked, model))


def answered_linking(bench):
    linking(
        bench,
        frequencies=ibis.table(FROZEN, name="frequencies"),
        answers=ibis.table(ANSWERS, name="answers"),
    )


class Remembered:
    """A memory that knows the columns of what it was given, and none of the rows."""

    def __init__(self, bench):
        self.bench, self.tables = bench, {}

    @property
    def is_empty(self):
        return "scored" not in self.tables

    def rows(self, name, like):
        return self.tables.get(name, ibis.table(like.schema(), name=f"memory_{name}"))

    def change(self, name, key, gone, came):
        self.bench.keep(f"gone_{name}", gone.select(key))
        return self.replace(name, came)

    def replace(self, name, rows):
        self.tables[name] = self.bench.keep(f"memory_{name}", rows)
        return self.tables[name]


def linking_two_nights(bench):
    frozen, answers = ibis.table(FROZEN, name="frequencies"), ibis.table(ANSWERS, name="answers")
    shapes, memory = similar_characters(), Remembered(bench)
    for _ in range(2):
        link_incrementally(bench, ROWS, MODELS["link_rows"], shapes, frozen, answers, memory)


def training(bench, rows=ROWS):
    proven = verified(bench, rows, similar_characters())
    fields = fields_of(rows, similar_characters())
    train(bench, rows, proven, fields, MODELS["latin"])
    train_by_em(bench, rows, proven, fields, MODELS["latin"])
    bench.keep("frequencies", frequencies(persons(rows, proven.fits)))
    bench.keep("frequencies_of_all", frequencies(records(rows)))


def households(bench):
    told = {
        "people": PEOPLE, "register": REGISTER, "names": NAMES, "phones": PHONES, "doors": DOORS,
        "named": NAMED, "dead": DEAD,
    }  # fmt: skip
    tables = {name: ibis.table(schema, name=name) for name, schema in told.items()}
    bench.keep("household", household_members(bench, Told(**tables), date(2026, 11, 22)))
    members = ibis.table(household_ids.MEMBERS, name="members")
    last = ibis.table(household_ids.LAST, name="last")
    ids = ibis.table(household_ids.KEYS, name="ids")
    bench.keep("found_again", household_ids.found_again(members, last, ids))
    bench.keep("changes", household_ids.changes(members, last, ids))
    bench.keep("revived", household_ids.revived(ids, last.select("household_id")))


ASKING: dict[str, Asking] = {
    "linking-latin": partial(linking, rows=LATIN, model=MODELS["latin"]),
    "linking-answered": answered_linking,
    "linking-two-nights": linking_two_nights,
    "training-latin": partial(training, rows=LATIN),
    "households": households,
}
