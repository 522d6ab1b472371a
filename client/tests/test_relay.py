from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

from fake_spark import Clock, Service
from sparkgate import SessionFailed, SparkgateError, relay
from sparkgate.calls import NO_LIMIT
from sparkgate.channel import TOKEN_KEY, TokenInterceptor


@pytest.fixture
def session(served: str, clock: Clock) -> grpc.Channel:
    plain = grpc.insecure_channel(served, options=NO_LIMIT)
    return grpc.intercept_channel(plain, TokenInterceptor(clock.tokens()))


@pytest.fixture
def door(session: grpc.Channel) -> Iterator[relay.Relay]:
    made = relay.Relay(session)
    yield made
    made.close()


def secret(door: relay.Relay) -> tuple[tuple[str, str], ...]:
    key, _, value = door.url.rpartition(";")[2].partition("=")
    return ((key, value),)


@pytest.fixture
def client(door: relay.Relay) -> Iterator[grpc.Channel]:
    with grpc.insecure_channel(door.url.removeprefix("sc://").partition("/")[0], options=NO_LIMIT) as made:
        yield made


def test_a_call_of_any_kind_gets_through_with_the_current_token(
    service: Service, clock: Clock, door: relay.Relay, client: grpc.Channel
) -> None:
    metadata = (*secret(door), ("other", "kept"))
    assert client.unary_unary("/spark.Any/Thing")(b"x", metadata=metadata) == b"x"
    clock.now += 3600
    assert list(client.stream_stream("/s/m")(iter([b"1", b"2"]), metadata=metadata)) == [b"1", b"2"]

    assert [m[TOKEN_KEY] for m in service.metadata] == ["t/1", "t/2"]
    assert [m["other"] for m in service.metadata] == ["kept", "kept"]
    assert not any(secret(door)[0][0] in m for m in service.metadata)


def test_a_large_message_gets_through(door: relay.Relay, client: grpc.Channel) -> None:
    message = b"x" * (20 << 20)

    assert client.unary_unary("/s/m")(message, metadata=secret(door)) == message


def test_who_does_not_know_the_secret_is_refused(
    service: Service, client: grpc.Channel, door: relay.Relay
) -> None:
    for metadata in ((), ((secret(door)[0][0], "guess"),)):
        with pytest.raises(grpc.RpcError) as error:
            client.unary_unary("/s/m")(b"x", metadata=metadata)
        assert error.value.code() is grpc.StatusCode.UNAUTHENTICATED
    assert service.metadata == []


def test_an_error_of_spark_arrives_whole(service: Service, door: relay.Relay, client: grpc.Channel) -> None:
    service.failure = (grpc.StatusCode.INTERNAL, "[TABLE_NOT_FOUND] x")
    service.trailer = (("grpc-status-details-bin", b"\x08\x0d"),)

    with pytest.raises(grpc.RpcError) as error:
        client.unary_unary("/s/m")(b"x", metadata=secret(door))

    assert (error.value.code(), error.value.details()) == service.failure
    assert dict(error.value.trailing_metadata())["grpc-status-details-bin"] == b"\x08\x0d"


def test_a_session_that_has_ended_is_told_without_a_retry(
    clock: Clock, door: relay.Relay, client: grpc.Channel
) -> None:
    clock.error = SessionFailed("Session 00a is TERMINATED.")
    clock.now += 3600

    with pytest.raises(grpc.RpcError) as error:
        client.unary_unary("/s/m")(b"x", metadata=secret(door))

    assert error.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert error.value.details() == "Session 00a is TERMINATED."


@pytest.mark.parametrize(("script", "code"), [("exit 0", 0), ("exit 3", 3), ("kill -9 $$", 137)])
def test_the_commands_exit_code_is_returned(session: grpc.Channel, script: str, code: int) -> None:
    assert relay.run(["sh", "-c", script], session) == code


def test_a_command_finds_the_door_and_goes_there_directly(
    session: grpc.Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("grpc_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "example.org")
    script = """
import grpc, os, sys
address, _, secret = os.environ["SPARK_REMOTE"].removeprefix("sc://").partition("/;")
call = grpc.insecure_channel(address).unary_unary("/s/m")
open(sys.argv[1], "wb").write(call(b"x", metadata=(tuple(secret.split("=")),), timeout=20))
"""

    assert relay.run([sys.executable, "-c", script, str(tmp_path / "out")], session) == 0
    assert (tmp_path / "out").read_bytes() == b"x"


def test_a_command_that_is_not_there_is_named(session: grpc.Channel) -> None:
    with pytest.raises(
        SparkgateError, match=r"^'nobody-has-this' cannot be run: No such file or directory\.$"
    ):
        relay.run(["nobody-has-this"], session)


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize(("number", "name"), [(signal.SIGTERM, "TERM"), (signal.SIGHUP, "HUP")])
def test_a_signal_to_end_ends_the_command_first(tmp_path: Path, number: signal.Signals, name: str) -> None:
    """The parent is told to end; its child gets the signal, and the parent returns the child's code."""
    ready = tmp_path / "ready"
    script = f"trap 'exit 7' {name}; touch {ready}; while :; do sleep 0.05; done"
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import grpc, sys; from sparkgate import relay;"
            " sys.exit(relay.run(sys.argv[1:], grpc.insecure_channel('127.0.0.1:1')))",
            "sh",
            "-c",
            script,
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    while not ready.exists():
        assert parent.poll() is None
        time.sleep(0.02)
    parent.send_signal(number)

    assert parent.wait(timeout=30) == 7
