"""The way to Spark Connect of a session: TLS, and a token that is renewed before its end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

import grpc

from .calls import NO_LIMIT, CallInterceptor, with_metadata
from .errors import SessionFailed, SparkgateError

#: The metadata by which the service knows who may in.
TOKEN_KEY = "x-aws-proxy-auth"


@dataclass(frozen=True)
class Endpoint:
    """What GetSessionEndpoint answered.

    Attributes:
        host: without a port; it is always 443.
        token: a secret, good for an hour.
        expires_at: seconds of the wall clock, which goes on while a laptop sleeps.
        renew_at: the same; five minutes before, or a tenth of its life if that is less.
    """

    host: str
    token: str = field(repr=False)
    expires_at: float
    renew_at: float

    @staticmethod
    def of(answer: dict[str, Any], now: float | None = None) -> Endpoint:
        """Reads the service's answer."""
        expires_at = answer["authTokenExpiresAt"].timestamp()
        life = expires_at - (time.time() if now is None else now)
        return Endpoint(
            host=answer["endpoint"].removeprefix("https://").rstrip("/").removesuffix(":443"),
            token=answer["authToken"],
            expires_at=expires_at,
            renew_at=expires_at - min(300.0, max(0.0, life) / 10),
        )

    @property
    def address(self) -> str:
        """Host and port."""
        return f"{self.host}:443"

    def url(self, with_token: bool = False) -> str:
        """As PySpark's remote(…) takes it; with the token it is a secret."""
        token = f";{TOKEN_KEY}={quote(self.token, safe='')}" if with_token else ""
        return f"sc://{self.address}/;use_ssl=true{token}"


class Tokens:
    """The current token of a session; safe for threads."""

    def __init__(self, fetch: Callable[[], Endpoint], clock: Callable[[], float] = time.time) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = threading.Lock()
        self._doubtful = False
        self._endpoint = fetch()

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint with a token that is good now, fetched anew if need be."""
        with self._lock:
            if self._doubtful or self._clock() >= self._endpoint.renew_at:
                self._doubtful = False
                try:
                    self._endpoint = self._fetch()
                except SparkgateError as error:
                    # The network is away, or one has to sign in again: the old token may outlast it.
                    if isinstance(error, SessionFailed) or self._clock() >= self._endpoint.expires_at:
                        raise
                    again = min(self._endpoint.expires_at, self._clock() + 30)
                    self._endpoint = replace(self._endpoint, renew_at=again)
            return self._endpoint

    def doubt(self, token: str) -> None:
        """Says that a call with this token failed in a way that a new one may cure."""
        with self._lock:
            self._doubtful = self._doubtful or token == self._endpoint.token


class TokenInterceptor(CallInterceptor):
    """Adds the current token to each call.

    A call that fails on the way, and not in Spark, may have had a dead token, or its session may be gone: a
    new endpoint is asked for, so that the next call has a new token, or this one fails with the reason.
    """

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def sending(self, details: Any) -> tuple[Any, str]:
        token = self._tokens.endpoint.token
        return with_metadata(details, TOKEN_KEY, token), token

    def failed(self, error: Any, note: str, repeatable: bool) -> bool:  # noqa: ARG002
        if "grpc-status-details-bin" in dict(error.trailing_metadata() or ()):  # Spark's own error
            return False
        self._tokens.doubt(note)
        try:
            _ = self._tokens.endpoint
        except SparkgateError as reason:
            raise reason from None
        return False


def open_channel(tokens: Tokens, options: Sequence[tuple[str, Any]] = NO_LIMIT) -> grpc.Channel:
    """A channel to the session whose calls carry the token."""
    channel = grpc.secure_channel(
        tokens.endpoint.address, grpc.ssl_channel_credentials(), options=list(options)
    )
    return grpc.intercept_channel(channel, TokenInterceptor(tokens))
