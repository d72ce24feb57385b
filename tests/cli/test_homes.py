"""A new home says what is missing; an existing one is never touched."""

from datetime import timedelta

from flows.home import existing_home
from flows.site import synthetic_nights
from tests.cli.command import doorstep, is_one_clear_line


def test_init_makes_a_home_and_doctor_names_what_to_fill_in(tmp_path, run):
    made = run("init", tmp_path / "home")
    assert made.code == 0
    assert "doorstep.toml" in made.out
    home = existing_home(tmp_path / "home")
    assert (home.inbox / "hospital_discharge").is_dir()
    examined = run("doctor", "--home", home.root)
    assert examined.code == 3
    assert examined.err == ""
    assert "✗ 站点名称与区划代码:在 doorstep.toml 的 [site] 填写" in examined.out
    assert "✗ 政策数值:" in examined.out
    assert "complete_since" in examined.out


def test_a_home_that_is_not_filled_in_has_no_night_and_says_what_to_fill_in(tmp_path, run):
    root = tmp_path / "home"
    run("init", root)
    asked = ("nightly", "--home", root, "--date", "2026-11-22", "--baseline")
    without_county = run(*asked)
    config = existing_home(root).config_file
    config.write_text(
        config.read_text("utf-8").replace('county = ""', 'county = "370881"'), "utf-8"
    )
    without_policy = run(*asked)
    for ended, named in ((without_county, "county"), (without_policy, "policy/")):
        assert ended.code == 1
        assert is_one_clear_line(ended.err)
        assert named in ended.err


def test_a_night_refused_for_a_missing_value_runs_once_the_value_is_there(home, run):
    night = synthetic_nights(home)[1] + timedelta(days=1)
    values = home.policy / "county.toml"
    text = values.read_text(encoding="utf-8")
    values.write_text("", encoding="utf-8")
    assert run("nightly", "--home", home.root, "--date", night).code == 1
    values.write_text(text, encoding="utf-8")
    ended = run("nightly", "--home", home.root, "--date", night)
    assert ended.code in {0, 3}
    assert "中断" not in ended.err


def test_init_leaves_an_existing_home_alone(home, run):
    before = home.config_file.read_bytes()
    ended = run("init", home.root)
    assert ended.code == 1
    assert is_one_clear_line(ended.err)
    assert home.config_file.read_bytes() == before


def test_doctor_finds_a_synthetic_county_well(home, run):
    examined = run("doctor", "--home", home.root)
    assert "✓ 站点名称与区划代码" in examined.out
    assert "✓ 政策数值" in examined.out
    assert "✓ 目录权限" in examined.out


def test_doctor_sees_a_folder_that_others_can_read(home, run):
    home.state.chmod(0o755)
    examined = run("doctor", "--home", home.root)
    assert examined.code == 3
    assert "chmod 700 state" in examined.out


def test_synth_makes_a_county_with_its_nights(tmp_path):
    ended = doorstep("synth", tmp_path / "home", "--residents", 500, "--nights", 2, "--seed", 3)
    assert ended.code == 0
    assert "truth/" in ended.out
    assert len(synthetic_nights(existing_home(tmp_path / "home"))) == 3


def test_synth_leaves_an_existing_home_alone(home, run):
    ended = run("synth", home.root, "--residents", 500)
    assert ended.code == 1
    assert is_one_clear_line(ended.err)


def test_a_configuration_that_is_no_toml_is_named(home, run):
    home.config_file.write_text("[site\n", encoding="utf-8")
    for command in (("status",), ("nightly",), ("doctor",)):
        ended = run(*command, "--home", home.root)
        assert ended.code == 1
        assert is_one_clear_line(ended.err)
        assert "doorstep.toml" in ended.err


def test_a_setting_that_is_not_known_is_named(home, run):
    home.config_file.write_text('[site]\nname = "x"\ncounty = "370881"\ncolour = 1\n', "utf-8")
    ended = run("status", "--home", home.root)
    assert ended.code == 1
    assert is_one_clear_line(ended.err)
    assert "colour" in ended.err
