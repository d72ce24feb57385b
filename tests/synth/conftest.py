"""One small county for all tests of its making."""

import pytest

from flows.synth import County, synthesise
from tests.synth.reading import Made


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Made:
    home = tmp_path_factory.mktemp("county")
    return Made(home, synthesise(home, residents=1500, nights=2, seed=7))


@pytest.fixture(scope="session")
def county(made) -> County:
    return made.county
