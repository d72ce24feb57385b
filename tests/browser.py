"""A headless Chromium and a desk served in a process of its own, for tests that look at the screen."""

import os
import shutil
import subprocess
import sys

import pyotp
import pytest
from playwright.sync_api import expect

CHROMIUM = os.environ.get("DOORSTEP_CHROMIUM") or shutil.which("chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000
SERVE = """
import sys
from pathlib import Path
from flows.desk.serving import serve
from flows.home import existing_home
serve(existing_home(Path(sys.argv[1])), port=0)
"""

MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM,
        reason="no Chromium here: install Debian's chromium, or name one in DOORSTEP_CHROMIUM",
    ),
]


def served(home):
    """A running desk and its address, without the last slash."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(home.root)], stdout=subprocess.PIPE, text=True
    )
    link = next(line.strip() for line in server.stdout if line.startswith("http://"))
    return server, link.rstrip("/")


def stop(server):
    server.terminate()
    server.wait()
    server.stdout.close()


def log_in(page, link, enrolment):
    """Log in with the keyboard alone; the first field has the focus already."""
    page.goto(f"{link}/login")
    expect(page.locator("[autofocus]")).to_be_focused()
    page.keyboard.type(enrolment.account.login)
    page.keyboard.press("Tab")
    page.keyboard.type(enrolment.password)
    page.keyboard.press("Tab")
    page.keyboard.type(pyotp.TOTP(enrolment.account.second).now())
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)
