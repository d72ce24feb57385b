"""Errors a user meets: one clear line in Chinese that says what is wrong and what to do."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended; the README documents these."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    WARNINGS = 3
    NOTHING_NEW = 4
    ALREADY_RUNNING = 5


class DoorstepError(Exception):
    """Something a person can put right. Its text never holds a value of a row."""

    exit = Exit.FAILED


class UsageError(DoorstepError):
    """The command was called with something that does not exist or does not fit."""

    exit = Exit.USAGE


class AlreadyRunningError(DoorstepError):
    """Another night holds the lock."""

    exit = Exit.ALREADY_RUNNING
