"""What programs are told to trust: the mock's authority, and all that they trusted before."""

from __future__ import annotations

import re
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from mockserver.identity import bundle as module
from mockserver.identity.bundle import CA_VARIABLES, bundle
from mockserver.identity.certificate import CertificateError, local_certificate


@pytest.fixture
def ca(tmp_path: Path) -> Path:
    return local_certificate(tmp_path / "certificate").ca


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that trusts nothing."""
    for name in (*CA_VARIABLES, "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    monkeypatch.setattr(module, "_SYSTEM", ())


def root(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    trustme.CA().cert_pem.write_to_path(str(path))
    return path


def der(*files: Path) -> set[bytes]:
    blocks = [
        each for file in files for each in re.findall(r"-----BEGIN[^-]*-----[^-]*-----END[^-]*-----", file.read_text())
    ]
    return {ssl.PEM_cert_to_DER_cert(each) for each in blocks}


@pytest.mark.parametrize("name", CA_VARIABLES)
def test_what_a_variable_names_is_still_trusted(tmp_path: Path, ca: Path, name: str) -> None:
    before = root(tmp_path / "before.pem")

    assert der(bundle(ca, tmp_path, {name: str(before)})) == der(before, ca)


def test_variables_that_differ_are_all_heard(tmp_path: Path, ca: Path) -> None:
    files = [root(tmp_path / f"{name}.pem") for name in CA_VARIABLES]
    variables = dict(zip(CA_VARIABLES, map(str, files), strict=True))

    assert der(bundle(ca, tmp_path, variables)) == der(*files, ca)


def test_a_variable_may_name_a_folder(tmp_path: Path, ca: Path) -> None:
    """requests: "a path to a CA bundle or a directory of certificates"."""
    files = [root(tmp_path / "roots" / f"{name}.0") for name in "ab"]

    assert der(bundle(ca, tmp_path, {"REQUESTS_CA_BUNDLE": str(tmp_path / "roots")})) == der(*files, ca)


def test_without_variables_the_roots_of_the_system_are_trusted(
    tmp_path: Path, ca: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built_in, kept = root(tmp_path / "built-in.pem"), root(tmp_path / "kept.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(built_in))
    monkeypatch.setattr(module, "_SYSTEM", (str(kept), "/nowhere"))

    assert der(bundle(ca, tmp_path, {})) == der(built_in, kept, ca)


def test_a_variable_that_names_nothing_counts_as_none(
    tmp_path: Path, ca: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = root(tmp_path / "kept.pem")
    monkeypatch.setattr(module, "_SYSTEM", (str(kept),))

    assert der(bundle(ca, tmp_path, {"REQUESTS_CA_BUNDLE": "/nowhere", "SSL_CERT_FILE": ""})) == der(kept, ca)


def test_making_it_from_itself_changes_nothing(tmp_path: Path, ca: Path) -> None:
    """As in a shell that has been told already."""
    before = root(tmp_path / "before.pem")
    made = bundle(ca, tmp_path, {"SSL_CERT_FILE": str(before)})
    content = made.read_bytes()

    assert bundle(ca, tmp_path, dict.fromkeys(CA_VARIABLES, str(made))).read_bytes() == content


def test_comments_and_line_ends_are_no_matter(tmp_path: Path, ca: Path) -> None:
    before = root(tmp_path / "before.pem")
    commented = tmp_path / "commented.pem"
    commented.write_bytes(b"# caf\xe9\r\n" + before.read_bytes().replace(b"\n", b"\r\n") + before.read_bytes())

    assert der(bundle(ca, tmp_path, {"SSL_CERT_FILE": str(commented)})) == der(before, ca)


def test_openssl_takes_it(tmp_path: Path, ca: Path) -> None:
    made = bundle(ca, tmp_path, {"SSL_CERT_FILE": str(root(tmp_path / "before.pem"))})

    assert len(ssl.create_default_context(cafile=str(made)).get_ca_certs()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_can_read_it(tmp_path: Path, ca: Path) -> None:
    made = bundle(ca, tmp_path / "folder", {})

    assert [oct(each.stat().st_mode & 0o777) for each in (made, made.parent)] == ["0o600", "0o700"]


def test_an_authority_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        CertificateError, match=r"^Cannot bundle /nowhere/ca\.pem .*: .*No such file or directory: .*\.$"
    ):
        bundle(Path("/nowhere/ca.pem"), tmp_path, {})


def test_a_broken_certificate_is_named(tmp_path: Path, ca: Path) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_text("-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n")

    with pytest.raises(CertificateError, match=rf"^There is a broken certificate in {broken}\.$"):
        bundle(ca, tmp_path, {"SSL_CERT_FILE": str(broken)})


def test_processes_that_make_it_at_once_do_not_meet(tmp_path: Path, ca: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from mockserver.identity.bundle import bundle\n"
        "for _ in range(20): made = bundle(Path(sys.argv[1]), Path(sys.argv[2]), {})\n"
    )
    started = [subprocess.Popen([sys.executable, "-c", program, ca, tmp_path]) for _ in range(3)]

    assert [process.wait(60) for process in started] == [0, 0, 0]
    (made,) = tmp_path.glob("bundle-*.pem")
    assert der(ca) <= der(made)


def test_that_of_another_mock_stays_as_it_was(tmp_path: Path, ca: Path) -> None:
    first = bundle(ca, tmp_path, {})
    other = bundle(root(tmp_path / "other.pem"), tmp_path, {})

    assert first != other
    assert der(first) == der(ca)
