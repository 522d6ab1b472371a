from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import grpc
import pytest

from fake_spark import HOUR, Clock, Service
from sparkgate import SessionFailed, SparkgateError, Unreachable
from sparkgate.channel import TOKEN_KEY, TokenInterceptor


@pytest.fixture
def channel(served: str, clock: Clock) -> Iterator[grpc.Channel]:
    with grpc.insecure_channel(served) as plain:
        yield grpc.intercept_channel(plain, TokenInterceptor(clock.tokens()))


CALLS: list[tuple[str, Callable[[grpc.Channel], Any]]] = [
    ("unary_unary", lambda c: c.unary_unary("/s/m")(b"x", metadata=((TOKEN_KEY, "old"), ("other", "kept")))),
    ("unary_stream", lambda c: b"".join(c.unary_stream("/s/m")(b"x", metadata=(("other", "kept"),)))),
    ("stream_unary", lambda c: c.stream_unary("/s/m")(iter([b"x"]), metadata=(("other", "kept"),))),
    (
        "stream_stream",
        lambda c: b"".join(c.stream_stream("/s/m")(iter([b"x"]), metadata=(("other", "kept"),))),
    ),
]
each_kind = pytest.mark.parametrize("call", [c for _, c in CALLS], ids=[n for n, _ in CALLS])


@each_kind
def test_each_call_carries_the_current_token(
    service: Service, clock: Clock, channel: grpc.Channel, call: Callable[[grpc.Channel], Any]
) -> None:
    assert call(channel) == b"x"
    clock.now += HOUR
    assert call(channel) == b"x"

    assert [m[TOKEN_KEY] for m in service.metadata] == ["t/1", "t/2"]
    assert {m["other"] for m in service.metadata} == {"kept"}


@pytest.mark.parametrize(("life", "margin"), [(HOUR, 300.0), (60.0, 6.0), (600.0, 60.0)])
def test_a_token_is_renewed_five_minutes_or_a_tenth_of_its_life_before_its_end(
    clock: Clock, life: float, margin: float
) -> None:
    clock.life = life
    tokens = clock.tokens()

    clock.now += life - margin - 0.5
    assert tokens.endpoint.token == "t/1"
    clock.now += 1
    assert tokens.endpoint.token == "t/2"


@each_kind
@pytest.mark.parametrize(
    "failure",
    [
        (grpc.StatusCode.UNAUTHENTICATED, "no"),
        (grpc.StatusCode.UNKNOWN, "Stream removed"),
        (grpc.StatusCode.UNAVAILABLE, "nobody there"),
        (grpc.StatusCode.CANCELLED, "RST_STREAM closed stream"),
    ],
    ids=lambda failure: failure[0].name,
)
def test_after_a_call_that_a_dead_token_may_have_failed_the_next_fetches_anew(
    service: Service,
    clock: Clock,
    channel: grpc.Channel,
    call: Callable[[grpc.Channel], Any],
    failure: tuple[grpc.StatusCode, str],
) -> None:
    service.failure = failure
    with pytest.raises(grpc.RpcError) as error:
        call(channel)
    assert error.value.code() is failure[0]

    service.failure = None
    call(channel)
    call(channel)
    assert [m[TOKEN_KEY] for m in service.metadata] == ["t/1", "t/2", "t/2"]


def test_a_query_that_fails_in_spark_leaves_the_token(
    service: Service, clock: Clock, channel: grpc.Channel
) -> None:
    service.failure = (grpc.StatusCode.INTERNAL, "Table not found")
    service.trailer = (("grpc-status-details-bin", b"\x08\x0d"),)
    for _ in range(2):
        with pytest.raises(grpc.RpcError):
            CALLS[0][1](channel)

    assert clock.fetched == 1


@each_kind
def test_a_session_that_has_ended_is_told_by_the_next_call(
    clock: Clock, channel: grpc.Channel, call: Callable[[grpc.Channel], Any]
) -> None:
    clock.error = SessionFailed("Session 00a is TERMINATED.")
    clock.now += HOUR

    with pytest.raises(SessionFailed, match="TERMINATED"):
        call(channel)


@each_kind
def test_a_session_that_ends_under_a_call_is_the_reason_that_is_told(
    service: Service, clock: Clock, channel: grpc.Channel, call: Callable[[grpc.Channel], Any]
) -> None:
    service.failure = (grpc.StatusCode.CANCELLED, "RST_STREAM closed stream")
    clock.error = SessionFailed("Session 00a is TERMINATED.")

    with pytest.raises(SessionFailed, match="TERMINATED"):
        call(channel)


def test_an_old_token_serves_while_the_network_is_away_until_its_end(clock: Clock) -> None:
    tokens = clock.tokens()
    clock.error = Unreachable("no network")

    clock.now += HOUR - 100
    assert tokens.endpoint.token == "t/1"
    clock.error = SparkgateError("asked again at once")
    clock.now += 29
    assert tokens.endpoint.renew_at == clock.now + 1
    clock.error = Unreachable("no network")
    clock.now += 72
    with pytest.raises(Unreachable):
        _ = tokens.endpoint
    clock.error = None
    assert tokens.endpoint.token == "t/2"


def test_nothing_shows_a_token_but_the_url_that_is_asked_to(clock: Clock) -> None:
    endpoint = clock.fetch()

    assert "t/1" not in repr(endpoint) + str(endpoint) + repr(clock.tokens()) + endpoint.url()
    assert endpoint.url() == "sc://host:443/;use_ssl=true"
    assert endpoint.url(with_token=True) == "sc://host:443/;use_ssl=true;x-aws-proxy-auth=t%2F1"
    assert replace(endpoint, token="").address == "host:443"
