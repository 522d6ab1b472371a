"""What this package does to calls on their way: looks at them, adds metadata, and sends one again."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import grpc

NO_LIMIT = [("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1)]

#: Messages of a stream that are kept to be sent again; more are an upload, which is not held in memory.
_KEPT = 100


class Details(NamedTuple):
    """Of a call, as gRPC takes them."""

    method: str
    timeout: float | None
    metadata: Sequence[tuple[str, str | bytes]]
    credentials: grpc.CallCredentials | None
    wait_for_ready: bool | None
    compression: grpc.Compression | None


def with_metadata(details: Any, key: str, value: str) -> Details:
    """The details with this key, instead of one that they have."""
    kept = [(k, v) for k, v in details.metadata or () if k != key]
    more = (getattr(details, name, None) for name in ("credentials", "wait_for_ready", "compression"))
    return Details(details.method, details.timeout, [*kept, (key, value)], *more)


class CallInterceptor(
    grpc.UnaryUnaryClientInterceptor,
    grpc.UnaryStreamClientInterceptor,
    grpc.StreamUnaryClientInterceptor,
    grpc.StreamStreamClientInterceptor,
):
    """Sees each call before it is sent, and its failure before it is told.

    Attributes:
        repeats: whether calls may be sent again, so that requests have to be kept.
    """

    repeats = False

    def sending(self, details: Any) -> tuple[Any, Any]:
        """What to send instead, and what :meth:`failed` is told of it; an error refuses the call."""
        return details, None

    def failed(self, error: Any, note: Any, repeatable: bool) -> bool:  # noqa: ARG002
        """Whether to send the call again, which only one that is repeatable can be; or raises the reason."""
        return False

    def answered(self) -> None:
        """Is told of each answer."""

    def intercept_unary_unary(self, continuation: Any, details: Any, request: Any) -> Any:
        return self._unary(continuation, details, _Same(request))

    def intercept_stream_unary(self, continuation: Any, details: Any, request: Any) -> Any:
        return self._unary(continuation, details, _Kept(request) if self.repeats else _Same(request))

    def intercept_unary_stream(self, continuation: Any, details: Any, request: Any) -> Any:
        return self._stream(continuation, details, _Same(request))

    def intercept_stream_stream(self, continuation: Any, details: Any, request: Any) -> Any:
        return self._stream(continuation, details, _Kept(request) if self.repeats else _Same(request))

    def _unary(self, continuation: Any, details: Any, request: _Same | _Kept) -> Any:
        while True:
            told, note = self.sending(details)
            call = continuation(told, request.again())
            if not isinstance(call, grpc.RpcError):
                self.answered()
                return call
            if not self.failed(call, note, request.whole):
                return call

    def _stream(self, continuation: Any, details: Any, request: _Same | _Kept) -> Any:
        def call() -> tuple[Any, Any]:
            told, note = self.sending(details)
            return continuation(told, request.again()), note

        return _Watched(call, self, lambda: request.whole)


class _Watched:
    """A stream of answers, whose failure is looked at before it is told."""

    def __init__(
        self, call: Callable[[], tuple[Any, Any]], by: CallInterceptor, whole: Callable[[], bool]
    ) -> None:
        self._again, self._by, self._whole = call, by, whole
        self._begun = False
        self._call, self._note = call()

    def __iter__(self) -> _Watched:
        return self

    def __next__(self) -> Any:
        while True:
            try:
                answer = next(self._call)
            except grpc.RpcError as error:
                if not self._by.failed(error, self._note, self._whole() and not self._begun):
                    raise
                self._call, self._note = self._again()
            else:
                self._begun = True
                self._by.answered()
                return answer

    def cancel(self) -> Any:
        """Ends the call that is under way now."""
        return self._call.cancel()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._call, name)


class _Same:
    """A request that is sent as it is."""

    whole = True

    def __init__(self, request: Any) -> None:
        self._request = request

    def again(self) -> Any:
        return self._request


class _Kept:
    """A stream of requests that can be sent from its start again, unless it is long.

    The call that failed may still wait for the next message in a thread of gRPC's, so all take from one list.
    """

    def __init__(self, messages: Iterator[Any]) -> None:
        self._messages = messages
        self._lock = threading.Lock()
        self._sent: list[Any] = []
        self.whole = True

    def again(self) -> Iterator[Any]:
        for at in itertools.count():
            if at >= len(self._sent):
                with self._lock:
                    if at >= len(self._sent):
                        try:
                            message = next(self._messages)
                        except StopIteration:
                            return
                        self.whole = self.whole and at < _KEPT
                        if not self.whole:
                            self._sent.clear()
                            yield message
                            yield from self._messages
                            return
                        self._sent.append(message)
            yield self._sent[at]
