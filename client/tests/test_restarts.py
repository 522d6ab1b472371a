from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from pyspark.sql.connect import proto

from fake_cluster import LOST, Server
from sparkgate import SessionFailed, Unreachable
from sparkgate.restarts import Restarts

CONFIG = "/spark.connect.SparkConnectService/Config"


class Client:
    """A session, whose clock a test sets."""

    def __init__(self, server: Server) -> None:
        self.now = 0.0
        self._plain = grpc.insecure_channel(f"127.0.0.1:{server.port}")
        self.restarts = Restarts(self._plain, "j-1", lambda: self.now)
        self.restarts.begin(self.request, 20)
        self.channel = grpc.intercept_channel(self._plain, self.restarts)

    def request(self) -> Any:
        return proto.ConfigRequest(session_id="mine")

    def call(self, method: str = "Config") -> Any:
        request = self.request()
        request.operation.get_option.keys.append("spark.sparkgate.session")
        return self.channel.unary_unary(
            CONFIG.replace("Config", method),
            request_serializer=proto.ConfigRequest.SerializeToString,
            response_deserializer=proto.ConfigResponse.FromString,
        )(request)

    def close(self) -> None:
        self._plain.close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    made = Client(server)
    yield made
    made.close()


def test_a_session_that_lives_is_looked_at_only_after_a_pause(server: Server, client: Client) -> None:
    for now in (2.0, 4.0, 6.0):
        client.now = now
        client.call()
    assert len(server.users) == 1 + 3

    client.now = 10.0
    client.call()
    assert len(server.users) == 4 + 2


def test_after_a_pause_a_server_that_forgot_the_session_is_noticed_before_the_call(
    server: Server, client: Client
) -> None:
    server.start_anew()
    client.now = 4.0

    with pytest.raises(SessionFailed) as error:
        client.call()
    assert str(error.value) == (
        "The server of cluster j-1 was started anew, or has dropped this session after an hour without a call: its"
        " temporary views and settings are gone. Call sparkgate.connect again for a new one."
    )
    assert server.sessions == {"mine": {}}


def test_a_handle_that_the_server_does_not_know_ends_the_session_for_good(
    server: Server, client: Client
) -> None:
    with pytest.raises(SessionFailed, match="was started anew"):
        client.call("Interrupt")
    seen = len(server.metadata)
    for _ in range(2):
        with pytest.raises(SessionFailed, match="was started anew"):
            client.call()
    assert len(server.metadata) == seen


def test_pyspark_that_cleans_up_after_a_lost_session_is_answered_shortly(
    server: Server, client: Client
) -> None:
    for _ in range(2):  # found out by it, and known before it
        with pytest.raises(SessionFailed, match=r"^the session is lost$"):
            client.call("ReleaseExecute")
    assert len(server.released) == 1
    with pytest.raises(SessionFailed, match="was started anew"):
        client.call()


def test_a_server_that_does_not_answer_the_look_fails_the_call_as_it_would_itself(
    server: Server, client: Client
) -> None:
    server.failure = (grpc.StatusCode.UNAVAILABLE, "starting")
    client.now = 4.0
    with pytest.raises(grpc.RpcError) as error:
        client.call()
    assert error.value.code() is grpc.StatusCode.UNAVAILABLE

    server.failure = None
    client.call()
    assert not client.restarts.lost


def test_a_look_that_itself_meets_an_unknown_handle_ends_the_session(server: Server, client: Client) -> None:
    server.failure = (grpc.StatusCode.INTERNAL, f"(java.util.concurrent.ExecutionException) {LOST}")
    client.now = 4.0

    with pytest.raises(SessionFailed, match="was started anew"):
        client.call()
    assert client.restarts.lost


def test_a_server_that_is_silent_is_told(server: Server, client: Client) -> None:
    server.failure = (grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline Exceeded")
    client.now = 4.0

    with pytest.raises(Unreachable) as error:
        client.call()
    assert str(error.value) == (
        "The server of cluster j-1 has not answered for 30 s, so it is not known whether this session lives. Try again;"
        " if that goes on, call sparkgate.connect again."
    )
    assert not client.restarts.lost


def test_another_error_leaves_the_session(server: Server, client: Client) -> None:
    server.failure = (grpc.StatusCode.INTERNAL, LOST.replace("SESSION", "OPERATION"))
    with pytest.raises(grpc.RpcError):
        client.call()
    server.failure = None

    client.call()
