"""Tokens for continuations."""

from __future__ import annotations

import re
import sys
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.core.errors import InvalidQuery
from mockserver.odata.skiptoken import decode_skiptoken, encode_skiptoken


@given(st.integers(0, sys.maxsize))
def test_a_token_gives_back_the_offset_it_was_made_from(offset):
    assert offset == decode_skiptoken(encode_skiptoken(offset))


@given(st.integers(0, sys.maxsize))
def test_a_token_can_stand_in_a_url_as_it_is(offset):
    assert re.fullmatch("[A-Za-z0-9_-]+", encode_skiptoken(offset))


@pytest.mark.parametrize("plain", [b"", b"5", b"\x02" + b"5", b"\x01-1", b"\x01true", b"\x01[5]", b"\x011.0", b"\x01"])
def test_a_token_no_server_made_is_refused(plain):
    token = urlsafe_b64encode(plain).decode()

    with pytest.raises(InvalidQuery, match=f"^Unable to parse the skiptoken value '{re.escape(token)}'"):
        decode_skiptoken(token)


@given(st.text())
def test_any_other_text_is_refused(text):
    with pytest.raises(InvalidQuery):
        decode_skiptoken(f"~{text}")


def test_an_offset_beyond_every_tenant_is_refused():
    with pytest.raises(InvalidQuery):
        decode_skiptoken(encode_skiptoken(sys.maxsize + 1))
