"""The table of roles: complete, closed, consistent, and rendered as it is."""

from pathlib import Path

import pytest
import typer

from flows import cli
from flows.access.columns import LEDGER, SNAPSHOT, classes, visible
from flows.access.commands import COMMANDS, may_run
from flows.access.page import render_roles
from flows.access.roles import DUTIES, SEES, Role, Sight
from flows.access.unmasking import COLUMNS
from tests.privacy.looking import duckdb_texts, sqlite_texts

ROLES_PAGE = Path(__file__).parents[2] / "docs" / "generated" / "roles.md"
NO_ROWS = (Role.OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR)
ABOUT_PEOPLE = set(Sight) - {Sight.PLAIN, Sight.KEY}


def commands_of(group, name=""):
    for word, one in group.commands.items():
        path = f"{name} {word}".strip()
        yield from commands_of(one, path) if hasattr(one, "commands") else [path]


def columns_of(texts):
    found: dict[str, set[str]] = {}
    for place in texts:
        table, _, column = place.partition(".")
        if table.startswith("sqlite_"):
            continue
        found.setdefault(table, set()).add(column)
    return found


def test_every_command_stands_in_the_table_and_no_other():
    assert set(commands_of(typer.main.get_command(cli.app))) == set(COMMANDS)


def test_the_committed_page_is_current():
    assert ROLES_PAGE.read_text(encoding="utf-8") == render_roles(), "run `make docs`"


@pytest.mark.parametrize("name", COMMANDS)
def test_nobody_is_named_for_a_command_that_shows_more_than_they_may_see(name):
    for role in COMMANDS[name].who:
        assert may_run(role, name), f"{role} may not see all that {name} shows"


def test_every_role_has_a_duty_and_a_sight():
    assert set(DUTIES) == set(SEES) == set(Role)


@pytest.mark.parametrize("role", NO_ROWS)
def test_who_keeps_the_house_running_sees_nothing_about_people(role):
    assert SEES[role] & ABOUT_PEOPLE == set()
    assert not any(one.sight in SEES[role] for one in COLUMNS.values())


def test_a_command_that_is_not_in_the_table_is_nobodys():
    assert not any(may_run(role, "nonsense") for role in Role)


def test_every_column_of_the_snapshot_has_a_class(after_first_night):
    found = columns_of(duckdb_texts(after_first_night.snapshot))
    assert found == {table: set(classes(drawn)) for table, drawn in SNAPSHOT.items()}


def test_every_column_of_the_ledger_has_a_class(after_first_night):
    found = columns_of(sqlite_texts(after_first_night.ledger))
    assert found == {table: set(classes(drawn)) for table, drawn in LEDGER.items()}


@pytest.mark.parametrize(
    ("role", "table", "sees"),
    [
        (Role.OPERATOR, "finding", []),
        (Role.ADMINISTRATOR, "member", []),
        (Role.AUDITOR, "finding", ["household_id", "person_id"]),
        (Role.REVIEWER, "finding", ["household_id", "person_id"]),
        (Role.REVIEWER, "timeline", None),
        (Role.OFFICER, "timeline", None),
    ],
)
def test_what_a_role_sees_of_a_table(role, table, sees):
    seen = visible(role, SNAPSHOT[table])
    if sees is None:
        assert ("what" in seen) == (role is Role.OFFICER)
    else:
        assert sorted(seen) == sorted(sees)
