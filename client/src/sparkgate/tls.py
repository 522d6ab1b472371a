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

from .errors import BadArgument, NotTrusted, Unreachable

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


def knock(host: str, port: int = 443, timeout: float = 15) -> None:
    """Shakes hands with a host as gRPC will, with the same roots and by the same proxy.

    Raises:
        NotTrusted: if nobody whom this client trusts vouches for the host.
        Unreachable: if there is no way to it.
    """
    trusted, way, by = roots(), proxy(host), ""
    at = (host, port)
    if way and way.hostname:
        at = (way.hostname, way.port or 80)
        by = f" by the proxy {at[0]}:{at[1]}"
    connection = http.client.HTTPSConnection(*at, timeout=timeout, context=trusting(trusted))
    if way:
        person = f"{unquote(way.username or '')}:{unquote(way.password or '')}".encode()
        basic = {"Proxy-Authorization": f"Basic {b64encode(person).decode()}"} if way.username else {}
        connection.set_tunnel(host, port, basic)
    try:
        connection.connect()
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
