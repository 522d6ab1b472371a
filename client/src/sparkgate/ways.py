"""The ways to a cluster's server: an endpoint with a certificate or a token, or a tunnel."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import grpc

from . import tls
from .aws import ask, client
from .bearer import BearerInterceptor, ServerToken
from .calls import NO_LIMIT, CallInterceptor
from .certificate import ClientCertificate
from .contract import ClusterContract
from .errors import BadArgument, SparkgateError
from .identity import become_developer
from .tunnel import Tunnel

_Path = str | os.PathLike[str] | None

_Options = Sequence[tuple[str, Any]]


class Way:
    """One of them; nothing is connected before :meth:`open`.

    Attributes:
        address: host and port.
        user: by which the server knows its user.
        said: how it is described to people.
    """

    address: str
    user: str
    said: str
    secure = True

    def open(self) -> None:
        """Looks whether it leads somewhere, or opens it."""
        tls.knock(*self._host_and_port())

    def channel(self, options: _Options = NO_LIMIT) -> grpc.Channel:
        """A channel to the server."""
        return grpc.secure_channel(self.address, self._credentials(), options=list(options))

    def url(self) -> str:
        """As PySpark takes it, with no secret: of an endpoint it lets nobody in, of a tunnel all here."""
        return f"sc://{self.address}/;{'use_ssl=true;' * self.secure}user_id={quote(self.user, safe='')}"

    def close(self) -> None:
        """Leaves nothing open."""

    def _credentials(self) -> grpc.ChannelCredentials:
        return grpc.ssl_channel_credentials(tls.roots().read_bytes())

    def _host_and_port(self) -> tuple[str, int]:
        host, _, port = self.address.rpartition(":")
        return host, int(port)


class MutualTls(Way):
    """An endpoint that asks for a client certificate, whose CN is the user."""

    def __init__(self, address: str, certificate: ClientCertificate) -> None:
        self.address = address
        self.user = certificate.name
        self.said = f"at {address} with {certificate}"
        self._certificate = certificate

    def open(self) -> None:
        tls.knock(*self._host_and_port(), certificate=self._certificate)

    def _credentials(self) -> grpc.ChannelCredentials:
        own = self._certificate
        return grpc.ssl_channel_credentials(tls.roots().read_bytes(), own.private_key, own.chain)


class Bearer(Way):
    """An endpoint whose server asks for a token."""

    def __init__(self, address: str, token: ServerToken, user: str, secret: str) -> None:
        self.address = address
        self.user = user
        self.said = f"at {address} with the token of {secret.rpartition(':')[2]}"
        self._token = token

    def channel(self, options: _Options = NO_LIMIT) -> grpc.Channel:
        return grpc.intercept_channel(super().channel(options), BearerInterceptor(self._token))

    def remote(self) -> str:
        """A URL that any client can use, by which it is let in: a secret."""
        return f"{self.url()};token={quote(self._token.value, safe='')}"


class Tunnelled(Way):
    """A port of this machine, from which Session Manager leads to the server.

    Whoever is on this machine can use the port while it is open, under any user's name.
    """

    secure = False

    def __init__(self, tunnel: Tunnel, user: str) -> None:
        self.address = f"localhost:{tunnel.port}"
        self.user = user
        self.said = (
            "through Session Manager (no certificate, no token: its port lets in all users of this machine)"
        )
        self._tunnel = tunnel

    def open(self) -> None:
        self._tunnel.open()

    def channel(self, options: _Options = NO_LIMIT) -> grpc.Channel:
        direct = ("grpc.enable_http_proxy", 0)  # which knows another localhost
        channel = grpc.insecure_channel(self.address, options=[*options, direct])
        return grpc.intercept_channel(channel, _KeptOpen(self._tunnel))

    def close(self) -> None:
        self._tunnel.close()


class _KeptOpen(CallInterceptor):
    def __init__(self, tunnel: Tunnel) -> None:
        self._tunnel = tunnel

    def sending(self, details: Any) -> tuple[Any, None]:
        self._tunnel.keep_open()
        return details, None


def choose(
    caller: Any,
    told: ClusterContract,
    own: ClientCertificate | None = None,
    timeout: float = 60,
) -> Way:
    """The way that a cluster offers: its endpoint, or else a tunnel.

    Args:
        caller: the caller's own boto3 session.
        told: the cluster's contract.
        own: the client's certificate; default: the one that the variables name, where one is asked for.
        timeout: seconds to wait until a tunnel is open.

    Raises:
        SparkgateError: if there is none, or something is missing here that it takes.
    """
    if told.endpoint and _by_certificate(told):
        return MutualTls(_address(told.endpoint), own or ClientCertificate.read())
    if told.endpoint:
        if told.authentication != "token" or not told.token_secret_arn:
            raise SparkgateError(
                f"The endpoint of cluster {told.cluster_id} wants {told.authentication!r} for authentication"
                f" (token-secret-arn: {told.token_secret_arn!r}), but this client knows 'mutual-tls', and"
                " 'token' with a secret. Install the client of the platform's version."
            )
        developer, name = become_developer(caller, told.developer_role_arn)
        return _bearer(developer, told, _address(told.endpoint), told.token_secret_arn, name)
    if not told.session_document or not told.primary_instance_id:
        raise SparkgateError(
            f"Cluster {told.cluster_id} offers no way in: its contract has neither an endpoint nor a"
            " session-document with a primary-instance-id. Ask who runs the platform for an endpoint,"
            " or for the tunnel."
        )
    developer, name = become_developer(caller, told.developer_role_arn)
    return Tunnelled(
        Tunnel(
            developer,
            told.region,
            told.primary_instance_id,
            told.session_document,
            _profile(caller, developer),
            timeout,
        ),
        name,
    )


def certificate(told: ClusterContract, given: _Path, key: _Path) -> ClientCertificate | None:
    """The client's certificate, named by arguments or variables; None where the cluster asks for none.

    Raises:
        BadArgument: if the server would not take it, or if one is given that nobody asks for.
    """
    if _by_certificate(told):
        return ClientCertificate.read(given, key)
    for name, path in (("certificate", given), ("key", key)):
        if path:
            raise BadArgument(
                f"{name} is given, but cluster {told.cluster_id} asks for no client certificate; leave it"
                " out."
            )
    return None


def remote(caller: Any, told: ClusterContract) -> str:
    """A URL that any client can use, by which it is let in: a secret.

    Raises:
        BadArgument: if no URL can do that, before anything is asked for.
    """
    by = "by a client certificate" if _by_certificate(told) else "through Session Manager"
    if _by_certificate(told) or (told.session_document and not told.endpoint):
        raise BadArgument(
            f"No URL leads to cluster {told.cluster_id}, for the way is {by}: use 'sparkgate run -- COMMAND',"
            " which opens it for as long as the command runs."
        )
    way = choose(caller, told)
    assert isinstance(way, Bearer)
    return way.remote()


def _by_certificate(told: ClusterContract) -> bool:
    return bool(told.endpoint) and told.authentication == "mutual-tls"


def _bearer(developer: Any, told: ClusterContract, address: str, secret: str, user: str) -> Bearer:
    secrets = client(developer, "secretsmanager", told.region)

    def read() -> str:
        value = str(ask(secrets.get_secret_value, SecretId=secret).get("SecretString", "")).strip()
        if not value:
            raise SparkgateError(f"The secret {secret} holds no text, so there is no token; ask who runs it.")
        return value

    return Bearer(address, ServerToken(read), user, secret)


def _address(endpoint: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.-]+:\d{1,5}", endpoint):
        raise SparkgateError(
            f"The contract's endpoint is {endpoint!r}, but takes host:port, as in"
            " 'spark.dev.example.com:443'."
        )
    return endpoint


def _profile(caller: Any, developer: Any) -> str | None:
    """What the tunnel's plugin signs in with: a profile as the AWS CLI has it, or else credentials."""
    found = caller.get_credentials()
    if developer is not caller or (found and found.method == "explicit"):
        return None
    known = caller.profile_name in caller.available_profiles
    return str(caller.profile_name) if known else ""
