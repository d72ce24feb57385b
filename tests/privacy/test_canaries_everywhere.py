"""Canaries in every field of every source and on every sheet that comes back: nothing that tells repeats one.

What may hold what a department or a township wrote stays out of the search: the archive, refused and
quarantined files, error books that go back to who wrote them, `identities`. The name of a file is the
department's own word and stands in the report and the ledger, so that the file can be found; the log,
alerts and the heartbeat do not have it either.
"""

import csv
import io
from datetime import timedelta
from functools import partial

import pytest

from data_contracts.sources import SOURCES
from flows import files
from flows.site import synthetic_nights
from tests.alerts.homes import wanting
from tests.cli.command import doorstep_here
from tests.night import county
from tests.privacy.canaries import CANARIES, NAME, NUMBER, PHONE
from tests.privacy.looking import bytes_as_text, duckdb_texts, hits, sqlite_texts

FILE_NAME = "龔麤犇"
"""Somebody after whom a file is called, and nobody else."""

TELLS = ("logs", "alerts", "heartbeat.json", "night.lock", "alerts.lock")


def planted(source) -> bytes:
    """A file in which every column holds, in turn, a name, a number and a phone, and all at once."""
    out = io.StringIO()
    writer = csv.writer(out)
    columns = list(source.columns.values())
    writer.writerow(
        [column.headers[0] if column.headers else name for name, column in source.columns.items()]
    )
    for at in range(len(columns)):
        for canary in (NAME, NUMBER, PHONE):
            writer.writerow([canary if place == at else "" for place in range(len(columns))])
    writer.writerows([[NAME] * len(columns), [NUMBER] * len(columns), [PHONE] * len(columns)])
    return out.getvalue().encode("utf-8")


@pytest.fixture
def run(monkeypatch, capsys):
    return partial(doorstep_here, monkeypatch, capsys)


@pytest.fixture
def home(after_first_night, tmp_path):
    """A county whose next night brings a planted file of every source and a planted return."""
    copied = county.copy(after_first_night, tmp_path / "home")
    copied = wanting(copied.root, hosts=["127.0.0.1"])
    for name, source in SOURCES.items():
        files.write(copied.inbox / name / f"{FILE_NAME}.csv", planted(source))
    sheet = f"工作单编号,姓名,电话,走访日期,核实结论\n{NUMBER},{NAME},{PHONE},{NAME},{NUMBER}\n"
    files.write(copied.returns / f"{FILE_NAME}.csv", sheet.encode("utf-8"))
    return copied


def told(home, *endings):
    """What the house tells of itself, by place."""
    paths = [
        path for name in TELLS for path in (home.state / name, *(home.state / name).rglob("*"))
    ]
    return {
        str(path.relative_to(home.root)): [path.name, bytes_as_text(path)]
        for path in paths
        if path.is_file()
    } | {f"screen {at}": [ended.out, ended.err] for at, ended in enumerate(endings)}


def where(people, texts):
    return sorted(place for place, values in texts.items() if hits(people, values))


def test_nothing_that_tells_repeats_a_canary(home, run, monkeypatch):
    night = synthetic_nights(home)[1] + timedelta(days=1)
    nightly = ("nightly", "--home", home.root, "--date")
    with monkeypatch.context() as broken:
        broken.setattr("flows.outbox.rank", stumbles)
        failed = run(*nightly, night)
    finished = run(*nightly, night)
    returned = run("returns", "--home", home.root)
    review = home.root.parent / "answers.xlsx"
    files.write(review, f"{NAME}{NUMBER}".encode())
    refused = run("review", "import", review, "--who", "王", "--home", home.root)
    seen = [run(word, "--home", home.root) for word in ("status", "doctor", "yield")]
    assert (failed.code, finished.code, refused.code) == (1, 3, 1)
    texts = told(home, failed, finished, returned, refused, *seen)
    assert {"state/heartbeat.json", "state/night.lock"} <= texts.keys()
    assert any(place.startswith("state/logs/") for place in texts)
    assert any(place.startswith("state/alerts/pending/night_failed") for place in texts)
    published = {
        str(path.relative_to(home.root)): [bytes_as_text(path)]
        for folder in (home.outbox / str(night), home.state / "nights" / str(night))
        for path in folder.rglob("*")
        if path.suffix in {".json", ".html", ".csv"}
    }
    assert published
    assert where(CANARIES, texts | published) == []
    assert where(CANARIES, duckdb_texts(home.snapshot)) == []
    assert where(CANARIES, sqlite_texts(home.ledger)) == []
    quiet = {place: said for place, said in texts.items() if place.startswith("state/")}
    assert where({FILE_NAME}, quiet) == []


def stumbles(_tonight):
    raise ValueError(f"{NAME} {NUMBER} {FILE_NAME}")


def test_the_search_would_find_one(home):
    files.write(home.logs / "doorstep-2026-11-22.jsonl", f'{{"message": "{NAME}"}}\n')
    assert where(CANARIES, told(home)) == ["state/logs/doorstep-2026-11-22.jsonl"]


@pytest.mark.parametrize("name", SOURCES)
def test_judging_a_planted_file_repeats_nothing(name, run, tmp_path):
    path = files.write(tmp_path / "planted.csv", planted(SOURCES[name]))
    ended = run("contract", "check", path, "--source", name)
    assert ended.code in {0, 1}
    assert hits(CANARIES, [ended.out, ended.err]) == set()
