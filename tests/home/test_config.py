"""doorstep.toml is read strictly: what we do not understand is refused, never ignored."""

from datetime import date

import pytest

from flows.errors import DoorstepError, UsageError
from flows.home import Home, existing_home

SITE = '[site]\nname = "某县"\ncounty = "370881"\n'


def home_with(tmp_path, text):
    (tmp_path / "doorstep.toml").write_text(text, encoding="utf-8")
    return Home(tmp_path)


def test_an_overlay_adds_spellings_codes_units_and_the_date_since_when_it_is_complete(tmp_path):
    home = home_with(
        tmp_path,
        SITE
        + """
[sources.vehicle]
complete_since = 2024-01-01
band = [0.5, 2.0]
[sources.vehicle.headers]
plate_no = ["车牌"]
[sources.vehicle.codes.vehicle_use]
"自用" = "private"
[sources.vehicle.units]
value_amount = 10000
""",
    )
    vehicle = home.config.sources["vehicle"]
    assert "车牌" in vehicle.columns["plate_no"].headers
    assert vehicle.columns["vehicle_use"].codes["自用"] == "private"
    assert vehicle.columns["value_amount"].unit == 10000
    assert (vehicle.band.low, vehicle.band.high) == (0.5, 2.0)
    assert home.config.overlays["vehicle"].complete_since == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SITE + "[nigth]\ncron = ''\n", "nigth"),
        (SITE + "[night]\ntreads = 2\n", "treads"),
        (SITE + "[sources.hopsital]\n", "hopsital"),
        (SITE + "[sources.vehicle]\nheader = {}\n", "header"),
        (SITE + "[sources.vehicle.headers]\nplate = ['车牌']\n", "plate"),
        ("[site]\nname = '某县'\n", "county"),
        ("[site\n", "TOML"),
    ],
    ids=["section", "setting", "source", "overlay key", "column", "missing", "not toml"],
)
def test_what_is_not_understood_is_named(tmp_path, text, says):
    with pytest.raises(DoorstepError, match=says):
        _ = home_with(tmp_path, text).config.sources


def test_a_code_that_means_nothing_known_is_refused(tmp_path):
    text = SITE + '[sources.vehicle.codes.vehicle_use]\n"X" = "spaceship"\n'
    with pytest.raises((DoorstepError, ValueError), match="vehicle_use"):
        _ = home_with(tmp_path, text).config.sources


def test_a_folder_without_settings_is_no_home(tmp_path):
    with pytest.raises(UsageError, match="doorstep init"):
        existing_home(tmp_path)
