"""Where the key comes from, and that it is never shown."""

import base64
import traceback

import keyring
import pytest

from flows.errors import DoorstepError
from flows.sealing.key import SealingKey, Secret, configured_key, new_key, without_keys

RAW = bytes(range(32))
HEX, BASE64 = RAW.hex(), base64.b64encode(RAW).decode()


def read(path):
    return path.read_text(encoding="utf-8")


def configured(root, **secret):
    return configured_key(root, Secret(**secret), read)


def key_file(folder, mode=0o600, text=BASE64 + "\n"):
    path = folder / "site.key"
    path.write_text(text)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("text", [HEX, BASE64, f" {BASE64}\n"])
def test_hex_and_base64_are_understood(text, tmp_path, monkeypatch):
    monkeypatch.setenv("DOORSTEP_KEY", text)
    assert configured(tmp_path).secret == RAW


@pytest.mark.parametrize("text", ["tooshort", HEX[:-2], BASE64[:-4], "密" * 44, "g" * 64])
def test_anything_else_is_refused_and_not_repeated(text, tmp_path, monkeypatch):
    monkeypatch.setenv("DOORSTEP_KEY", text)
    with pytest.raises(DoorstepError, match="写法不对") as refused:
        configured(tmp_path)
    whole = "".join(traceback.format_exception(refused.value, chain=True))
    assert text not in whole
    assert refused.value.__context__ is None


def test_no_key_is_none(tmp_path):
    assert configured(tmp_path) is None


@pytest.mark.parametrize(
    ("mode", "well"), [(0o600, True), (0o400, True), (0o640, False), (0o604, False)]
)
def test_a_key_file_must_be_its_owners_alone(mode, well, tmp_path):
    key_file(tmp_path, mode)
    if well:
        assert configured(tmp_path, key_file="site.key").secret == RAW
    else:
        with pytest.raises(DoorstepError, match="其他用户可读"):
            configured(tmp_path, key_file="site.key")


def test_a_credential_of_systemd_is_guarded_by_systemd(tmp_path, monkeypatch):
    path = key_file(tmp_path, 0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("DOORSTEP_KEY_FILE", str(path))
    assert configured(tmp_path / "home").secret == RAW


def test_a_key_file_that_is_gone_is_an_error_and_not_an_open_home(tmp_path):
    with pytest.raises(DoorstepError, match="找不到密钥文件"):
        configured(tmp_path, key_file="gone.key")


def test_the_keyring_has_it_or_the_site_is_told(tmp_path, monkeypatch):
    kept = {("doorstep", "sealing key"): HEX}
    monkeypatch.setattr(keyring, "get_password", lambda *asked: kept.get(asked))
    assert configured(tmp_path, keyring="doorstep").secret == RAW
    with pytest.raises(DoorstepError, match="钥匙串"):
        configured(tmp_path, keyring="other")


def test_the_environment_comes_before_the_file(tmp_path, monkeypatch):
    key_file(tmp_path)
    monkeypatch.setenv("DOORSTEP_KEY", "11" * 32)
    assert configured(tmp_path, key_file="site.key").secret == b"\x11" * 32


def test_a_key_shows_its_id_and_nothing_of_itself():
    key = SealingKey(RAW)
    assert HEX not in repr(key)
    assert BASE64 not in repr(key)
    assert len(key.id) == 16
    assert key.id not in HEX


def test_purposes_and_salts_have_keys_of_their_own():
    key = SealingKey(RAW)
    made = {key.derived("file", b"1"), key.derived("file", b"2"), key.derived("ledger"), RAW}
    assert len(made) == 4


def test_a_new_key_is_another_every_time(tmp_path, monkeypatch):
    monkeypatch.setenv("DOORSTEP_KEY", new_key())
    assert configured(tmp_path).secret != base64.b64decode(new_key())


def test_a_child_without_business_here_gets_no_key():
    environment = {
        "DOORSTEP_KEY": "k",
        "DOORSTEP_OLD_KEY_FILE": "f",
        "DOORSTEP_HOME": "h",
        "A": "b",
    }
    assert without_keys(environment) == {"DOORSTEP_HOME": "h", "A": "b"}
