"""A cluster of EMR on EC2: the step's own script and Spark's server, behind what each environment has."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from clusters import synthesize_clusters
from environments import Environment
from sandbox import Person, Sandbox

SCRIPTS = Path(__file__).parent / "scripts"

CONNECTS = "import sparkgate; print('rows', sparkgate.connect().range(3).count())"

#: An idle time-out of 15 minutes is then so many seconds, and 2 minutes of a stream are one.
MINUTE, TIMEOUT = "0.5", 7.5


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synthesize_clusters(tmp_path_factory.mktemp("clusters"))


@pytest.fixture(scope="module")
def mutual(assembly: Path, tmp_path_factory: pytest.TempPathFactory, ours: Environment) -> Iterator[Sandbox]:
    """Mutual TLS, on the fast clock."""
    yield from _running(tmp_path_factory.mktemp("mutual"), assembly, "mutual", ours, "--minute", MINUTE)


@pytest.fixture(scope="module")
def token(assembly: Path, tmp_path_factory: pytest.TempPathFactory, ours: Environment) -> Iterator[Sandbox]:
    yield from _running(tmp_path_factory.mktemp("token"), assembly, "token", ours)


@pytest.fixture(scope="module")
def tunnel(assembly: Path, tmp_path_factory: pytest.TempPathFactory, ours: Environment) -> Iterator[Sandbox]:
    yield from _running(tmp_path_factory.mktemp("tunnel"), assembly, "tunnel", ours)


@pytest.fixture(scope="module")
def idle(assembly: Path, tmp_path_factory: pytest.TempPathFactory, ours: Environment) -> Iterator[Sandbox]:
    """A cluster that ends after ten minutes without a query, which are five seconds."""
    yield from _running(tmp_path_factory.mktemp("idle"), assembly, "idle", ours, "--minute", MINUTE)


def _running(work: Path, assembly: Path, name: str, ours: Environment, *options: str) -> Iterator[Sandbox]:
    before = os.environ.get("PYSPARK_PYTHON")
    os.environ["PYSPARK_PYTHON"] = str(ours.python)  # of the functions, as people may have it
    try:
        running = Sandbox(work, assembly, f"{name}-cluster", *options)
    finally:
        os.environ.pop("PYSPARK_PYTHON")
        if before is not None:
            os.environ["PYSPARK_PYTHON"] = before
    try:
        assert "COMPLETED" in (line := running.await_line("WAITING")), line
        yield running
    finally:
        running.close()


def test_does_on_a_cluster_what_data_scientists_do(mutual: Sandbox, ours: Environment) -> None:
    said = mutual.person("alice").run(ours.python, SCRIPTS / "cluster.py", str(TIMEOUT + 1))

    assert said.splitlines()[-6:] == [
        "frame ['a', 'b']",
        "sql 10",
        "function [0, 2, 4]",
        "up 64",
        "silent 1",
        "for long True",
    ]


def test_mutual_tls_keeps_two_people_apart(mutual: Sandbox, ours: Environment) -> None:
    alice = mutual.person("alice")
    as_whom = SCRIPTS / "cluster_as.py"

    assert "let in 3" in alice.run(ours.python, as_whom, "alice")
    assert "refused PERMISSION_DENIED" in alice.run(ours.python, as_whom, "bob")


def test_a_server_that_died_comes_again_without_what_it_knew(mutual: Sandbox, ours: Environment) -> None:
    with mutual.person("bob").starts(ours.python, "-u", SCRIPTS / "cluster_restart.py") as running:
        assert running.line("view") == "3"
        running.line("ready")
        process = mutual.await_line("the server takes calls").rpartition(" ")[2].strip(" )\n")
        os.kill(int(process), signal.SIGKILL)
        mutual.await_line("the server ended with 137, and systemd starts it again in 10 s")
        said = running.end("go\n")

    # By our client as a rule, else by Spark; but never that the view alone is gone, in a session that is new.
    assert "lost " in said, said
    assert "TABLE_OR_VIEW_NOT_FOUND" not in said, said
    assert "again 3" in said
    assert "without the view True" in said


def test_a_token_opens_the_door_and_another_does_not(token: Sandbox, ours: Environment) -> None:
    alice = token.person("alice")

    assert "rows 3" in alice.run(ours.python, "-c", CONNECTS)
    wrong = alice.run(ours.python, SCRIPTS / "cluster_as.py", "alice", ";token=wrong")
    assert "refused UNAUTHENTICATED" in wrong


def _with_plugin(sandbox: Sandbox, name: str) -> Person:
    """Somebody whose PATH has the stand-in of session-manager-plugin, as the person's file puts it there."""
    path = f"{sandbox.work / 'bin'}:{os.environ['PATH']}"
    return Person(sandbox.person(name).variables | {"PATH": path})


def test_a_tunnel_leads_there_by_session_manager(tunnel: Sandbox, ours: Environment) -> None:
    said = _with_plugin(tunnel, "alice").run(ours.python, "-c", CONNECTS)

    assert "through Session Manager" in said
    assert "rows 3" in said
    assert "TerminateSession failed" not in said


def test_a_cluster_that_nobody_uses_ends_itself(idle: Sandbox, ours: Environment) -> None:
    idle.await_line("the server stopped itself, because nobody used it")
    idle.await_line("TERMINATED")

    refused = _with_plugin(idle, "alice").run(ours.python, "-c", CONNECTS, fails=True)
    assert "StartSession failed" in refused
    assert "is not connected" in refused
