"""A door on loopback for other programs: it adds the session's token to each of their calls."""

from __future__ import annotations

import hmac
import os
import secrets
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import grpc

from . import signals
from .calls import NO_LIMIT
from .errors import SparkgateError

#: Without it nobody else on this machine comes in by the relay.
_SECRET_KEY = "x-sparkgate-relay"


class Relay(grpc.GenericRpcHandler):
    """Forwards any gRPC call to a session, whatever its messages are.

    A client needs no more than :attr:`url`, and outlives the token that is good when it starts.

    Args:
        channel: to the session, whose calls carry the token; closed with the relay.
        user: whom clients call themselves, where the server wants to know.

    Attributes:
        secret: what lets in.
    """

    def __init__(self, channel: grpc.Channel, user: str = "") -> None:
        self._user = user
        self.secret = secrets.token_urlsafe(32)
        self._channel = channel
        self._server = grpc.server(ThreadPoolExecutor(max_workers=64), handlers=[self], options=NO_LIMIT)
        self._port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()

    @property
    def url(self) -> str:
        """What SPARK_REMOTE takes; a secret of this machine, and of no use on another."""
        user = f";user_id={quote(self._user, safe='')}" if self._user else ""
        return f"sc://127.0.0.1:{self._port}/{user};{_SECRET_KEY}={self.secret}"

    def close(self) -> None:
        """Ends all calls."""
        self._server.stop(grace=None).wait()
        self._channel.close()

    def service(self, handler_call_details: Any) -> Any:
        """One handler for every method: bytes in, bytes out, as many as there are."""
        method = handler_call_details.method
        return grpc.stream_stream_rpc_method_handler(
            lambda requests, context: self._forward(method, requests, context)
        )

    def _forward(self, method: str, requests: Iterator[bytes], context: Any) -> Iterator[bytes]:
        metadata = dict(context.invocation_metadata())
        given = metadata.pop(_SECRET_KEY, "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            context.abort(grpc.StatusCode.UNAUTHENTICATED, "This door is another program's.")
        metadata.pop("user-agent", None)
        call = self._channel.stream_stream(method)(requests, metadata=tuple(metadata.items()))
        context.add_callback(call.cancel)
        try:
            yield from call
            context.set_trailing_metadata(call.trailing_metadata())
        except grpc.RpcError:
            context.set_trailing_metadata(call.trailing_metadata())
            context.abort(call.code(), call.details())
        except SparkgateError as error:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))


def direct() -> dict[str, str]:
    """The variable by which gRPC takes no proxy to a relay, nor where it took none before."""
    without = os.environ.get("no_grpc_proxy") or os.environ.get("no_proxy")
    return {"no_grpc_proxy": ",".join(filter(None, (without, "127.0.0.1")))}


def run(command: Sequence[str], channel: grpc.Channel, user: str = "") -> int:
    """Runs a command whose SPARK_REMOTE leads to the session; returns its exit code.

    One that a signal ended has 128 more than the signal's number. SIGTERM and SIGHUP are passed on to it.

    Raises:
        SparkgateError: if there is no such command, or it cannot be run.
    """
    relay = Relay(channel, user)
    try:
        try:
            child = subprocess.Popen(command, env={**os.environ, "SPARK_REMOTE": relay.url, **direct()})
        except OSError as error:
            raise SparkgateError(f"{command[0]!r} cannot be run: {error.strerror}.") from None
        with signals.to_end(lambda number, _: child.send_signal(number)):
            code = _wait(child)
    finally:
        relay.close()
    return code if code >= 0 else 128 - code


def _wait(child: subprocess.Popen[bytes]) -> int:
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # a terminal sends it to the command too, which decides
            continue
