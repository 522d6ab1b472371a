"""What becomes of sessions where the command line is interrupted."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time

import pytest

from command_line import Run
from fake_aws import FakeAws
from sparkgate import cli
from sparkgate.sessions import Sessions

pytestmark = pytest.mark.usefixtures("in_dev")


def test_an_interruption_is_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_list", interrupt)
    assert run("list")[0] == 130


def test_a_signal_while_the_session_is_ended_does_not_leave_it(
    aws: FakeAws, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A closed terminal sends two: the first ends the command, the second comes while its session is ended."""
    end = Sessions.end_quietly

    def end_late(sessions: Sessions, session_id: str) -> None:
        signal.raise_signal(signal.SIGTERM)
        end(sessions, session_id)

    monkeypatch.setattr(Sessions, "end_quietly", end_late)

    assert run("run -- sh -c 'exit 7'")[0] == 7
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("line", ["start", "run -- true"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_ends_the_session_that_is_waited_for(
    aws: FakeAws, line: str, number: signal.Signals
) -> None:
    waiting = wait_for_a_session(aws, line)
    waiting.send_signal(number)

    assert waiting.wait(timeout=60) == 128 + number
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_the_session_is_being_started_does_not_leave_it(
    aws: FakeAws, number: signal.Signals
) -> None:
    """The service has it already; its id is still on the way."""

    def send_signal() -> None:
        waiting.send_signal(number)
        time.sleep(0.3)  # where it comes later all the same, this test shows nothing

    aws.when_started = send_signal
    waiting = own_process("start")

    assert waiting.wait(timeout=60) == 128 + number
    assert aws.sessions["00new0"]["state"] == "TERMINATED"


def test_a_closed_terminal_ends_nothing_below_nohup(aws: FakeAws) -> None:
    waiting = wait_for_a_session(aws, "start", "nohup")
    waiting.send_signal(signal.SIGHUP)
    looks = len(aws.asked("emr-serverless:GetSession"))
    while len(aws.asked("emr-serverless:GetSession")) < looks + 2:
        assert waiting.poll() is None
        time.sleep(0.02)
    waiting.terminate()

    assert waiting.wait(timeout=60) == 143


def wait_for_a_session(aws: FakeAws, line: str, *below: str) -> subprocess.Popen[bytes]:
    """The command line in a process of its own, which waits for a session that stays STARTING."""
    aws.path_of_states = ["STARTING"]
    waiting = own_process(line, *below)
    while not aws.asked("emr-serverless:GetSession"):
        assert waiting.poll() is None
        time.sleep(0.02)
    return waiting


def own_process(line: str, *below: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*below, sys.executable, "-m", "sparkgate", *shlex.split(line)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
