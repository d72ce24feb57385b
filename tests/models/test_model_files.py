"""A model is read back as it was written, and whatever is not a model is refused."""

from dataclasses import replace

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import DoorstepError
from flows.home import Home
from flows.models import frozen, store
from matchers.model import SHIPPED, Model
from matchers.text_levels import TextLevel

NOTHING = pa.table(
    {
        "column": pa.array([], "string"),
        "value": pa.array([], "string"),
        "people": pa.array([], "int64"),
    }
)
WEIGHT = st.integers(-99_000, 99_000)
WEIGHTS = st.fixed_dictionaries(
    {
        name: st.fixed_dictionaries({int(one): WEIGHT for one in worth})
        for name, worth in SHIPPED.items()
    }
    | {"extra_1": st.fixed_dictionaries({int(one): WEIGHT for one in TextLevel})}
)


@settings(max_examples=15, deadline=None)
@given(WEIGHTS, st.integers(1, 10**9))
def test_written_and_read_back_is_the_same(weights, people):
    model = Model(number=3, weights=weights, people=people)
    assert frozen.understood(3, frozen.plain(model)) == model


def test_levels_are_written_by_name():
    assert frozen.plain(Model())["weights"]["name"].keys() >= {"EQUAL", "SOUND", "DIFFERENT"}


@pytest.mark.parametrize(
    "change",
    [
        {"unheard_of": 1},
        {"people": "500000"},
        {"people": True},
        {"people": 0},
        {"decided": 0.1},
        {"weights": {"name": {"NEARLY": 5}}},
        {"weights": {"name": {"EQUAL": 5.5}}},
        {"weights": {"name": [5]}},
    ],
)
def test_what_is_no_model_is_refused(change):
    with pytest.raises(frozen.UnreadableModelError):
        frozen.understood(1, frozen.plain(Model()) | change)


def test_what_an_older_program_did_not_know_has_its_shipped_value():
    values = frozen.plain(Model())
    del values["relative"], values["weights"]["kin"], values["weights"]["phone"]["ONE_SLIP"]
    assert frozen.understood(0, values) == frozen.understood(0, frozen.plain(Model()))


def test_a_number_is_written_once(tmp_path):
    home = Home(tmp_path)
    parts = store.contents(1, Model(number=1), NOTHING, "code", {})
    written = store.add(home, 1, parts)
    assert written.sha256 == store.read(home, 1).sha256
    with pytest.raises(DoorstepError):
        store.add(home, 1, store.contents(1, replace(Model(), people=7), NOTHING, "code", {}))
    assert store.read(home, 1).model.people == Model().people


def test_a_model_under_another_number_is_refused(tmp_path):
    home = Home(tmp_path)
    store.add(home, 1, store.contents(1, Model(number=1), NOTHING, "code", {}))
    store.folder_of(home, 1).rename(store.folder_of(home, 2))
    with pytest.raises(DoorstepError):
        store.read(home, 2)
