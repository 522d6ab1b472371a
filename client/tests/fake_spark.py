"""What stands behind an endpoint, as far as a token and bytes go; and the tokens, on a clock of the test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import grpc

from sparkgate.channel import Endpoint, Tokens

HOUR = 3600.0


class Service(grpc.GenericRpcHandler):
    """Echoes; remembers the metadata of each call, and fails calls as it is told."""

    def __init__(self) -> None:
        self.metadata: list[dict[str, Any]] = []
        self.failure: tuple[grpc.StatusCode, str] | None = None
        self.trailer: tuple[tuple[str, bytes], ...] = ()

    def service(self, handler_call_details: Any) -> Any:
        return grpc.stream_stream_rpc_method_handler(self._echo)

    def _echo(self, requests: Iterator[bytes], context: Any) -> Iterator[bytes]:
        keys = [key for key, _ in context.invocation_metadata()]
        assert len(keys) == len(set(keys)), keys
        self.metadata.append(dict(context.invocation_metadata()))
        yield from requests
        if self.failure:
            context.set_trailing_metadata(self.trailer)
            context.abort(*self.failure)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0
        self.fetched = 0
        self.life = HOUR
        self.error: Exception | None = None

    def fetch(self) -> Endpoint:
        if self.error:
            raise self.error
        self.fetched += 1
        expires = datetime.fromtimestamp(self.now + self.life, timezone.utc)
        answer = {"endpoint": "https://host", "authToken": f"t/{self.fetched}", "authTokenExpiresAt": expires}
        return Endpoint.of(answer, self.now)

    def tokens(self) -> Tokens:
        return Tokens(self.fetch, lambda: self.now)
