from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest

from fake_spark import Service
from sparkgate import NotPermitted, SparkgateError
from sparkgate.bearer import BearerInterceptor, ServerToken
from sparkgate.calls import _Kept

CALLS: list[tuple[str, Callable[[grpc.Channel], Any]]] = [
    ("unary_unary", lambda c: c.unary_unary("/s/m")(b"x", metadata=(("authorization", "old"),))),
    ("unary_stream", lambda c: b"".join(c.unary_stream("/s/m")(b"x"))),
    ("stream_unary", lambda c: c.stream_unary("/s/m")(iter([b"x"]))),
    ("stream_stream", lambda c: b"".join(c.stream_stream("/s/m")(iter([b"x", b"y"])))),
]
each_kind = pytest.mark.parametrize("call", [c for _, c in CALLS], ids=[n for n, _ in CALLS])


class Door(Service):
    """Takes one token, and looks at it first."""

    token = "t/1"

    def _echo(self, requests: Iterator[bytes], context: Any) -> Iterator[bytes]:
        self.metadata.append(dict(context.invocation_metadata()))
        if self.metadata[-1]["authorization"] != f"Bearer {self.token}":
            context.abort(grpc.StatusCode.UNAUTHENTICATED, "Invalid token")
        yield from requests


class Secret:
    value = "t/1"
    read = 0

    def fetch(self) -> str:
        self.read += 1
        return self.value


@pytest.fixture
def service() -> Door:
    return Door()


@pytest.fixture
def secret() -> Secret:
    return Secret()


@pytest.fixture
def channel(served: str, secret: Secret) -> Iterator[grpc.Channel]:
    with grpc.insecure_channel(served) as plain:
        yield grpc.intercept_channel(plain, BearerInterceptor(ServerToken(secret.fetch)))


@each_kind
def test_after_a_rotation_the_secret_is_read_anew_and_the_call_sent_again(
    service: Door, secret: Secret, channel: grpc.Channel, call: Callable[[grpc.Channel], Any]
) -> None:
    first = call(channel)
    service.token = secret.value = "t/2"

    assert call(channel) == first
    assert call(channel) == first
    assert secret.read == 2
    assert [m["authorization"] for m in service.metadata] == [f"Bearer t/{n}" for n in (1, 1, 2, 2)]


@each_kind
def test_a_token_that_is_not_taken_though_it_is_the_newest_is_said(
    service: Door, secret: Secret, channel: grpc.Channel, call: Callable[[grpc.Channel], Any]
) -> None:
    service.token = "another"

    with pytest.raises(NotPermitted) as error:
        call(channel)
    assert str(error.value) == (
        "The server does not accept the token that the secret has now. If the secret was rotated, the server takes the"
        " new one when it starts next; ask who runs the cluster."
    )
    assert (secret.read, len(service.metadata)) == (2, 1)


def test_an_upload_is_not_held_in_memory_to_be_sent_again(channel: grpc.Channel) -> None:
    chunks = [b"%d" % n for n in range(500)]
    assert b"".join(channel.stream_stream("/s/m")(iter(chunks))) == b"".join(chunks)

    few, many = _Kept(iter(range(100))), _Kept(iter(range(500)))
    assert [list(few.again()) for _ in range(2)] == [list(range(100))] * 2
    assert list(many.again()) == list(range(500))
    assert (few.whole, many.whole, many._sent) == (True, False, [])


def test_an_upload_during_a_rotation_is_to_be_done_again(secret: Secret) -> None:
    class Refused:
        @staticmethod
        def code() -> grpc.StatusCode:
            return grpc.StatusCode.UNAUTHENTICATED

    interceptor = BearerInterceptor(ServerToken(secret.fetch))
    secret.value = "t/2"

    with pytest.raises(
        SparkgateError,
        match=r"token was changed while data was sent; the new one is read\. Do the same again\.",
    ):
        interceptor.failed(Refused(), "t/1", repeatable=False)
    assert interceptor.failed(Refused(), "t/1", repeatable=True)


def test_a_token_shows_nowhere(secret: Secret) -> None:
    token = ServerToken(secret.fetch)

    assert "t/1" not in repr(token) + str(token) + repr(BearerInterceptor(token))
