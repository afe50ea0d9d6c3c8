"""The local certificate: made once, kept, renewed in time, and never half there."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from mockserver.identity.certificate import NAMES, Certificate, CertificateError, local_certificate

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "certificate"


def contents(certificate: Certificate) -> tuple[bytes, bytes, bytes]:
    return certificate.ca.read_bytes(), certificate.chain.read_bytes(), certificate.key.read_bytes()


def agree(certificate: Certificate) -> bool:
    """Whether key, chain and authority belong together."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate.chain, certificate.key)
    leaf = x509.load_pem_x509_certificate(certificate.chain.read_bytes())
    leaf.verify_directly_issued_by(x509.load_pem_x509_certificate(certificate.ca.read_bytes()))
    return True


def test_it_is_made_on_first_use(folder: Path) -> None:
    assert agree(local_certificate(folder, NOW))


def test_it_is_for_this_machine_and_the_hosts_of_the_service(folder: Path) -> None:
    leaf = x509.load_pem_x509_certificate(local_certificate(folder, NOW).chain.read_bytes())
    named = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = [str(address) for address in named.get_values_for_type(x509.IPAddress)]
    assert {*named.get_values_for_type(x509.DNSName), *addresses} == set(NAMES)


def test_it_is_used_again(folder: Path) -> None:
    first = contents(local_certificate(folder, NOW))
    assert contents(local_certificate(folder, NOW + timedelta(days=380))) == first


def test_using_it_again_needs_neither_trustme_nor_cryptography(folder: Path) -> None:
    local_certificate(folder)
    program = (
        "import sys; from pathlib import Path; from mockserver.identity.certificate import local_certificate\n"
        "local_certificate(Path(sys.argv[1]))\n"
        "print(sorted({'trustme', 'cryptography'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", program, folder], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_it_is_renewed_in_its_last_week(folder: Path) -> None:
    local_certificate(folder, NOW)
    later = NOW + timedelta(days=391)
    renewed = x509.load_pem_x509_certificate(local_certificate(folder, later).chain.read_bytes())
    assert renewed.not_valid_after_utc > later + timedelta(days=300)


def test_a_renewed_one_is_signed_by_the_same_authority(folder: Path) -> None:
    ca, chain, _ = contents(local_certificate(folder, NOW))
    renewed = local_certificate(folder, NOW + timedelta(days=391))
    assert (renewed.ca.read_bytes() == ca, renewed.chain.read_bytes() == chain, agree(renewed)) == (True, False, True)


@pytest.mark.parametrize("name", ["ca.pem", "ca-key.pem", "chain.pem", "key.pem", "record.json"])
@pytest.mark.parametrize("damage", [b"", b"\xff not what it was"])
def test_a_damaged_file_is_made_anew(folder: Path, name: str, damage: bytes) -> None:
    local_certificate(folder, NOW)
    (folder / name).write_bytes(damage)
    assert agree(local_certificate(folder, NOW))
    assert (folder / name).read_bytes() != damage


@pytest.mark.parametrize("name", ["ca.pem", "ca-key.pem", "chain.pem", "key.pem", "record.json"])
def test_a_missing_file_is_made_anew(folder: Path, name: str) -> None:
    local_certificate(folder, NOW)
    (folder / name).unlink()
    assert agree(local_certificate(folder, NOW))
    assert (folder / name).exists()


@pytest.mark.parametrize("record", ["[]", "null", '{"expires": 5, "names": [], "files": {}}', "{}"])
def test_a_strange_record_is_made_anew(folder: Path, record: str) -> None:
    local_certificate(folder, NOW)
    (folder / "record.json").write_text(record)
    assert agree(local_certificate(folder, NOW))


def test_it_is_made_anew_when_names_were_added(folder: Path) -> None:
    first = contents(local_certificate(folder, NOW))
    kept = json.loads((folder / "record.json").read_text())
    (folder / "record.json").write_text(json.dumps({**kept, "names": ["localhost"]}))
    assert contents(local_certificate(folder, NOW)) != first


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_can_read_it(folder: Path) -> None:
    local_certificate(folder, NOW)
    modes = {file.name: oct(file.stat().st_mode & 0o777) for file in folder.iterdir() if file.name.endswith("key.pem")}
    assert modes == {"ca-key.pem": "0o600", "key.pem": "0o600"}
    assert oct(folder.stat().st_mode & 0o777) == "0o700"


def test_processes_that_start_at_once_get_the_same_one(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from mockserver.identity.certificate import local_certificate\n"
        "made = local_certificate(Path(sys.argv[1]))\n"
        "print(made.ca.read_text(), made.chain.read_text(), made.key.read_text())"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, folder], stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert len({process.communicate(timeout=60)[0] for process in started}) == 1


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCKSERVER_DATA", str(tmp_path))
    assert local_certificate().ca.is_relative_to(tmp_path)


def test_a_folder_that_cannot_be_used_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CertificateError, match=r"^The https certificate cannot be kept in .*: Not a directory\. .*\.$"):
        local_certificate(tmp_path / "file" / "certificate")


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="nothing is unwritable for this user")
def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CertificateError, match="Permission denied"):
        local_certificate(tmp_path / "certificate")
