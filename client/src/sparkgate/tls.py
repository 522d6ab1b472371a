"""One look at a session's door, because PySpark knocks for ten minutes without a word."""

from __future__ import annotations

import http.client
import os
import ssl
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import grpc

from .certificate import ClientCertificate
from .errors import BadArgument, NotPermitted, NotTrusted, Unreachable

#: How HTTP/2 begins, with no settings.
_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])

ROOTS = "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH"


def roots(variables: Mapping[str, str] = os.environ) -> Path:
    """The certificates that gRPC trusts: its own, unless a variable names a file."""
    named = variables.get(ROOTS)
    if not named:
        return Path(grpc.__file__).parent / "_cython" / "_credentials" / "roots.pem"
    if not Path(named).is_file():
        raise BadArgument(f"{ROOTS} is {named!r}, but there is no such file.")
    return Path(named)


def trusting(certificates: Path) -> ssl.SSLContext:
    """A client's side of TLS that trusts what is in a file."""
    try:
        context = ssl.create_default_context(cafile=str(certificates))
    except OSError as error:  # ssl's own errors too
        raise BadArgument(f"{certificates} holds no certificates that can be read: {error}.") from None
    context.set_alpn_protocols(["h2"])
    return context


def proxy(host: str, variables: Mapping[str, str] = os.environ) -> SplitResult | None:
    """The proxy that gRPC takes to a host, if there is one."""
    named = (variables.get(name) for name in ("grpc_proxy", "https_proxy", "http_proxy"))
    url = urlsplit(next(filter(None, named), ""))
    without = variables.get("no_grpc_proxy") or variables.get("no_proxy") or ""
    direct = any(host.endswith(end.strip()) for end in without.split(",") if end.strip())
    return url if url.hostname and not direct else None


def knock(
    host: str, port: int = 443, timeout: float = 15, certificate: ClientCertificate | None = None
) -> None:
    """Shakes hands with a host as gRPC will, with the same roots and by the same proxy.

    Args:
        host: its name.
        port: of it.
        timeout: seconds to wait.
        certificate: who the client is, where the host wants to know.

    Raises:
        NotPermitted: if the host does not take the certificate.
        NotTrusted: if nobody whom this client trusts vouches for the host.
        Unreachable: if there is no way to it.
    """
    trusted, way, by = roots(), proxy(host), ""
    at = (host, port)
    if way and way.hostname:
        at = (way.hostname, way.port or 80)
        by = f" by the proxy {at[0]}:{at[1]}"
    context = trusting(trusted)
    if certificate:
        context.load_cert_chain(certificate.certificate, certificate.key)
    connection = http.client.HTTPSConnection(*at, timeout=timeout, context=context)
    if way:
        person = f"{unquote(way.username or '')}:{unquote(way.password or '')}".encode()
        basic = {"Proxy-Authorization": f"Basic {b64encode(person).decode()}"} if way.username else {}
        connection.set_tunnel(host, port, basic)
    try:
        connection.connect()
        if certificate:
            _greet(connection.sock, host, certificate)
    except ssl.SSLCertVerificationError as error:
        raise NotTrusted(
            f"The certificate of {host} is not trusted ({error.verify_message}); trusted is what"
            f" {trusted} holds. Where a proxy inspects TLS, or with the sandbox, set {ROOTS} to a"
            " file with its certificate before Python starts."
        ) from None
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(
            f"No connection to {host}:{port}{by}: {error}. Is the port open from here, and the"
            " proxy right (grpc_proxy, https_proxy, no_proxy)?"
        ) from None
    finally:
        connection.close()


def _greet(connection: ssl.SSLSocket, host: str, certificate: ClientCertificate) -> None:
    """Waits for the first bytes: in TLS 1.3 a client's certificate is judged after the client's handshake."""
    try:
        connection.sendall(_PREFACE)
        said, why = connection.recv(1), "it closed the connection"
    except (ssl.SSLError, ConnectionError) as error:
        said, why = b"", getattr(error, "reason", None) or str(error)
    if not said:
        raise NotPermitted(
            f"{host} does not take {certificate} ({certificate.certificate}): {why}. Is it issued by whom the"
            " cluster's trust store names, and not revoked? Ask who runs the platform."
        )
