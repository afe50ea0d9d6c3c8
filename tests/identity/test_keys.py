"""The key that tokens are signed with (identity/keys.py)."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import jwt
import pytest

from mockserver.identity.keys import local_key, new_key


@pytest.fixture(autouse=True)
def _forgotten():
    """Each test reads the folder as a new process would."""
    local_key.cache_clear()
    yield
    local_key.cache_clear()


def test_the_key_is_made_once_and_kept(tmp_path: Path):
    first = local_key(tmp_path)
    local_key.cache_clear()

    assert local_key(tmp_path).id == first.id


def test_its_file_is_for_the_owner_alone(tmp_path: Path):
    local_key(tmp_path / "tokens")

    assert stat.S_IMODE((tmp_path / "tokens" / "key.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "tokens").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "content", [b"", b"not a key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_broken_file_gives_way_to_a_new_key(tmp_path: Path, content: bytes):
    (tmp_path / "key.pem").write_bytes(content)

    assert local_key(tmp_path).signed({"a": 1}).count(".") == 2


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MOCKSERVER_DATA", str(tmp_path))
    local_key()

    assert (tmp_path / "tokens" / "key.pem").exists()


def test_what_is_published_verifies_what_is_signed():
    key = new_key()
    published = jwt.PyJWK.from_json(json.dumps(dict(key.published)))
    token = key.signed({"aud": "x"})

    assert jwt.decode(token, published.key, algorithms=["RS256"], audience="x") == {"aud": "x"}
    assert jwt.get_unverified_header(token)["kid"] == published.key_id


def test_nothing_private_is_published():
    assert set(new_key().published) == {"kty", "use", "kid", "x5t", "n", "e"}
