from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sparkgate import BadArgument
from sparkgate.certificate import VARIABLES, ClientCertificate

NOW = datetime(2026, 11, 26, 12, tzinfo=timezone.utc)

Issue = Callable[..., tuple[Path, Path]]


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def issue(tmp_path: Path) -> Issue:
    """Writes a certificate of these common names, from these days on, for 30 days; and its key."""

    def write(*names: str, days: int = -1, password: bytes | None = None) -> tuple[Path, Path]:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name(
            [x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Data")]
            + [x509.NameAttribute(x509.NameOID.COMMON_NAME, name) for name in names]
        )
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(NOW + timedelta(days=days))
            .not_valid_after(NOW + timedelta(days=days + 30))
            .sign(key, hashes.SHA256())
        )
        encryption: serialization.KeySerializationEncryption = serialization.NoEncryption()
        if password:
            encryption = serialization.BestAvailableEncryption(password)
        private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption)
        paths = tmp_path / f"{len(list(tmp_path.iterdir()))}.crt", tmp_path / "client.key"
        paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
        paths[1].write_bytes(private)
        return paths

    return write


def test_the_user_is_the_common_name(issue: Issue) -> None:
    found = ClientCertificate.read(*issue("alice"), now=NOW)

    assert found.name == "alice"
    assert str(found) == "the certificate of alice, valid until 2026-12-25 12:00 UTC"
    assert "PRIVATE" not in repr(found)


def test_variables_name_the_files_too(issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, path in zip(VARIABLES.values(), issue("alice"), strict=True):
        monkeypatch.setenv(variable, str(path))

    assert ClientCertificate.read(now=NOW).name == "alice"


@pytest.mark.parametrize("missing", [0, 1])
def test_one_that_is_not_named_is_asked_for(issue: Issue, missing: int) -> None:
    paths: list[Any] = [*issue("alice")]
    paths[missing] = None

    with pytest.raises(BadArgument) as error:
        ClientCertificate.read(*paths)
    assert str(error.value) == (
        f"This cluster wants a client certificate, and no {['certificate', 'key'][missing]} is named: give"
        " certificate='…' and key='…', the paths of two files in PEM, or set SPARKGATE_CLIENT_CERTIFICATE and"
        " SPARKGATE_CLIENT_KEY. Who runs the platform issues them."
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-40, "expired on 2026-11-16 12:00 UTC; have a new one issued."),
        (2, "is not valid before 2026-11-28 12:00 UTC; is this machine's clock right?"),
    ],
)
def test_a_certificate_of_another_time_is_refused(issue: Issue, days: int, said: str) -> None:
    certificate, key = issue("alice", days=days)

    with pytest.raises(BadArgument) as error:
        ClientCertificate.read(certificate, key, NOW)
    assert str(error.value) == f"The certificate {certificate} {said}"


def test_a_key_of_another_certificate_is_refused(issue: Issue) -> None:
    first, _ = issue("alice")
    _, second = issue("alice")

    with pytest.raises(BadArgument) as error:
        ClientCertificate.read(first, second, NOW)
    assert str(error.value) == (
        f"The key {second} is not that of the certificate {first} (of alice); name the two that were made together."
    )


@pytest.mark.parametrize(
    ("names", "found"),
    [((), "no common name"), (("a", "b"), "several common names"), ((" ",), "no common name")],
)
def test_a_certificate_that_names_nobody_is_refused(issue: Issue, names: tuple[str, ...], found: str) -> None:
    certificate, key = issue(*names)

    with pytest.raises(BadArgument) as error:
        ClientCertificate.read(certificate, key, NOW)
    assert str(error.value).startswith(f"The certificate {certificate} has {found} (its subject is '")
    assert str(error.value).endswith(
        "O=Data'), but the server knows its user by just one; have one issued with your name as CN."
    )


def test_an_encrypted_key_is_refused_with_the_command_that_helps(issue: Issue) -> None:
    certificate, key = issue("alice", password=b"secret")

    with pytest.raises(BadArgument) as error:
        ClientCertificate.read(certificate, key, NOW)
    assert str(error.value) == (
        f"The key {key} is encrypted, and gRPC takes no passphrase; write it decrypted into a file that only you can"
        f" read: (umask 077 && openssl pkey -in {key} -out client.key)"
    )


def test_a_file_that_is_not_there_is_named(issue: Issue) -> None:
    certificate, _ = issue("alice")

    with pytest.raises(BadArgument) as error:
        ClientCertificate.read(certificate, "/nowhere.key", NOW)
    assert str(error.value) == (
        "The client's key is '/nowhere.key', which cannot be read: No such file or directory. Correct key='…' or"
        " SPARKGATE_CLIENT_KEY."
    )


def test_files_of_something_else_are_named(issue: Issue) -> None:
    certificate, key = issue("alice")

    with pytest.raises(BadArgument, match=r"client.key holds no certificate in PEM \(-----BEGIN CERTIFICATE"):
        ClientCertificate.read(key, key, NOW)
    with pytest.raises(BadArgument, match=r"crt holds no private key in PEM \(-----BEGIN PRIVATE KEY"):
        ClientCertificate.read(certificate, certificate, NOW)
