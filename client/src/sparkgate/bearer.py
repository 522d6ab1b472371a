"""The token that a cluster's server wants, as a secret in Secrets Manager has it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import grpc

from .calls import CallInterceptor, with_metadata
from .errors import NotPermitted, SparkgateError


class ServerToken:
    """The token as it was read last; safe for threads."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._value = read()

    @property
    def value(self) -> str:
        """A secret."""
        return self._value

    def renewed(self, refused: str) -> bool:
        """Whether there is another than the one that was refused; reads the secret anew to see."""
        with self._lock:
            if self._value == refused:
                self._value = self._read()
            return self._value != refused


class BearerInterceptor(CallInterceptor):
    """Adds the token to each call, and sends one again where the secret was rotated meanwhile."""

    repeats = True

    def __init__(self, token: ServerToken) -> None:
        self._token = token

    def sending(self, details: Any) -> tuple[Any, str]:
        token = self._token.value
        return with_metadata(details, "authorization", f"Bearer {token}"), token

    def failed(self, error: Any, note: str, repeatable: bool) -> bool:
        if error.code() is not grpc.StatusCode.UNAUTHENTICATED:
            return False
        if not self._token.renewed(note):
            raise NotPermitted(
                "The server does not accept the token that the secret has now. If the secret was rotated, the"
                " server takes the new one when it starts next; ask who runs the cluster."
            )
        if not repeatable:
            raise SparkgateError(
                "The server's token was changed while data was sent; the new one is read. Do the same again."
            )
        return True
