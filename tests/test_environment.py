"""What is exported for each way in, and how shells write it. That clients log in with it is tried in tests/e2e."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.cli import running
from mockserver.environment import SHELLS, WAYS, as_json, as_powershell, as_sh, exported, variables
from mockserver.identity.bundle import CA_VARIABLES
from mockserver.identity.certificate import local_certificate
from mockserver.running import Running, Said
from mockserver.settings import Addresses

TENANT = "11111111-1111-4111-8111-111111111111"
ALL = Addresses("http://127.0.0.1:1", "https://localhost:2", "http://127.0.0.1:3")
CLIENT = {
    "AZURE_TENANT_ID": TENANT,
    "AZURE_CLIENT_ID": "22222222-2222-4222-8222-222222222222",
    "AZURE_CLIENT_SECRET": "mock-secret",
}
EXPECTED = {
    "endpoints": {
        **CLIENT,
        "AZURE_AUTHORITY_HOST": "https://localhost:2",
        "AZURE_CORE_INSTANCE_DISCOVERY": "false",
        "MSGRAPH_BASE_URL": "https://localhost:2/beta",
    },
    "proxy": {
        **CLIENT,
        "HTTPS_PROXY": "http://127.0.0.1:3",
        "https_proxy": "http://127.0.0.1:3",
        "NODE_USE_ENV_PROXY": "1",
        "MSGRAPH_BASE_URL": "https://graph.microsoft.com/beta",
    },
    "managed-identity": {
        "IDENTITY_ENDPOINT": "http://127.0.0.1:1/msi/token",
        "IDENTITY_HEADER": "mock",
        "MSGRAPH_BASE_URL": "http://127.0.0.1:1/beta",
    },
}
DIRECT = {"NO_PROXY": "localhost,127.0.0.1", "no_proxy": "localhost,127.0.0.1"}


def made(way: str, addresses: Addresses = ALL, **before: str) -> dict[str, str | None]:
    return variables(way, addresses, TENANT, before)


class TestWays:
    @pytest.mark.parametrize("way", WAYS)
    def test_a_way_sets_what_clients_need(self, way: str) -> None:
        """clients.md 0, 1.1, 3.1."""
        assert {name: value for name, value in made(way).items() if value is not None} == EXPECTED[way] | DIRECT

    @pytest.mark.parametrize("way", WAYS)
    def test_a_way_takes_out_what_would_lead_elsewhere(self, way: str) -> None:
        logins = {name for each in EXPECTED.values() for name in each if name.startswith(("AZURE_", "IDENTITY_"))}
        others = {"AZURE_REGIONAL_AUTHORITY_NAME", "IDENTITY_SERVER_THUMBPRINT"}
        out = {name for name, value in made(way).items() if value is None}

        assert out == (logins | others) - EXPECTED[way].keys()

    @pytest.mark.parametrize("way", WAYS)
    @pytest.mark.parametrize("first", WAYS)
    def test_one_way_after_another_is_as_if_it_were_the_first(self, first: str, way: str) -> None:
        def into(before: dict[str, str], changes: dict[str, str | None]) -> dict[str, str]:
            return {name: value for name, value in {**before, **changes}.items() if value is not None}

        once = into({}, made(way))
        twice = into(into({}, made(first)), made(way, ALL, **into({}, made(first))))

        assert twice == once

    def test_the_password_stays_out_so_that_the_secret_counts(self) -> None:
        assert not {"AZURE_USERNAME", "AZURE_PASSWORD"} & made("endpoints").keys()

    @pytest.mark.parametrize(
        ("way", "addresses", "needed"),
        [
            ("endpoints", Addresses("http://127.0.0.1:1"), "--no-tls"),
            ("proxy", Addresses("http://127.0.0.1:1", "https://localhost:2"), "--proxy-port"),
        ],
    )
    def test_a_way_that_the_mock_does_not_offer_is_refused_with_what_it_takes(
        self, way: str, addresses: Addresses, needed: str
    ) -> None:
        with pytest.raises(ValueError, match=needed):
            made(way, addresses)

    def test_the_command_line_offers_all_there_are(self) -> None:
        assert (tuple(WAYS), tuple(SHELLS)) == (running.WAYS, running.SHELLS)


class TestProxies:
    @pytest.mark.parametrize("way", WAYS)
    def test_the_mock_itself_is_asked_directly(self, way: str) -> None:
        found = made(way, Addresses("http://[::1]:1", "https://[::1]:2", "http://127.0.0.1:3"))

        assert found["NO_PROXY"] == found["no_proxy"] == "localhost,127.0.0.1,::1"

    @pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
    def test_what_was_asked_directly_still_is(self, name: str) -> None:
        found = made("proxy", ALL, **{name: "intranet.example, .corp.example 127.0.0.1"})

        assert found["NO_PROXY"] == "intranet.example,.corp.example,127.0.0.1,localhost"

    @pytest.mark.parametrize(
        "entry",
        [
            "*",
            "microsoft.com",
            ".microsoft.com",
            "*.microsoft.com",
            "graph.microsoft.com",
            "GRAPH.microsoft.com:443",
            "com",
        ],
    )
    def test_but_not_what_has_to_go_through_the_proxy(self, entry: str) -> None:
        assert made("proxy", ALL, NO_PROXY=f"a.example,{entry}")["NO_PROXY"] == "a.example,localhost,127.0.0.1"
        assert made("endpoints", ALL, NO_PROXY=entry)["NO_PROXY"] == f"{entry},localhost,127.0.0.1"

    @pytest.mark.parametrize("entry", ["soft.com", "ph.microsoft.com", "my.graph.microsoft.com", "10.0.0.0/8"])
    def test_what_only_looks_like_it_stays(self, entry: str) -> None:
        assert made("proxy", ALL, NO_PROXY=entry)["NO_PROXY"] == f"{entry},localhost,127.0.0.1"

    def test_the_proxy_of_somebody_else_stays_where_ours_is_not_wanted(self) -> None:
        assert "HTTPS_PROXY" not in made("endpoints", ALL, HTTPS_PROXY="http://proxy.example:3128")


class TestExported:
    @pytest.fixture
    def mock(self, tmp_path: Path) -> Running:
        ca = local_certificate(tmp_path / "certificate").ca
        return Running("1", 1, TENANT, Said("contoso", "observed", ALL, str(ca)))

    def test_programs_trust_the_bundle(self, tmp_path: Path, mock: Running) -> None:
        found = exported("proxy", "http://127.0.0.1:1", mock, tmp_path, {})

        (bundle,) = tmp_path.glob("bundle-*.pem")
        assert {found[name] for name in CA_VARIABLES} == {str(bundle)}

    def test_without_https_there_is_nothing_to_trust(self, tmp_path: Path) -> None:
        mock = Running("1", 1, TENANT, Said("contoso", "observed", Addresses("http://127.0.0.1:1"), None))
        found = exported("managed-identity", "http://127.0.0.1:1", mock, tmp_path, {})

        assert not set(CA_VARIABLES) & found.keys()

    def test_plain_http_is_asked_where_the_mock_was_reached(self, tmp_path: Path, mock: Running) -> None:
        found = exported("managed-identity", "http://mock.example:80", mock, tmp_path, {})

        assert found["IDENTITY_ENDPOINT"] == "http://mock.example:80/msi/token"
        assert found["NO_PROXY"] == "localhost,127.0.0.1,mock.example"

    def test_a_mock_behind_a_token_has_to_be_asked_with_it(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="--control-token"):
            exported("proxy", "http://127.0.0.1:1", Running("1", 1, TENANT, None), tmp_path, {})


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


class TestShells:
    @given(TEXTS)
    def test_sh_reads_back_what_was_written(self, value: str) -> None:
        (line, name) = as_sh({"GONE": None, "NAME": value}).split("unset GONE\n")[1], "export NAME="

        assert line.startswith(name)
        assert shlex.split(line.removeprefix(name).removesuffix("\n")) == [value]

    @pytest.mark.parametrize(
        "value", ["", "a b", "it's", '"$HOME" `id` \\', "two\nlines", "café", "$(exit 1)", "-n", "*"]
    )
    def test_a_shell_takes_it(self, value: str) -> None:
        script = 'eval "$1"; [ -z "${GONE+there}" ] && [ -n "$KEPT" ] && printf %s "$NAME"'
        written = as_sh({"NAME": value, "GONE": None})
        done = subprocess.run(["sh", "-euc", script, "sh", written], capture_output=True, text=True, check=True,
                              env={**os.environ, "GONE": "x", "KEPT": "y"})  # fmt: skip

        assert done.stdout == value

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("plain", "'plain'"),
            ("", "''"),
            ("it's", "'it''s'"),
            ('$env:X `n "q"', "'$env:X `n \"q\"'"),
            ("\u2018a\u2019 \u201ab\u201b", "'\u2018\u2018a\u2019\u2019 \u201a\u201ab\u201b\u201b'"),
        ],
    )
    def test_powershell_gets_single_quotes_which_are_doubled_inside(self, value: str, written: str) -> None:
        """about_Quoting_Rules; typographic quotes count as quotes."""
        assert as_powershell({"NAME": value}) == f"$env:NAME = {written}\n"

    def test_powershell_removes_without_a_word_what_is_not_there(self) -> None:
        assert as_powershell({"NAME": None}) == "Remove-Item Env:NAME -ErrorAction SilentlyContinue\n"

    @given(TEXTS)
    def test_json_reads_back(self, value: str) -> None:
        assert json.loads(as_json({"NAME": value, "GONE": None})) == {"NAME": value, "GONE": None}
