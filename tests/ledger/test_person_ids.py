"""A person's id is found again whatever changes, never borne by two, never used for somebody else."""

from datetime import date

import duckdb
import ibis
import polars as pl
import pytest

from flows.engine import Engine
from flows.ledger import Ledger, NightEnd
from flows.person_ids import NewPersons, give_persons
from tests.drawn import drawn

TEXT = pl.String


class Nights:
    """Night after night over drawn decisions: record, founder, how; entity 7 bears the number n7."""

    def __init__(self, folder):
        self.ledger = Ledger(folder / "ledger.sqlite")
        self.links: dict[str, str] = {}
        self.number = 0

    def run(self, text) -> dict[str, str]:
        """The person of every record; the ledger takes what the night adds."""
        self.number += 1
        before = self.ledger.position()
        found = self._given(text, before, before)
        replayed_links = dict(self.links)
        self.ledger.end_night(_end(self.number, self.new))
        again = dict(found)
        self.links = replayed_links
        assert self._given(text, self.ledger.position(), before, keep=False) == again
        self.links = found
        return found

    def _given(self, text, position, before, *, keep=True) -> dict[str, str]:
        engine = _engine(text, self.links)
        first, _ = self.ledger.next_numbers()
        new = give_persons(engine, self.ledger, position=position, before=before, first=first)
        if keep:
            self.new: NewPersons = new
        else:
            assert new.minted.is_empty(), "a night that is asked again mints nothing"
            assert new.keys.is_empty()
            assert new.into == self.new.into
        rows = engine.rows(
            "SELECT record_key, person_id FROM decision JOIN person_of USING (founder)"
        )
        borne = engine.rows("SELECT person_id FROM person_of")
        assert len(borne) == len({row["person_id"] for row in borne})
        return {row["record_key"]: row["person_id"] for row in rows}

    @property
    def changes(self):
        """The rows of `merge` that the last night added."""
        return self.new.merges.rows()


def _engine(text, links) -> Engine:
    connection = duckdb.connect()
    engine = Engine(connection, ibis.duckdb.from_connection(connection))
    header = "record_key | founder | entity | how\n"
    decided = drawn(header + text, entity="int64").to_pyarrow()
    frame: pl.DataFrame = pl.from_arrow(decided).with_row_index("rid").cast({"rid": pl.Int64})
    engine.register("decision", frame.to_arrow())
    bears = pl.col("entity") > 0
    digits = pl.col("entity").cast(TEXT).str.zfill(17) + "X"
    known = frame.select(
        "record_key",
        arrival=pl.lit(1),
        row=pl.col("rid"),
        id_clean=pl.when(bears).then(digits),
        number_hash=pl.when(bears).then(pl.col("entity").cast(TEXT)),
    )
    engine.register("known_identities", known.to_arrow())
    schema = {"record_key": TEXT, "person_id": TEXT, "decision": TEXT}
    rows = [(record, person, "decided") for record, person in links.items()]
    engine.register("link_before", pl.DataFrame(rows, schema=schema, orient="row").to_arrow())
    return engine


def _end(number, new) -> NightEnd:
    return NightEnd(
        night=date(2026, 11, 16),
        number=number,
        question="q",
        state="done",
        manifest="m",
        body={},
        persons=new.minted,
        person_keys=new.keys,
        merges=new.merges,
        **{
            "households": _nothing("number", "household_id", "household_key"),
            "household_keys": _nothing("household_key", "household_id"),
            "household_members": _nothing("person_id", "household_id", "is_head"),
            "household_changes": _nothing("household_id", "into_household_id", "kind", "reason"),
        },
        seen=_nothing("person_id", "signal", "first_found"),
        lapses=_nothing("person_id", "signal", "first_found", "gone_on", "is_over"),
    )


def _nothing(*columns):
    return pl.DataFrame(schema=dict.fromkeys(columns, TEXT))


@pytest.fixture
def nights(tmp_path):
    return Nights(tmp_path)


APART = """
    a | a | 7  | register_entry
    b | b | -3 | alone
    c | b | -3 | newcomers
    """
TOGETHER = """
    a | a | 7 | register_entry
    b | a | 7 | {how}
    c | a | 7 | evidence
    """


def test_ids_are_minted_in_the_order_of_founding_records_and_found_again(nights):
    first = nights.run(APART)
    assert first == {"a": "P00000001", "b": "P00000002", "c": "P00000002"}
    assert nights.run(APART) == first
    assert nights.changes == []


def test_a_number_that_is_learned_later_keeps_the_id_of_its_record(nights):
    first = nights.run("a | a | -1 | register_entry")
    assert nights.run("a | a | 7 | register_entry") == first
    assert nights.run("z | z | 7 | number_new_person")["z"] == first["a"]


def test_a_founding_record_that_left_leaves_the_id_to_the_others(nights):
    first = nights.run("a | a | -1 | alone\nb | a | -1 | newcomers\nc | a | -1 | newcomers")
    assert set(nights.run("b | b | -2 | alone\nc | b | -2 | newcomers").values()) == {first["a"]}


def test_of_a_person_without_founder_and_number_the_larger_part_keeps_the_id(nights):
    first = nights.run("\n".join(f"{one} | a | -1 | newcomers" for one in "abcd"))
    now = nights.run("b | b | -2 | alone\nc | c | -3 | newcomers\nd | c | -3 | newcomers")
    assert now["c"] == now["d"] == first["a"]
    assert nights.changes == [(first["a"], now["b"], "split", "evidence")]


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("evidence", "evidence"),
        ("number_and_name", "number"),
        ("number_of_another", "evidence"),
        ("answered_same", "answer"),
    ],
)
def test_two_ids_of_one_person_become_one_and_the_reason_is_noted(nights, how, reason):
    first = nights.run(APART)
    now = nights.run(TOGETHER.format(how=how))
    assert set(now.values()) == {first["a"]}
    assert nights.changes == [(first["b"], first["a"], "merge", reason)]
    assert nights.ledger.resolve(first["b"]) == first["a"]
    nights.run(TOGETHER.format(how=how))
    assert nights.changes == [], "it is noted once"


def test_a_split_after_a_merge_gets_a_new_id_and_the_old_one_keeps_resolving(nights):
    first = nights.run(APART)
    nights.run(TOGETHER.format(how="answered_same"))
    parted = APART.replace("alone", "answered_different")
    now = nights.run(parted)
    assert now["a"] == first["a"]
    assert now["b"] == now["c"] == "P00000003"
    assert nights.changes == [(first["a"], "P00000003", "split", "answer")]
    assert nights.ledger.resolve(first["b"]) == first["a"]
    assert nights.run(parted) == now
    assert nights.changes == []


def test_who_is_left_of_a_merged_person_keeps_the_id_that_stayed(nights):
    first = nights.run(APART)
    nights.run(TOGETHER.format(how="evidence"))
    assert set(nights.run("b | b | -3 | alone\nc | b | -3 | newcomers").values()) == {first["a"]}


def test_without_last_nights_links_the_ledger_alone_finds_the_ids_again(nights):
    first = nights.run(APART)
    nights.links = {}
    assert nights.run(APART) == first
