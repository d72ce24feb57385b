"""Whatever comes, goes or changes from night to night: the outcomes are those of a full run."""

from functools import cache

import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import files
from flows.engine import Engine
from flows.link_state import LinkMemory, Stamp, forget_links, linked_by_night
from flows.reference import similar_characters
from matchers.answered import closed
from matchers.incremental import link_incrementally
from matchers.linkage import link
from matchers.model import Model
from matchers.outcomes import outcomes
from tests.matchers.linking import REGISTER, broken, number, read

MODEL = Model(number=1, people=5_000)
NO_ANSWERS = pa.schema(
    [("left", pa.int64()), ("right", pa.int64()), ("same", pa.bool_())]
).empty_table()
FREQUENCIES = pa.table({"column": ["name_key"], "value": ["王芳"], "people": [40]})


@cache
def crowd():
    """Strangers in the register, with rids above those of the drawn records."""
    people = [
        {"name": surname + given, "number": number(f"19{60 + at}-0{1 + at}-17", 300 + at)}
        for at, given in enumerate(("锦瑶", "霁川", "芷若", "砚秋", "沐阳", "乐康"))
        for surname in "张刘陈杨赵黄"
    ]
    return read(
        [
            {**one, "source": REGISTER, "household": f"crowd {at // 3}", "rid": 10**6 + at}
            for at, one in enumerate(people)
        ]
    )


class Statements:
    """DuckDB that remembers what it was told, to be told again without asking Ibis."""

    def __init__(self, connection):
        self.connection, self.steps = connection, []

    def __getattr__(self, name):
        return getattr(self.connection, name)

    def execute(self, sql, values=None):
        self.steps.append((sql, None, None))
        return self.connection.execute(sql, values or [])


class Recorded(Engine):
    """An engine on such a connection; what Python answers is remembered as one step."""

    def answer(self, name, questions, function):
        sql = self.sql(questions)
        kept = len(self.duckdb.steps)
        told = super().answer(name, questions, function)
        self.duckdb.steps[kept:] = [(sql, name, function)]
        return told


class Nights:
    """Linking what changed, and linking everything, of the rows that are given."""

    def __init__(self):
        self.connection = files.duckdb_database(":memory:", threads=1)
        self.engine = Engine(self.connection, ibis.duckdb.from_connection(self.connection))
        self.give(crowd(), NO_ANSWERS)
        self.engine.register("name_frequency", FREQUENCIES)
        self.first = self.recorded(lambda engine: self.incremental(engine, is_empty=True))
        self.later = self.recorded(lambda engine: self.incremental(engine, is_empty=False))
        self.full = self.recorded(self.whole)

    def give(self, rows, answers):
        self.engine.register("told_rows", rows)
        self.engine.register("told_answers", answers)

    def recorded(self, work):
        statements = Statements(self.connection)
        work(Recorded(statements, self.engine.ibis))
        return statements.steps

    def incremental(self, engine, is_empty):
        rows, names = engine.table("told_rows"), engine.table("name_frequency")
        memory = LinkMemory(engine, is_empty=is_empty)
        said = engine.table("told_answers")
        found = link_incrementally(engine, rows, MODEL, similar_characters(), names, said, memory)
        engine.keep("told_now", outcomes(rows, found, MODEL))

    def whole(self, engine):
        rows, names = engine.table("told_rows"), engine.table("name_frequency")
        said = engine.table("told_answers")
        found = link(engine, rows, MODEL, similar_characters(), frequencies=names, answers=said)
        engine.keep("told_full", outcomes(rows, found, MODEL))

    def again(self, steps):
        for sql, name, function in steps:
            if function:
                self.engine.register(name, function(self.engine.arrow(sql)))
            else:
                self.connection.execute(sql)

    def night(self, number_, rows, answers=NO_ANSWERS):
        """Link the rows both ways and compare every column of every row."""
        self.give(rows, answers)
        if number_ == 0:
            forget_links(self.engine)
        self.again(self.later if number_ else self.first)
        self.again(self.full)
        other = self.engine.rows("(FROM told_now EXCEPT FROM told_full) LIMIT 3")
        missing = self.engine.rows("(FROM told_full EXCEPT FROM told_now) LIMIT 3")
        assert (other, missing) == ([], [])
        (counted,) = self.engine.rows("SELECT count(*) AS n FROM told_now")
        assert counted["n"] == rows.num_rows


@pytest.fixture(scope="module")
def nights():
    return Nights()


def among(*values):
    return st.one_of(st.none(), st.sampled_from(values))


BORN = "1950-03-12", "1978-11-05", "1978-11-15", "2015-06-01"
NAMES = "王芳", "王方", "欧阳建国", "王芳芳", "李小龙", "李小隆", "王芳之子"
NUMBERS = tuple(number(born, order) for born in BORN for order in (11, 12))
PHONES = "13811112222", "13811112223", "13933334444"
RECORDS = st.fixed_dictionaries(
    {
        "source": st.sampled_from([REGISTER, "hospital", "insurance"]),
        "name": among(*NAMES),
        "number": among(*NUMBERS, *NUMBERS, broken(NUMBERS[0]), broken(NUMBERS[3])),
        "birth": among(*BORN),
        "sex": among("男", "女"),
        "phone": among(*PHONES),
        "address": among("攸县菜花坪镇新市村3组12号", "攸县联星街道江桥社区5栋302室"),
        "household": among("book 1", "book 2"),
        "former": among("王小芳"),
        "contact": among(*NAMES[:3]),
        "contact_phone": among(*PHONES),
        "guardian": among(*NAMES[:2]),
        "guardian_number": among(*NUMBERS[:3]),
    }
)
EXAMPLES = 2
"""Each costs some seconds; every night is linked twice."""

KEYS = range(10)
"""A record's key; 0 and 1, 2 and 3 ... may be said to be the same, 1 and 2, 3 and 4 not to be."""

CHANGED = st.dictionaries(st.sampled_from(KEYS), st.one_of(st.none(), RECORDS), max_size=6)
"""What a night brings: records by key; None: it is gone."""
ANSWERED = st.sets(st.integers(0, len(KEYS) - 2), max_size=3)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(CHANGED, ANSWERED), min_size=2, max_size=4))
def test_any_changes_lead_to_what_a_full_run_finds(nights, changes):
    present, count = {}, 0
    for night, (changed, answered) in enumerate(changes):
        for key, record in changed.items():
            present.pop(key, None)
            if record:
                count += 1
                present[key] = {**record, "rid": count}
        said = [
            (min(pair), max(pair), one % 2 == 0)
            for one in sorted(answered)
            if {one, one + 1} <= {*present}
            for pair in [(present[one]["rid"], present[one + 1]["rid"])]
        ]
        answers = closed(
            pa.table([pa.array(column) for column in zip(*said, strict=True)], NO_ANSWERS.schema)
            if said
            else NO_ANSWERS
        )
        rows = [crowd()] if not present else [read([*present.values()]), crowd()]
        nights.night(night, pa.concat_tables(rows), answers)


def register(name, born, order, **others):
    return {
        "source": REGISTER,
        "name": name,
        "number": number(born, order),
        "birth": born,
        **others,
    }


def test_a_crowded_block_that_empties_is_searched_again(nights):
    """Nobody is found by a name that more than thirty bear; one leaves, and somebody is."""
    crowd_ = [
        {**register("王芳", f"19{50 + at}-03-12", at + 20), "rid": at + 1} for at in range(31)
    ]
    seeking = {"name": "王芳", "phone": "13811112222", "rid": 900}
    nights.night(0, pa.concat_tables([read([*crowd_, seeking]), crowd()]))
    nights.night(1, pa.concat_tables([read([*crowd_[1:], seeking]), crowd()]))
    nights.night(2, pa.concat_tables([read([*crowd_, seeking]), crowd()]))


def test_a_family_that_moves_changes_what_kin_proves(nights):
    mother = register("李小龙", "1950-03-12", 12, household="book 1", phone="13811112222")
    child = register("李小隆", "1978-11-05", 11, household="book 1")
    record = {"name": "李小隆", "contact": "李小龙", "contact_phone": "13811112222", "rid": 900}
    for night, book in enumerate(("book 1", "book 2", "book 1")):
        moved = {**mother, "household": book, "rid": 10 + night}
        rows = read([moved, {**child, "rid": 50}, record])
        nights.night(night, pa.concat_tables([rows, crowd()]))


def test_a_twin_who_is_registered_later_takes_the_namesakes_rows_away(nights):
    elder = {**register("王芳", "1978-11-05", 12), "rid": 1}
    record = {"name": "王方", "number": elder["number"], "birth": "1978-11-05", "rid": 2}
    younger = {**register("王方", "1978-11-05", 14), "rid": 3}
    nights.night(0, pa.concat_tables([read([elder, record]), crowd()]))
    nights.night(1, pa.concat_tables([read([elder, record, younger]), crowd()]))
    nights.night(2, pa.concat_tables([read([elder, record]), crowd()]))


@pytest.fixture
def remembering(nights, monkeypatch):
    """What `linked_by_night` has linked: 'all' without a memory, else what the memory held."""
    engine = nights.engine
    nights.give(crowd(), NO_ANSWERS)
    forget_links(engine)

    def remember(bench, rows, model, shapes, frequencies, answers, state):
        before = state.rows("row", rows.select("rid").limit(0))
        held = engine.rows(engine.sql(before.count().name("n").as_table()))[0]["n"]
        state.change("row", "rid", before, rows.select("rid").limit(held + 1))
        assert model.number == MODEL.number, "told to fail"
        return held

    monkeypatch.setattr("flows.link_state.link", lambda *given, **named: "all")
    monkeypatch.setattr("flows.link_state.link_incrementally", remember)

    def linked(arrivals, name="one", frequencies=True, model=MODEL):
        return linked_by_night(
            engine,
            engine.table("told_rows"),
            model,
            engine.table("name_frequency") if frequencies else None,
            None,
            Stamp(arrivals=arrivals, model=name),
        )

    return linked


def test_the_memory_is_used_for_its_own_model_and_later_nights_only(remembering):
    assert remembering(5, frequencies=False) == "all"
    assert remembering(5) == 0
    assert remembering(6) == 1
    assert remembering(5) == "all", "a past night leaves the memory alone"
    assert remembering(6) == 2
    assert remembering(6, name="two") == 0


def test_a_night_that_fails_leaves_the_memory_as_it_was(remembering):
    assert [remembering(5), remembering(6)] == [0, 1]
    with pytest.raises(AssertionError, match="told to fail"):
        remembering(7, model=Model(number=2))
    assert remembering(7) == 2
