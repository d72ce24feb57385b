"""Help answers at once, in Chinese and in English."""

import pytest

from tests.cli.command import doorstep, doorstep_here

COMMANDS = (
    ("init",),
    ("synth",),
    ("demo",),
    ("nightly",),
    ("serve",),
    ("status",),
    ("drift",),
    ("doctor",),
    ("release",),
    ("contract",),
    ("contract", "check"),
    ("links",),
    ("findings",),
    ("rulebook",),
    ("statistics",),
    ("plan",),
    ("compare",),
    ("console",),
    ("match",),
    ("review",),
    ("review", "export"),
    ("review", "import"),
    ("review", "undo"),
    ("review", "status"),
    ("model",),
    ("model", "train"),
    ("model", "diff"),
    ("model", "adopt"),
    ("model", "list"),
    ("people",),
    ("people", "add"),
    ("people", "reset"),
    ("people", "disable"),
    ("people", "list"),
    ("keys",),
    ("keys", "rotate"),
    ("keys", "new-key"),
    ("keys", "seal"),
    ("keys", "reseal"),
    ("keys", "open"),
    ("keys", "drill"),
    ("units",),
    ("alert",),
    ("alert", "test"),
    ("alert", "send"),
    ("heartbeat",),
    ("heartbeat", "check"),
    ("rebuild",),
    ("backup",),
    ("restore",),
    ("retention",),
    ("erase",),
    ("subject-report",),
    ("unmask",),
    ("audit",),
    ("audit", "verify"),
    ("audit", "show"),
)


def is_in_both_languages(text):
    return any("一" <= character <= "鿿" for character in text) and any(
        word in text for word in (" / ", "Finds households")
    )


def test_help_names_every_command_in_both_languages():
    ended = doorstep("--help")
    assert ended.code == 0
    assert is_in_both_languages(ended.out)
    for command, *_ in COMMANDS:
        assert f"\n  {command} " in ended.out


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_in_both_languages(command, run):
    ended = run(*command, "--help")
    assert ended.code == 0
    assert ended.err == ""
    assert is_in_both_languages(ended.out)


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("nightly", "--nonsense"),
        ("init",),
        ("synth", "somewhere", "--residents", "many"),
        ("synth", "somewhere", "--residents", "1"),
        ("release", "0123456789abcdef"),
        ("contract", "check"),
        ("links",),
    ],
    ids=" ".join,
)
def test_a_command_called_wrongly_ends_with_two(arguments, run):
    ended = run(*arguments)
    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert "Usage" in ended.err


@pytest.mark.parametrize(
    "command",
    [
        ("nightly",),
        ("serve",),
        ("status",),
        ("doctor",),
        ("release", "0123456789abcdef", "--reason", "confirmed", "--who", "Wang"),
        ("links", "--out", "links.parquet"),
        ("findings", "--out", "findings.parquet"),
        ("console",),
    ],
    ids=lambda command: command[0],
)
def test_without_a_home_a_command_says_how_to_get_one(command, monkeypatch, capsys, tmp_path):
    ended = doorstep_here(monkeypatch, capsys, *command, "--home", tmp_path)
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "doorstep init" in ended.err
    assert list(tmp_path.iterdir()) == []
