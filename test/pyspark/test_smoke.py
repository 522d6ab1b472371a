"""``sparkgate smoke`` against real sessions, and ``./pipeline/smoke`` as a CI has it."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timezone
from pathlib import Path

import pytest
from assembly import unpacked
from door import Door
from environments import Environment
from sandbox import PATIENCE, Person, Running, Sandbox

SCRIPTS = Path(__file__).parent / "scripts"

# Seconds in which a session surely comes up, so that what a test looks at is the query.
DEADLINE = 45


def smoke(person: Person, ours: Environment, *options: str) -> AbstractContextManager[Running]:
    return person.starts(ours.python, "-m", "sparkgate", "smoke", "--env", "dev", "--patience", "0", *options)


def result(running: Running) -> tuple[int | None, list[str]]:
    said = running.end().splitlines()
    assert not [line for line in said if "x-aws-proxy-auth" in line]
    return running.exit_code, said


def assert_ended(sandbox: Sandbox, ours: Environment, *sessions: str) -> None:
    states = sandbox.person("auditor").run(ours.python, SCRIPTS / "states.py", *sessions).split()
    assert len(states) == len(sessions)
    assert set(states) <= {"TERMINATED", "FAILED"}


def behind_a_door(sandbox: Sandbox, name: str) -> tuple[Person, Door]:
    person = sandbox.person(name)
    door = Door(person.variables["grpc_proxy"])
    person.variables["grpc_proxy"] = door.url
    return person, door


def lives(pid: str) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True).stdout
    return bool(state.strip()) and "Z" not in state


@pytest.fixture(scope="module", autouse=True)
def room(sandbox: Sandbox, ours: Environment) -> None:
    """The sessions that other tests' clients left running would take it."""
    sandbox.person("operator").run(ours.python, SCRIPTS / "end_all.py")


@pytest.fixture(scope="module")
def killed(sandbox: Sandbox, ours: Environment) -> str:
    """The session of Bob's smoke test that got a kill -9 below a query that hangs."""
    bob, door = behind_a_door(sandbox, "bob")
    with smoke(bob, ours, "--timeout", str(DEADLINE)) as running:
        session = running.line("smoke: session")
        door.await_swallowed(PATIENCE)
        [child] = subprocess.run(
            ["pgrep", "-P", str(running.pid)], capture_output=True, text=True
        ).stdout.split()
        running.signal(signal.SIGKILL)
        running.end()
        end = time.monotonic() + PATIENCE / 2  # before whoever watches over it kills the query too
        while lives(child):
            assert time.monotonic() < end, "the query goes on"
            time.sleep(0.1)
    door.close()
    return session


@pytest.fixture(scope="module")
def hanging(sandbox: Sandbox, ours: Environment) -> Iterator[Running]:
    """Alice's smoke test whose query hangs until its deadline, beside other tests."""
    alice, door = behind_a_door(sandbox, "alice")
    with smoke(alice, ours, "--timeout", str(DEADLINE)) as running:
        yield running
    door.close()


@pytest.mark.usefixtures("killed", "hanging")
def test_the_command_of_ci_installs_the_client_and_says_that_all_is_well(
    sandbox: Sandbox, ours: Environment, tmp_path: Path
) -> None:
    """In a copy that has only what assembly.tar has."""
    with sandbox.person("alice").starts(unpacked(tmp_path), "dev", cwd=tmp_path) as running:
        code, said = result(running)

    assert code == 0, said
    assert said[0] == "smoke: installing the client, once for this state of it"
    fine = re.fullmatch(
        r"smoke: dev is fine: session (\w+) answered 499500 on Spark 3\.5\.6 after \d+ s", said[-1]
    )
    assert fine, said
    assert_ended(sandbox, ours, fine[1])
    assert [path.name[:6] for path in (tmp_path / "client/target").iterdir()] == ["smoke-"]
    shutil.rmtree(tmp_path / "client/target")


def test_a_session_that_cannot_start_is_told_with_sparks_reason(sandbox: Sandbox, ours: Environment) -> None:
    with smoke(sandbox.person("alice"), ours, "--conf", "spark.executor.memory=lots") as running:
        code, said = result(running)

    assert code == 1
    assert re.search(r"not fine after \d+ s: Session \w+ is FAILED\. The service says: .*lots", said[-1]), (
        said
    )
    assert_ended(sandbox, ours, said[0].split()[2])


def test_who_may_not_assume_the_role_is_told_the_rule(sandbox: Sandbox, ours: Environment) -> None:
    auditor, alice = sandbox.person("auditor"), sandbox.person("alice")
    role = re.search("role_arn = (.*)", Path(alice.variables["AWS_CONFIG_FILE"]).read_text())
    assert role
    auditor.variables["SPARKGATE_DEVELOPER_ROLE_ARN"] = role[1]
    with smoke(auditor, ours) as running:
        code, said = result(running)

    assert code == 1
    assert "AssumeRole failed: User: arn:aws:sts::111122223333:assumed-role/" in said[-1]
    assert said[-1].endswith("only those and 'smokeTestedBy': docs/security.md.")


def test_another_owners_tag_is_denied(sandbox: Sandbox, ours: Environment) -> None:
    developer, other = sandbox.person("developer-a"), sandbox.person("developer-b")
    developer.variables["SPARKGATE_OWNER"] = other.variables["SPARKGATE_OWNER"]
    with smoke(developer, ours) as running:
        code, said = result(running)

    assert code == 1
    assert "is not authorized to perform: emr-serverless:StartSession" in said[-1]


def test_a_certificate_that_is_not_trusted_is_told(sandbox: Sandbox, ours: Environment) -> None:
    alice = sandbox.person("alice")
    del alice.variables["GRPC_DEFAULT_SSL_ROOTS_FILE_PATH"]
    with smoke(alice, ours) as running:
        code, said = result(running)

    assert code == 1
    assert "The certificate of " in said[-1]
    assert "is not trusted" in said[-1]
    assert_ended(sandbox, ours, said[0].split()[2])


@pytest.mark.parametrize(
    ("number", "code", "at"),
    [(signal.SIGINT, 130, "its endpoint"), (signal.SIGTERM, 143, "session")],
)
def test_a_signal_ends_the_session(
    sandbox: Sandbox, ours: Environment, number: signal.Signals, code: int, at: str
) -> None:
    with smoke(sandbox.person("alice"), ours) as running:
        running.line("smoke: session")
        if at != "session":
            running.line(f"smoke: {at}")
        running.signal(number)
        ended_with, said = result(running)

    assert ended_with == code, said
    # Not the first session that it speaks of, which may be one that another test left over.
    last = re.fullmatch(
        rf"smoke: dev was not seen to be fine: {number.name} came after \d+ s; session (\w+) is ended",
        said[-1],
    )
    assert last, said
    assert_ended(sandbox, ours, last[1])


def test_a_query_that_hangs_ends_at_the_deadline(
    sandbox: Sandbox, ours: Environment, hanging: Running
) -> None:
    code, said = result(hanging)

    assert code == 1
    assert re.search(
        r"not fine after \d+ s: session \w+: The query had no answer before the deadline", said[-1]
    ), said
    assert_ended(sandbox, ours, said[0].split()[2])


def test_two_at_once_end_what_a_killed_one_left_over_and_not_each_other(
    sandbox: Sandbox, ours: Environment, killed: str
) -> None:
    bob = sandbox.person("bob")
    listed = bob.run(ours.bin / "sparkgate", "list")
    until = re.search(rf"{killed} .*sparkgate-smoke until (\S+)Z", listed)
    assert until, listed
    overdue = datetime.fromisoformat(until[1]).replace(tzinfo=timezone.utc)
    while datetime.now(timezone.utc) <= overdue:
        time.sleep(0.2)
    with smoke(bob, ours) as one, smoke(bob, ours) as two:
        results = [result(one), result(two)]

    assert [code for code, _ in results] == [0, 0], results
    sessions = {said[-1].split()[5] for _, said in results}
    assert len(sessions) == 2
    assert any(
        f"smoke: session {killed} is left over, and ends" in line for _, said in results for line in said
    )
    assert_ended(sandbox, ours, killed, *sessions)
