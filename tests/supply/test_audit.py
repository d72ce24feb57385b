"""The checks of `make audit`: what is found is named, what was not looked at is not called clean."""

import json
import re
import socket
from pathlib import Path

import pytest

from supply.audit import code, table
from supply.bill import bill
from supply.check import Check, State
from supply.licences import EXPLAINED, Licence, licence_check
from supply.lock import read_lock
from supply.secret_scan import ACCEPTED, secret_scan, source_files
from supply.telemetry import SWITCHED_OFF, telemetry
from supply.vulnerabilities import judged, vulnerabilities

ROOT = Path(__file__).parents[2]
CLEAN, FOUND, NOT_CHECKED = State


def test_the_bill_lists_what_is_locked_with_its_hashes_and_without_a_moment(tmp_path):
    out = tmp_path / "sbom.json"
    assert bill(ROOT, out, validated=False).state is CLEAN
    listed = json.loads(out.read_text(encoding="utf-8"))
    assert listed["bomFormat"] == "CycloneDX"
    assert "serialNumber" not in listed
    assert "timestamp" not in listed["metadata"]
    assert all(one["externalReferences"][0]["hashes"] for one in listed["components"])


def test_without_the_database_it_says_not_checked():
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))  # taken and not listening
        found = vulnerabilities(ROOT, f"http://127.0.0.1:{port.getsockname()[1]}/v1/query")
    assert (found.state, found.detail) == (NOT_CHECKED, "database out of reach")


def answer(*packages):
    return {"dependencies": [dict(one) for one in packages]}


SAFE = {"name": "One", "version": "1.0", "vulns": []}
UNSAFE = {"name": "two", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
SKIPPED = {"name": "two", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "state", "problems"),
    [
        ((SAFE, {**UNSAFE, "vulns": []}), CLEAN, ()),
        ((SAFE, UNSAFE), FOUND, ("two 2.0: PYSEC-1 (mended in 2.1)",)),
        ((UNSAFE,), FOUND, ("two 2.0: PYSEC-1 (mended in 2.1)",)),
        ((SAFE, SKIPPED), NOT_CHECKED, ("two",)),
        ((SAFE,), NOT_CHECKED, ("two",)),
    ],
)
def test_clean_needs_an_answer_for_every_package(packages, state, problems):
    found = judged(answer(*packages), {"one", "two"})
    assert (found.state, found.problems) == (state, problems)


@pytest.mark.parametrize(
    ("states", "kind"),
    [
        ("MIT", "permissive"),
        ("Apache Software License", "permissive"),
        ("LGPL-2.1-or-later", "weak copyleft"),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", "weak copyleft"),
        ("Mozilla Public License 2.0 (MPL 2.0)", "weak copyleft"),
        ("MPL-2.0 AND MIT", "weak copyleft"),
        ("GPL-3.0-only", "strong copyleft"),
        ("AGPL-3.0", "strong copyleft"),
        ("GNU Affero General Public License v3", "strong copyleft"),
        ("BSD License; GNU General Public License (GPL)", "strong copyleft"),
        (None, "unknown"),
        ("", "unknown"),
    ],
)
def test_kinds_of_licences(states, kind):
    assert Licence("one", "1.0", states).kind == kind


def test_every_odd_licence_has_been_explained_by_a_person():
    found = licence_check(ROOT)
    assert found.problems == ()
    assert set(EXPLAINED) <= {one.name for one in read_lock(ROOT, "requirements").packages}


def test_the_committed_list_of_licences_has_every_locked_package():
    page = (ROOT / "docs" / "generated" / "licences.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (\S+) \| (\d\S*) \|", page, re.MULTILINE)
    locked = {(one.name, one.version) for one in read_lock(ROOT, "requirements").packages}
    assert set(listed) == locked, "the lock changed: run `make docs`"


def test_a_secret_is_found_and_never_printed(tmp_path):
    planted = "AKIA" + "QYLPMN5HFZ2ABCDE"
    (tmp_path / "settings.py").write_text(f'key = "{planted}"\n', encoding="utf-8")
    (tmp_path / "good.py").write_text('word = "salt"\n', encoding="utf-8")
    found = secret_scan(tmp_path)
    assert found.state is FOUND
    assert {one.split(": ")[0] for one in found.problems} == {"settings.py:1"}
    assert planted not in table([found])


def test_what_is_accepted_still_exists():
    names = {file.relative_to(ROOT).as_posix() for file in source_files(ROOT)}
    assert {name for name, _ in ACCEPTED} <= names
    assert not any(name.startswith((".venv", "build/")) or name.endswith(".lock") for name in names)


def test_usage_reporting_is_off_and_a_new_reporter_is_noticed(tmp_path):
    assert telemetry(ROOT).problems == ()
    for file, _ in SWITCHED_OFF.values():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(
            "DO_NOT_TRACK PREFECT_SERVER_ANALYTICS_ENABLED", encoding="utf-8"
        )
    (tmp_path / "requirements.lock").write_text("posthog==1.0\n", encoding="utf-8")
    problems = telemetry(tmp_path).problems
    assert len(problems) == 2
    assert problems[0].startswith("posthog")
    assert "GX_ANALYTICS_ENABLED" in problems[1]


@pytest.mark.parametrize(
    ("states", "ended"),
    [
        ((CLEAN, CLEAN), 0),
        ((CLEAN, NOT_CHECKED), 3),
        ((NOT_CHECKED, FOUND), 1),
        ((FOUND, CLEAN), 1),
    ],
)
def test_the_code_tells_found_from_not_checked(states, ended):
    assert code([Check("one", state, "") for state in states]) == ended
