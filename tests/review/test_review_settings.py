"""[review] of doorstep.toml: shares of questions that say how good answers are."""

import pytest

from flows.errors import DoorstepError
from flows.home import Home

SITE = '[site]\nname = "某县"\ncounty = "370881"\n'


def shares(tmp_path, text):
    (tmp_path / "doorstep.toml").write_text(SITE + text, encoding="utf-8")
    found = Home(tmp_path).config.review
    return found.twice_share, found.known_share


@pytest.mark.parametrize(("text", "found"), [
    ("", (0.10, 0.05)),
    ("[review]\nknown_share = 0", (0.10, 0)),
    ("[review]\ntwice_share = 0.5", (0.5, 0.05)),
])  # fmt: skip
def test_a_site_says_its_shares_or_takes_ours(tmp_path, text, found):
    assert shares(tmp_path, text) == found


@pytest.mark.parametrize("value", ["-0.1", "0.51", "true", '"0.1"'])
def test_a_share_that_is_none_is_refused(tmp_path, value):
    with pytest.raises(DoorstepError, match="known_share"):
        shares(tmp_path, f"[review]\nknown_share = {value}")
