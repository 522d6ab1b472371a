"""A client's certificate and its key, looked at before any connection."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from .errors import BadArgument

#: Where certificate and key are, unless arguments say so.
VARIABLES = {"certificate": "SPARKGATE_CLIENT_CERTIFICATE", "key": "SPARKGATE_CLIENT_KEY"}


@dataclass(frozen=True)
class ClientCertificate:
    """Who a client is, in PEM.

    Attributes:
        name: the common name (CN), by which the server knows its user.
        valid_until: after which nobody takes it.
        fingerprint: its SHA-256.
    """

    certificate: Path
    key: Path
    name: str
    valid_until: datetime
    fingerprint: bytes
    chain: bytes = field(repr=False)
    private_key: bytes = field(repr=False)

    @staticmethod
    def read(
        certificate: str | os.PathLike[str] | None = None,
        key: str | os.PathLike[str] | None = None,
        now: datetime | None = None,
    ) -> ClientCertificate:
        """Reads both files, named by arguments or variables.

        Raises:
            BadArgument: if the server would not take them, with the reason.
        """
        paths = {"certificate": _path("certificate", certificate), "key": _path("key", key)}
        content = {what: _content(what, path) for what, path in paths.items()}
        leaf = _leaf(paths["certificate"], content["certificate"])
        name = _name(paths["certificate"], leaf)
        _check_time(paths["certificate"], leaf, now or datetime.now(timezone.utc))
        if _public_key(paths["key"], content["key"]) != _bytes(leaf.public_key()):
            raise BadArgument(
                f"The key {paths['key']} is not that of the certificate {paths['certificate']} (of {name});"
                " name the two that were made together."
            )
        return ClientCertificate(
            paths["certificate"],
            paths["key"],
            name,
            leaf.not_valid_after_utc,
            leaf.fingerprint(SHA256()),
            content["certificate"],
            content["key"],
        )

    @property
    def known_by(self) -> tuple[object, ...]:
        """What tells it from any other, also from one that takes its place in the same file."""
        return self.certificate.resolve(), self.key.resolve(), self.fingerprint

    def __str__(self) -> str:
        return f"the certificate of {self.name}, valid until {_day(self.valid_until)}"


def _path(what: str, given: str | os.PathLike[str] | None) -> Path:
    found = given or os.environ.get(VARIABLES[what])
    if not found:
        raise BadArgument(
            f"This cluster wants a client certificate, and no {what} is named: give certificate='…' and"
            f" key='…', the paths of two files in PEM, or set {VARIABLES['certificate']} and"
            f" {VARIABLES['key']}. Who runs the platform issues them."
        )
    return Path(found).expanduser()


def _content(what: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadArgument(
            f"The client's {what} is {str(path)!r}, which cannot be read: {error.strerror}. Correct"
            f" {what}='…' or {VARIABLES[what]}."
        ) from None


def _leaf(path: Path, content: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificates(content)[0]
    except (ValueError, UnsupportedAlgorithm):
        raise BadArgument(f"{path} holds no certificate in PEM (-----BEGIN CERTIFICATE-----).") from None


def _name(path: Path, leaf: x509.Certificate) -> str:
    names = [str(a.value) for a in leaf.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)]
    if len(names) != 1 or not names[0].strip():
        found = "several common names" if names[1:] else "no common name"
        raise BadArgument(
            f"The certificate {path} has {found} (its subject is {leaf.subject.rfc4514_string()!r}), but the"
            " server knows its user by just one; have one issued with your name as CN."
        )
    return names[0]


def _check_time(path: Path, leaf: x509.Certificate, now: datetime) -> None:
    if now > leaf.not_valid_after_utc:
        raise BadArgument(
            f"The certificate {path} expired on {_day(leaf.not_valid_after_utc)}; have a new one issued."
        )
    if now < leaf.not_valid_before_utc:
        raise BadArgument(
            f"The certificate {path} is not valid before {_day(leaf.not_valid_before_utc)}; is this machine's"
            " clock right?"
        )


def _public_key(path: Path, content: bytes) -> bytes:
    try:
        return _bytes(load_pem_private_key(content, password=None).public_key())
    except TypeError:  # what cryptography raises where a passphrase is missing
        raise BadArgument(
            f"The key {path} is encrypted, and gRPC takes no passphrase; write it decrypted into a file that"
            f" only you can read: (umask 077 && openssl pkey -in {path} -out client.key)"
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise BadArgument(f"{path} holds no private key in PEM (-----BEGIN PRIVATE KEY-----).") from None


def _bytes(key: PublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _day(time: datetime) -> str:
    return time.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
